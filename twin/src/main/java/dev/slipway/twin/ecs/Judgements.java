package dev.slipway.twin.ecs;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The judgements on all wanted tasks of a service in one tick.
 *
 * @param tasks the tasks, oldest first
 * @param byArn the judgement on each
 * @param leaving how many tasks are being stopped but still take room
 * @param guarded the tasks under scale-in protection
 */
record Judgements(
    List<TaskRow> tasks,
    Map<String, TaskHealth.Judgement> byArn,
    int leaving,
    List<String> guarded) {

  static Judgements of(EcsState state, TargetGroups targetGroups, ServiceRow row) {
    TaskHealth health = new TaskHealth(state, targetGroups, row);
    List<TaskRow> all = state.tasksOf(row.arn());
    List<TaskRow> wanted = all.stream().filter(TaskRow::wanted).toList();
    Map<String, TaskHealth.Judgement> byArn = new LinkedHashMap<>();
    wanted.forEach(t -> byArn.put(t.arn(), health.judge(t)));
    long leaving = all.stream().filter(t -> !t.wanted() && t.takesRoom()).count();
    List<String> guarded =
        wanted.stream().map(TaskRow::arn).filter(a -> TaskProtectionApi.covers(state, a)).toList();
    return new Judgements(wanted, byArn, (int) leaving, guarded);
  }

  boolean healthy(TaskRow task) {
    return byArn.get(task.arn()) instanceof TaskHealth.Judgement.Healthy;
  }

  Optional<TaskHealth.Judgement.Failing> failing(TaskRow task) {
    return byArn.get(task.arn()) instanceof TaskHealth.Judgement.Failing f
        ? Optional.of(f)
        : Optional.empty();
  }

  /** The service as the planner sees it. */
  RollingPlanner.Situation situation(ServiceRow row, boolean mayStart) {
    String primary = row.primary().id();
    List<RollingPlanner.Seen> seen =
        tasks.stream()
            .map(t ->
                new RollingPlanner.Seen(
                    t.arn(),
                    t.origin().deploymentId().equals(primary),
                    t.running(),
                    healthy(t),
                    failing(t).isPresent(),
                    guarded.contains(t.arn()),
                    t.task().availabilityZone(),
                    t.task().createdAt().toEpochMilli()))
            .toList();
    return new RollingPlanner.Situation(
        row.service().desiredCount() + ZoneRebalancer.extra(this),
        row.minimumHealthy(),
        row.maximum(),
        leaving,
        mayStart,
        seen);
  }
}
