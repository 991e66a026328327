package dev.slipway.validation.diagnose;

import dev.slipway.validation.observe.Tasks;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.ecs.model.Deployment;
import software.amazon.awssdk.services.ecs.model.Task;

/** The attempts to start tasks of the wanted revision, and what is known of how they failed. */
final class Starts {

  private static final Pattern UNPLACED =
      Pattern.compile("was unable to place a task\\. Reason: (.*)", Pattern.DOTALL);

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
            .filter(p -> seen.goal().taskDefinition().equals(p.taskDefinition()))
            .filter(_ -> !seen.rolledBack());
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
        .filter(Tasks::over)
        .filter(t -> wanted.contains(StopReason.of(t)))
        .toList();
  }

  /** Attempts that run. */
  List<Task> running() {
    return attempts().stream().filter(Tasks::runs).toList();
  }

  /**
   * Whether a later attempt runs: what kept earlier ones from it has passed, or was put right.
   * Compares AWS's times with each other only.
   */
  boolean overcome(StopReason... reasons) {
    return stopped(reasons).stream()
        .map(Task::createdAt)
        .filter(t -> t != null)
        .max(Comparator.naturalOrder())
        .map(last ->
            running().stream().anyMatch(r -> r.createdAt() != null && r.createdAt().isAfter(last)))
        .orElse(false);
  }

  /** Whether the wanted revision has not come to run as it should. */
  boolean struggling() {
    return !pending().isEmpty() || !failures().isEmpty();
  }

  /** What is said of failed attempts, by tasks first, by the service's events second. */
  List<String> failures() {
    List<Task> failed =
        attempts().stream()
            .filter(Tasks::over)
            .filter(t -> StopReason.of(t) != StopReason.ORDERED)
            .toList();
    return failed.isEmpty() ? List.copyOf(placings().values()) : lines(failed);
  }

  /** The reasons in the service's recent events of tasks that could not be placed. */
  List<String> unplaced() {
    return List.copyOf(placings().keySet());
  }

  /** Each reason with the event that tells it, newest first. */
  private Map<String, String> placings() {
    Map<String, String> all = new LinkedHashMap<>();
    for (String event : seen.events()) {
      Matcher matcher = UNPLACED.matcher(event);
      if (matcher.find()) {
        all.putIfAbsent(matcher.group(1), "event: " + event);
      }
    }
    return all;
  }

  /** The evidence of tasks that failed for one of these reasons; else of events. */
  List<String> evidence(StopReason... reasons) {
    List<Task> failed = stopped(reasons);
    List<StopReason> wanted = List.of(reasons);
    return failed.isEmpty()
        ? placings().entrySet().stream()
            .filter(e -> wanted.contains(StopReason.of(e.getKey())))
            .map(Map.Entry::getValue)
            .toList()
        : lines(failed);
  }

  /** One line for all tasks that stopped for the same reason. */
  private static List<String> lines(List<Task> tasks) {
    Map<String, List<Task>> byReason = new LinkedHashMap<>();
    for (Task task : tasks) {
      byReason.computeIfAbsent(reason(task), _ -> new ArrayList<>()).add(task);
    }
    List<String> lines = new ArrayList<>();
    byReason.forEach((reason, same) ->
        lines.add(
            same.size() == 1
                ? line(same.getFirst())
                : "tasks %s stopped, %s"
                    .formatted(String.join(", ", same.stream().map(Tasks::id).toList()), reason)));
    return lines;
  }

  private static String reason(Task task) {
    String code = task.stopCodeAsString() == null ? "" : task.stopCodeAsString() + ": ";
    return code + task.stoppedReason();
  }

  static String line(Task task) {
    return "task " + Tasks.id(task) + " stopped, " + reason(task);
  }
}
