package dev.slipway.twin.ecs;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import software.amazon.awssdk.services.ecs.model.Container;
import software.amazon.awssdk.services.ecs.model.Task;

/**
 * A task and what the twin remembers about it.
 *
 * @param task as the API shows it
 * @param origin where it comes from
 * @param step what it waits for
 * @param due when the wait ends by itself; {@link Instant#MAX} when something else ends it
 * @param networkInterfaceId its interface, or an empty text
 * @param failure why its start will fail, or an empty text
 * @param targets where it is registered
 * @param flags what the scheduler has taken note of
 */
record TaskRow(
    Task task,
    Origin origin,
    Step step,
    Instant due,
    String networkInterfaceId,
    String failure,
    List<Target> targets,
    List<Flag> flags) {

  /**
   * Where a task comes from.
   *
   * @param serviceArn its service, or an empty text
   * @param deploymentId its deployment, or an empty text
   * @param revisionArn its service revision, or an empty text
   * @param subnetId where it is placed
   * @param securityGroups the groups of its interface
   * @param publicIp whether it gets a public address
   */
  record Origin(
      String serviceArn,
      String deploymentId,
      String revisionArn,
      String subnetId,
      List<String> securityGroups,
      boolean publicIp) {}

  /** A target of a target group. */
  record Target(String targetGroupArn, String ip, int port) {}

  /** What has been noted about a task. */
  enum Flag {
    /** The scheduler has drawn its conclusions from the end of the task. */
    SETTLED,
    /** It was healthy once. */
    WAS_HEALTHY,
    /** It was stopped because a health check failed. */
    FAILED_HEALTH,
    /** It is registered with all target groups of its service. */
    REGISTERED,
    /** It was started to even out the zones. */
    REBALANCING
  }

  String arn() {
    return task.taskArn();
  }

  /** The last part of the ARN. */
  String id() {
    return arn().substring(arn().lastIndexOf('/') + 1);
  }

  boolean wanted() {
    return "RUNNING".equals(task.desiredStatus());
  }

  boolean status(String... any) {
    return Arrays.asList(any).contains(task.lastStatus());
  }

  /** Whether it counts as pending. */
  boolean pending() {
    return status("PROVISIONING", "PENDING", "ACTIVATING");
  }

  /** Whether its containers have run. */
  boolean startedOnce() {
    return task.startedAt() != null;
  }

  boolean running() {
    return status("RUNNING");
  }

  /** Whether it counts against the upper limit of its service. */
  boolean takesRoom() {
    return pending() || running();
  }

  /** Whether it has left the scheduler's care: it is being stopped, or is stopped. */
  boolean stoppingOrStopped() {
    return status("STOPPING", "DEPROVISIONING", "STOPPED");
  }

  boolean has(Flag flag) {
    return flags.contains(flag);
  }

  /** The address of its interface, or an empty text. */
  String ip() {
    return task.attachments().stream()
        .flatMap(a -> a.details().stream())
        .filter(d -> d.name().equals("privateIPv4Address"))
        .map(d -> d.value())
        .findFirst()
        .orElse("");
  }

  TaskRow with(Consumer<Task.Builder> change) {
    return new TaskRow(
        task.copy(change), origin, step, due, networkInterfaceId, failure, targets, flags);
  }

  TaskRow at(Step next, Instant nextDue) {
    return new TaskRow(task, origin, next, nextDue, networkInterfaceId, failure, targets, flags);
  }

  TaskRow failing(String reason, Instant when) {
    return new TaskRow(task, origin, Step.FAIL, when, networkInterfaceId, reason, targets, flags);
  }

  TaskRow withInterface(String id) {
    return new TaskRow(task, origin, step, due, id, failure, targets, flags);
  }

  TaskRow withTargets(List<Target> changed) {
    return new TaskRow(
        task, origin, step, due, networkInterfaceId, failure, List.copyOf(changed), flags);
  }

  TaskRow flagged(Flag flag) {
    if (flags.contains(flag)) {
      return this;
    }
    List<Flag> changed = new java.util.ArrayList<>(flags);
    changed.add(flag);
    return new TaskRow(
        task, origin, step, due, networkInterfaceId, failure, targets, List.copyOf(changed));
  }

  /** Changes each container. */
  TaskRow containers(java.util.function.UnaryOperator<Container> change) {
    return with(t -> t.containers(task.containers().stream().map(change).toList()));
  }

  /** Changes the container of a name. */
  TaskRow container(String name, Consumer<Container.Builder> change) {
    return containers(c -> c.name().equals(name) ? c.copy(change) : c);
  }

  /** Adds details to the attachment. */
  TaskRow attachment(String status, Map<String, String> details) {
    return with(t ->
        t.attachments(
            task.attachments().stream()
                .map(a ->
                    a.copy(b -> {
                      b.status(status);
                      if (!details.isEmpty()) {
                        b.details(Attachments.details(details));
                      }
                    }))
                .toList()));
  }
}
