package dev.slipway.twin.ecs;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.ecs.model.DeploymentCircuitBreaker;
import software.amazon.awssdk.services.ecs.model.DeploymentRolloutState;
import software.amazon.awssdk.services.ecs.model.TaskStopCode;
import software.amazon.awssdk.services.ecs.model.ThresholdConfiguration;

/**
 * The breaker's arithmetic, counted anew from what becomes of the tasks: it never trips before as
 * many tasks of the deployment failed as the threshold says, and trips when they have. Source: ECS
 * developer guide, deployment-circuit-breaker.
 */
final class SimBreaker {

  /** What was counted for a deployment. */
  private static final class Count {
    private int ever;
    private int sinceHealthy;
    private boolean ran;
  }

  private final Map<String, Count> counts = new HashMap<>();
  private final Set<String> counted = new HashSet<>();
  private final Set<String> wereHealthy = new HashSet<>();

  /** A count, or a share of the desired count; the share has its bounds unless they are off. */
  private static int threshold(SimView view) {
    ThresholdConfiguration settings = settings(view).thresholdConfiguration();
    if (settings == null) {
      return Math.min(200, Math.max(3, (view.desired() + 1) / 2));
    }
    int share = (int) Math.ceil(view.desired() * settings.value() / 100.0);
    return switch (settings.type()) {
      case COUNT -> settings.value();
      case UNBOUNDED_PERCENT -> Math.max(1, share);
      default -> Math.min(200, Math.max(3, share));
    };
  }

  private static DeploymentCircuitBreaker settings(SimView view) {
    return view.service().service().deploymentConfiguration().deploymentCircuitBreaker();
  }

  /** Holds one tick against the count. */
  void check(SimView before, SimView after) {
    before.tasks().values().forEach(t -> count(t, before));
    boolean reset = false;
    boolean resets = !Boolean.FALSE.equals(settings(before).resetOnHealthyTask());
    for (TaskRow task : before.tasks().values()) {
      if (before.healthy(task) && wereHealthy.add(task.arn()) && resets) {
        of(task).sinceHealthy = 0;
        reset = true;
      }
    }
    after.tasks().values().forEach(t -> count(t, after));
    String primary = before.service().primary().id();
    if (!after.service().primary().id().equals(primary)) {
      // A rollback begins to count anew.
      counts.remove(after.service().primary().id());
    }
    Count count = counts.getOrDefault(primary, new Count());
    int threshold = threshold(after);
    boolean failed =
        after
            .service()
            .rollout(primary)
            .map(r -> r.inState(DeploymentRolloutState.FAILED))
            .orElse(false);
    boolean inProgress = before.service().primary().inState(DeploymentRolloutState.IN_PROGRESS);
    if (failed && inProgress && count.ever < threshold) {
      throw new SimFailure("the breaker tripped after " + count.ever + " failures of " + threshold);
    }
    boolean enabled = Boolean.TRUE.equals(settings(after).enable());
    boolean still =
        after.service().active()
            && after.service().primary().id().equals(primary)
            && after.service().primary().inState(DeploymentRolloutState.IN_PROGRESS);
    if (enabled && still && !reset && count.sinceHealthy >= threshold) {
      throw new SimFailure("the breaker has not tripped after " + count.sinceHealthy + " failures");
    }
  }

  private Count of(TaskRow task) {
    return counts.computeIfAbsent(task.origin().deploymentId(), id -> new Count());
  }

  private void count(TaskRow task, SimView view) {
    Count count = of(task);
    count.ran |= task.task().startedAt() != null;
    if (task.wanted() || !counted.add(task.arn())) {
      return;
    }
    TaskStopCode code = task.task().stopCode();
    boolean failedStart = code == TaskStopCode.TASK_FAILED_TO_START;
    boolean failedHealth = task.task().stoppedReason().matches("Task failed .* health checks.*");
    boolean crashed =
        code == TaskStopCode.ESSENTIAL_CONTAINER_EXITED && !wereHealthy.contains(task.arn());
    if (failedStart || failedHealth || crashed) {
      count.ever++;
    }
    if ((failedStart && !count.ran) || (failedHealth && isPrimary(task, view))) {
      count.sinceHealthy++;
    }
  }

  private static boolean isPrimary(TaskRow task, SimView view) {
    return task.origin().deploymentId().equals(view.service().primary().id());
  }
}
