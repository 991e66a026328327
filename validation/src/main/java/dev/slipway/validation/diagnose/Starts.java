package dev.slipway.validation.diagnose;

import dev.slipway.validation.observe.Tasks;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.ecs.model.Deployment;
import software.amazon.awssdk.services.ecs.model.Task;

/** The attempts to start tasks of the wanted revision, and what is known of how they failed. */
final class Starts {

  private static final Pattern UNPLACED =
      Pattern.compile("was unable to place a task\\. Reason: (.*)", Pattern.DOTALL);
  private static final int RECENT = 20;

  private final Case seen;

  Starts(Case seen) {
    this.seen = seen;
  }

  /**
   * The wanted revision's tasks of its newest deployment; all of them when that deployment has been
   * replaced, for instance by a rollback.
   */
  List<Task> attempts() {
    Optional<Deployment> primary =
        seen.snapshot()
            .rollout()
            .primary()
            .filter(p -> seen.goal().taskDefinition().equals(p.taskDefinition()));
    return seen.tasks().stream()
        .filter(t ->
            primary.isEmpty() || t.startedBy() == null || primary.get().id().equals(t.startedBy()))
        .toList();
  }

  /** Attempts that are under way. */
  List<Task> pending() {
    return attempts().stream().filter(Tasks::starts).toList();
  }

  /** Attempts that ended for one of these reasons. */
  List<Task> stopped(StopReason... reasons) {
    List<StopReason> wanted = List.of(reasons);
    return attempts().stream()
        .filter(Tasks::stopped)
        .filter(t -> wanted.contains(StopReason.of(t)))
        .toList();
  }

  /** Whether the wanted revision has not come to run as it should. */
  boolean struggling() {
    return !pending().isEmpty() || !failures().isEmpty();
  }

  /** What is said of failed attempts, by tasks first, by the service's events second. */
  List<String> failures() {
    List<String> lines = new ArrayList<>();
    for (Task task : attempts()) {
      if (Tasks.stopped(task) && StopReason.of(task) != StopReason.ORDERED) {
        lines.add(line(task));
      }
    }
    if (lines.isEmpty()) {
      unplaced().forEach(r -> lines.add("event: was unable to place a task. Reason: " + r));
    }
    return lines;
  }

  /** The reasons in the service's recent events of tasks that could not be placed. */
  List<String> unplaced() {
    if (rolledOut()) {
      return List.of();
    }
    return seen.service().events().stream()
        .limit(RECENT)
        .map(e -> UNPLACED.matcher(e.message()))
        .filter(Matcher::find)
        .map(m -> m.group(1))
        .distinct()
        .toList();
  }

  /** The evidence of tasks that failed for one of these reasons. */
  List<String> evidence(StopReason... reasons) {
    List<String> lines = new ArrayList<>(stopped(reasons).stream().map(Starts::line).toList());
    List<StopReason> wanted = List.of(reasons);
    unplaced().stream()
        .filter(r -> wanted.contains(StopReason.of(r)))
        .forEach(r -> lines.add("event: was unable to place a task. Reason: " + r));
    return lines;
  }

  /** An event that is older than the end of a rollout speaks of another attempt. */
  private boolean rolledOut() {
    return seen.snapshot()
        .rollout()
        .primary()
        .map(p ->
            "COMPLETED".equals(p.rolloutStateAsString())
                && seen.goal().taskDefinition().equals(p.taskDefinition()))
        .orElse(false);
  }

  static String line(Task task) {
    String code = task.stopCodeAsString() == null ? "" : task.stopCodeAsString() + ": ";
    return "task " + Tasks.id(task) + " stopped, " + code + task.stoppedReason();
  }
}
