package dev.slipway.twin.ecs;

import java.util.HashSet;
import java.util.Set;
import software.amazon.awssdk.services.ecs.model.TaskStopCode;

/**
 * Never below the minimum nor above the maximum by the scheduler's own doing. Source: ECS API
 * reference, DeploymentConfiguration: RUNNING and pending tasks count above, healthy ones below.
 */
final class SimBounds {

  private SimBounds() {}

  /** Holds one tick against the limits. */
  static void check(SimView before, SimView after) {
    Set<String> started = new HashSet<>(after.tasks().keySet());
    started.removeAll(before.tasks().keySet());
    if (!started.isEmpty() && after.present() > after.upper()) {
      throw new SimFailure(
          "started " + started.size() + " tasks: " + after.present() + " > " + after.upper());
    }
    Set<String> healthy = before.healthy();
    Set<String> stopped = new HashSet<>();
    for (String arn : healthy) {
      TaskRow now = after.tasks().get(arn);
      if (!now.wanted() && now.task().stopCode() == TaskStopCode.SERVICE_SCHEDULER_INITIATED) {
        stopped.add(arn);
      }
    }
    healthy.addAll(after.healthy());
    healthy.removeAll(stopped);
    if (!stopped.isEmpty() && healthy.size() < after.lower()) {
      throw new SimFailure(
          "stopped healthy tasks: " + healthy.size() + " healthy < " + after.lower());
    }
  }
}
