package dev.slipway.twin.ecs;

import dev.slipway.twin.world.Differs;
import dev.slipway.twin.world.World;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import software.amazon.awssdk.services.ecs.model.TaskStopCode;

/**
 * Draws the scheduler's conclusions from tasks that failed.
 *
 * <p>Source: ECS developer guide, deployment-circuit-breaker: in the first stage tasks that never
 * reach RUNNING count; once one has run, tasks replaced for failing health checks do.
 */
final class EndedTasks {

  private final EcsState state;
  private final World world;
  private final ServiceEvents events;

  EndedTasks(EcsState state, ServiceEvents events) {
    this.state = state;
    this.world = state.world();
    this.events = events;
  }

  /**
   * How many tasks that ran have ended since the last tick, other than by the scheduler's doing.
   *
   * <p>Source: traces of AWS: 10.9 s from a crash to the target's deregistration and 21 s to the
   * new task; 18.9 s from StopTask to the new task. They are replaced one tick after they are
   * noticed.
   */
  int unnoticed(ServiceRow row) {
    return (int)
        state.tasksOf(row.arn()).stream()
            .filter(t -> !t.wanted() && !t.has(TaskRow.Flag.SETTLED) && t.startedOnce())
            .filter(t -> t.task().stopCode() != TaskStopCode.SERVICE_SCHEDULER_INITIATED)
            .count();
  }

  /** Takes note of every task that has been on its way out since the last tick. */
  ServiceRow settle(ServiceRow row) {
    ServiceRow next = row;
    for (TaskRow task : state.tasksOf(row.arn())) {
      if (!task.wanted() && !task.has(TaskRow.Flag.SETTLED)) {
        state.tasks().update(task.arn(), t -> t.flagged(TaskRow.Flag.SETTLED));
        next = settle(next, task);
      }
    }
    return next;
  }

  private ServiceRow settle(ServiceRow row, TaskRow task) {
    TaskStopCode code = task.task().stopCode();
    if (code == TaskStopCode.TASK_FAILED_TO_START) {
      // Source: current Fargate shows the reason of a failed start in the service's events.
      ServiceRow told = events.addOnce(row, Messages.unableToPlace(task.task().stoppedReason()));
      return failedStart(told, task.origin().deploymentId());
    }
    return code == TaskStopCode.ESSENTIAL_CONTAINER_EXITED ? exited(row, task) : row;
  }

  @Differs(
      value = "a task that ends by itself before it was ever healthy counts as failed",
      because =
          "AWS documents only that a task that passed its checks before does not; services that"
              + " crash at once are seen to trip the breaker")
  private ServiceRow exited(ServiceRow row, TaskRow task) {
    return task.has(TaskRow.Flag.WAS_HEALTHY)
        ? row
        : row.withRollout(task.origin().deploymentId(), r -> r.withFailures(r.failures() + 1));
  }

  /** A task could not even be made. */
  ServiceRow failedToLaunch(ServiceRow row) {
    return failedStart(row, row.primary().id());
  }

  private ServiceRow failedStart(ServiceRow row, String deploymentId) {
    Optional<Rollout> rollout = row.rollout(deploymentId);
    if (rollout.isEmpty() || !rollout.get().primary()) {
      return row;
    }
    int failures = rollout.get().startFailures() + 1;
    Duration wait = StartThrottle.after(failures);
    Instant until = wait.isZero() ? Instant.MIN : world.now().plus(wait);
    ServiceRow next = row.withRollout(deploymentId, r -> r.withThrottle(failures, until));
    if (!rollout.get().ran()) {
      next = next.withRollout(deploymentId, r -> r.withFailures(r.failures() + 1));
    }
    return wait.isZero() ? next : events.addOnce(next, Messages.THROTTLED);
  }

  /** A task is stopped because a health check failed. */
  ServiceRow failedHealth(ServiceRow row, TaskRow task) {
    return row.withRollout(
        task.origin().deploymentId(), r -> r.primary() ? r.withFailures(r.failures() + 1) : r);
  }
}
