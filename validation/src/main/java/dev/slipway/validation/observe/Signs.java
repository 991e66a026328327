package dev.slipway.validation.observe;

import java.util.List;
import software.amazon.awssdk.services.ecs.model.Deployment;
import software.amazon.awssdk.services.ecs.model.DeploymentRolloutState;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.ecs.model.Task;

/** Whether a deployment looks wrong enough to read what may explain it. */
final class Signs {

  private static final int RECENT_EVENTS = 10;
  private static final List<String> WORRYING =
      List.of("was unable to", "failed", "is unhealthy in", "rolling back", "is unable to");

  private Signs() {}

  static boolean wrong(Service service, List<Task> tasks, FrontDoor front, Probe probe) {
    return service.desiredCount() == 0
        || probe.overdue()
        || probe.answers().stream().anyMatch(a -> a.status() == 0 || a.status() >= 500)
        || service.deployments().stream()
            .anyMatch(d ->
                d.rolloutState() == DeploymentRolloutState.FAILED
                    || stuck(d)
                    || (d.failedTasks() != null && d.failedTasks() > 0))
        || tasks.stream().anyMatch(Signs::wrong)
        || front.health().values().stream()
            .flatMap(List::stream)
            .anyMatch(h -> "unhealthy".equals(h.targetHealth().stateAsString()))
        || service.events().stream()
            .limit(RECENT_EVENTS)
            .anyMatch(e -> WORRYING.stream().anyMatch(e.message()::contains));
  }

  /** Where a role cannot be assumed there is no task, and only later an event. */
  private static boolean stuck(Deployment deployment) {
    return deployment.rolloutState() == DeploymentRolloutState.IN_PROGRESS
        && deployment.desiredCount() != null
        && deployment.runningCount() != null
        && deployment.runningCount() < deployment.desiredCount();
  }

  /** A task that is not yet running may be about to fail: its way to the registry is looked at. */
  private static boolean wrong(Task task) {
    return Tasks.starts(task)
        || (task.stopCode() != null
            && !"ServiceSchedulerInitiated".equals(task.stopCodeAsString())
            && !"UserInitiated".equals(task.stopCodeAsString()))
        || (task.stoppedReason() != null && task.stoppedReason().contains("health check"));
  }

  /** Whether AWS says of a task that its image has nothing for the platform. */
  static boolean ofAnotherPlatform(List<Task> tasks) {
    return tasks.stream()
        .anyMatch(t -> t.stoppedReason() != null && t.stoppedReason().contains("platform"));
  }
}
