package dev.slipway.validation.check;

import dev.slipway.validation.observe.Arns;
import dev.slipway.validation.observe.Gap;
import dev.slipway.validation.observe.Snapshot;
import dev.slipway.validation.observe.Tasks;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.ecs.model.Task;

/** Running = desired = intended, more than none, all of the wanted revision and digest. */
public final class TasksCheck implements Check {

  @Override
  public String id() {
    return "tasks";
  }

  @Override
  public String title() {
    return "its tasks run the wanted image";
  }

  @Override
  public String expected(Goal goal) {
    return "as many tasks as desired, at least one, all of "
        + goal.revision()
        + (goal.digest().isEmpty() ? "" : " with " + Digests.brief(goal.digest()));
  }

  @Override
  public Judgement judge(Snapshot snapshot, Goal goal) {
    Service service = snapshot.rollout().service();
    if (service.desiredCount() == 0) {
      return Judgement.broken("desired count is 0: nothing runs", List.of());
    }
    Optional<Gap> gap = snapshot.gap("ecs:ListTasks").or(() -> snapshot.gap("ecs:DescribeTasks"));
    if (gap.isPresent()) {
      return new Judgement.Skipped(gap.get().sentence(), true);
    }
    List<Task> running = snapshot.tasks().stream().filter(Tasks::runs).toList();
    List<String> evidence =
        snapshot.tasks().stream().filter(t -> !Tasks.stopped(t)).map(t -> line(t, goal)).toList();
    long wanted =
        running.stream().filter(t -> goal.taskDefinition().equals(t.taskDefinitionArn())).count();
    String counts =
        "%d of %d tasks run %s".formatted(wanted, service.desiredCount(), goal.revision())
            + (running.size() == wanted ? "" : ", " + (running.size() - wanted) + " run another");
    boolean settled =
        wanted == service.desiredCount()
            && running.size() == service.desiredCount()
            && service.runningCount().equals(service.desiredCount())
            && service.pendingCount() == 0;
    if (!settled) {
      return Judgement.notYet(counts, evidence);
    }
    Restarts restarts = Restarts.of(snapshot, goal);
    return restarts.loop() ? flapping(restarts, counts) : digests(running, goal, counts, evidence);
  }

  /** The counts are right at this moment, and will not be at the next. */
  private static Judgement flapping(Restarts restarts, String counts) {
    return Judgement.broken(
        "%s, but %d ended by themselves and those that run now have lasted no longer"
            .formatted(counts, restarts.ended().size()),
        restarts.ended().stream()
            .map(t -> "task %s stopped, %s".formatted(Tasks.id(t), t.stoppedReason()))
            .toList());
  }

  private static Judgement digests(
      List<Task> running, Goal goal, String counts, List<String> evidence) {
    if (goal.digest().isEmpty()) {
      return Judgement.holds(counts, evidence);
    }
    List<String> seen = running.stream().map(t -> digest(t, goal)).distinct().toList();
    if (seen.equals(List.of(goal.digest()))) {
      return Judgement.holds(counts + ", all " + Digests.brief(goal.digest()), evidence);
    }
    List<String> brief = seen.stream().map(Digests::brief).toList();
    return seen.contains("")
        ? Judgement.notYet(counts + ", a task's digest is not yet known", evidence)
        : Judgement.broken(counts + ", but of " + String.join(" and ", brief), evidence);
  }

  private static String digest(Task task, Goal goal) {
    return Tasks.digest(task, goal.container()).orElse("");
  }

  private static String line(Task task, Goal goal) {
    return "task %s %s %s %s at %s"
        .formatted(
            Tasks.id(task),
            task.lastStatus(),
            Arns.revision(task.taskDefinitionArn()),
            Digests.brief(digest(task, goal)),
            Tasks.ip(task).orElse("no address"));
  }
}
