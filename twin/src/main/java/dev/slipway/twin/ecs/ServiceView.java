package dev.slipway.twin.ecs;

import java.util.List;
import software.amazon.awssdk.services.ecs.model.Deployment;
import software.amazon.awssdk.services.ecs.model.DeploymentRolloutState;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.ecs.model.ServiceCurrentRevisionSummary;

/** Services as the API shows them: counts and deployments derived from the tasks. */
final class ServiceView {

  private final EcsState state;

  ServiceView(EcsState state) {
    this.state = state;
  }

  /** The service without tags. */
  Service of(ServiceRow row) {
    List<TaskRow> tasks = state.tasksOf(row.arn());
    List<Rollout> shown = row.rollouts().stream().filter(r -> isShown(row, r, tasks)).toList();
    return row.service()
        .copy(s ->
            s.runningCount(count(tasks, true))
                .pendingCount(count(tasks, false))
                .deployments(shown.stream().map(r -> deployment(row, r, tasks)).toList())
                .currentServiceRevisions(
                    shown.stream().map(r -> revision(row, r, tasks)).toList()));
  }

  /**
   * An old deployment vanishes when none of its tasks serves any longer. Source: a forced
   * deployment at desired count 0, whose old deployment was gone before its task had stopped.
   */
  private static boolean isShown(ServiceRow row, Rollout rollout, List<TaskRow> tasks) {
    if (rollout.primary()) {
      return !row.inactive();
    }
    return of(rollout, tasks).stream().anyMatch(t -> !t.stoppingOrStopped());
  }

  private static Deployment deployment(ServiceRow row, Rollout rollout, List<TaskRow> all) {
    List<TaskRow> tasks = of(rollout, all);
    return rollout
        .deployment()
        .copy(d ->
            d.desiredCount(desired(row, rollout, tasks))
                .runningCount(count(tasks, true))
                .pendingCount(count(tasks, false)));
  }

  private static ServiceCurrentRevisionSummary revision(
      ServiceRow row, Rollout rollout, List<TaskRow> all) {
    List<TaskRow> tasks = of(rollout, all);
    return ServiceCurrentRevisionSummary.builder()
        .arn(rollout.revisionArn())
        .requestedTaskCount(desired(row, rollout, tasks))
        .runningTaskCount(count(tasks, true))
        .pendingTaskCount(count(tasks, false))
        .build();
  }

  static int desired(ServiceRow row, Rollout rollout, List<TaskRow> tasks) {
    if (rollout.inState(DeploymentRolloutState.FAILED) && !rollout.primary()) {
      return 0;
    }
    return rollout.primary()
        ? row.service().desiredCount()
        : (int) tasks.stream().filter(TaskRow::wanted).count();
  }

  static List<TaskRow> of(Rollout rollout, List<TaskRow> tasks) {
    return tasks.stream().filter(t -> t.origin().deploymentId().equals(rollout.id())).toList();
  }

  static int count(List<TaskRow> tasks, boolean running) {
    return (int)
        tasks.stream().filter(t -> running ? t.running() : t.pending() && t.wanted()).count();
  }
}
