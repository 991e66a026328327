package dev.slipway.twin.ecs;

import dev.slipway.twin.world.Differs;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The texts of service events, without the service's name in front.
 *
 * <p>Source: 2,190 events of 22 services on AWS, 2026-09-16; ECS developer guide,
 * service-event-messages-list.
 */
@Differs(
    value = "the event of draining connections names no taskSet",
    because = "AWS writes it with and without in the same year, and nobody knows when which")
final class Messages {

  static final String STEADY = " has reached a steady state.";
  static final String STUCK =
      " was unable to stop or start tasks during a deployment because of the service deployment"
          + " configuration. Update the minimumHealthyPercent or maximumPercent value and try"
          + " again.";
  static final String THROTTLED = " is unable to consistently start tasks successfully.";
  static final String UNABLE_TO_PLACE = " was unable to place a task. Reason: ";

  static final String GUARDED = " was unable to reach steady state because (taskSet ";
  static final String REBALANCING = ". AZ Rebalancing in progress.";
  static final String REBALANCING_STOPPED = " stopped AZ Rebalancing.";
  static final String UNPLACEABLE = " is unable to place a task in ";

  private Messages() {}

  static String unbalanced(Map<String, Integer> counts) {
    return " is not AZ balanced with " + zones(counts) + REBALANCING;
  }

  static String balanced(Map<String, Integer> counts) {
    return " is AZ balanced with " + zones(counts) + ".";
  }

  private static String zones(Map<String, Integer> counts) {
    return counts.entrySet().stream()
        .map(e -> e.getValue() + " tasks in " + e.getKey())
        .collect(Collectors.joining(", "));
  }

  static String unplaceable(String zone) {
    return UNPLACEABLE + zone + ".";
  }

  static String startedIn(String zone, List<TaskRow> tasks) {
    return " has started "
        + tasks.size()
        + " tasks in "
        + zone
        + " to AZ Rebalance: "
        + ids(tasks)
        + ".";
  }

  static String stoppedIn(String zone, List<TaskRow> tasks) {
    return " has stopped "
        + tasks.size()
        + " running tasks in "
        + zone
        + " due to AZ rebalancing: "
        + ids(tasks)
        + ".";
  }

  static String guarded(String deploymentId, int count) {
    return GUARDED
        + deploymentId
        + ") was unable to scale in due to (reason "
        + count
        + " tasks under protection)";
  }

  static String started(List<TaskRow> tasks, int replaced) {
    String text = " has started " + tasks.size() + " tasks: " + ids(tasks) + ".";
    return replaced == 0
        ? text
        : text + " Amazon ECS replaced " + replaced + " tasks due to an unhealthy status.";
  }

  static String stopped(List<TaskRow> tasks) {
    return " has stopped " + tasks.size() + " running tasks: " + ids(tasks) + ".";
  }

  static String stoppedPending(int count) {
    return " stopped " + count + " pending tasks.";
  }

  static String registered(int count, String targetGroupArn) {
    return " registered " + count + " targets in (target-group " + targetGroupArn + ")";
  }

  static String deregistered(int count, String targetGroupArn) {
    return " deregistered " + count + " targets in (target-group " + targetGroupArn + ")";
  }

  static String notRegistered(String targetGroupArn, String error) {
    return " failed to register targets in (target-group "
        + targetGroupArn
        + ") with (error "
        + error
        + ")";
  }

  static String draining(int count) {
    return " has begun draining connections on " + count + " tasks.";
  }

  static String unhealthyTarget(String taskId, int port, String targetGroupArn, String reason) {
    return " (task "
        + taskId
        + ") (port "
        + port
        + ") is unhealthy in (target-group "
        + targetGroupArn
        + ") due to (reason "
        + reason
        + ").";
  }

  static String unhealthyContainer(String taskId) {
    return " (task " + taskId + ") failed container health checks.";
  }

  static String targetGroupGone(String deploymentId, String taskId, String targetGroupArn) {
    return targetLost(deploymentId, taskId, targetGroupArn, "TARGET GROUP IS NOT FOUND.");
  }

  static String targetGone(String deploymentId, String taskId, String targetGroupArn) {
    return targetLost(deploymentId, taskId, targetGroupArn, "TARGET IS NOT FOUND.");
  }

  private static String targetLost(
      String deploymentId, String taskId, String targetGroupArn, String why) {
    return " task set ("
        + deploymentId
        + ") (task "
        + taskId
        + ") is not healthy in target-group ("
        + targetGroupArn
        + ") due to "
        + why;
  }

  static String unassumableRole(String roleArn) {
    return " failed to launch a task with (error " + EcsErrors.unassumableRoleText(roleArn) + ").";
  }

  static String unableToPlace(String reason) {
    return UNABLE_TO_PLACE + reason + (reason.endsWith(".") ? "" : ".");
  }

  static String completed(String deploymentId) {
    return " (deployment " + deploymentId + ") deployment completed.";
  }

  static String failed(String deploymentId, Setback why) {
    return " (deployment " + deploymentId + ") deployment failed: " + why.what();
  }

  static String rollingBack(String deploymentId) {
    return " rolling back to deployment " + deploymentId + ".";
  }

  private static String ids(List<TaskRow> tasks) {
    return tasks.stream().map(t -> "(task " + t.id() + ")").collect(Collectors.joining(" "));
  }
}
