package dev.slipway.validation.check;

import dev.slipway.validation.observe.Snapshot;
import dev.slipway.validation.observe.Tasks;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ecs.model.Task;
import software.amazon.awssdk.services.ecs.model.TaskStopCode;

/**
 * Tasks of the wanted revision's newest deployment that end by themselves over and over, so that
 * every count is right whenever nobody dies just then. AWS's times are compared with each other
 * only, never with this machine's.
 *
 * @param ended those that ended by themselves, newest first
 * @param running those that run
 * @param desired how many ought to
 * @param latest the latest time that AWS tells of anything of the service
 */
public record Restarts(
    List<Task> ended, List<Task> running, int desired, Optional<Instant> latest) {

  private static final Duration MARGIN = Duration.ofSeconds(10);

  /** The restarts that a snapshot shows. */
  public static Restarts of(Snapshot snapshot, Goal goal) {
    String deployment =
        snapshot
            .rollout()
            .primary()
            .filter(p -> goal.taskDefinition().equals(p.taskDefinition()))
            .map(p -> p.id())
            .orElse("");
    List<Task> own =
        snapshot.tasks().stream()
            .filter(t -> goal.taskDefinition().equals(t.taskDefinitionArn()))
            .filter(t -> t.startedBy() == null || deployment.equals(t.startedBy()))
            .toList();
    return new Restarts(
        own.stream().filter(Restarts::byItself).toList(),
        own.stream().filter(Tasks::runs).toList(),
        snapshot.rollout().service().desiredCount(),
        latest(snapshot));
  }

  /**
   * Whether restarted tasks end as well, as often as is no chance, and those that run now have not
   * lasted longer than they did.
   */
  public boolean loop() {
    return ended.size() >= Math.max(2, Math.ceilDiv(desired, 2)) && again() && !outlived();
  }

  /** Whether as many tasks as ought to run have lasted longer than any that ended. */
  public boolean outlived() {
    Optional<Duration> longest =
        ended.stream().flatMap(t -> life(t).stream()).max(Comparator.naturalOrder());
    if (longest.isEmpty() || latest.isEmpty()) {
      return false;
    }
    Duration enough = longest.get().multipliedBy(2).plus(MARGIN);
    long lasting =
        running.stream()
            .filter(t -> t.startedAt() != null)
            .filter(t -> Duration.between(t.startedAt(), latest.get()).compareTo(enough) > 0)
            .count();
    return lasting > 0 && lasting >= desired;
  }

  private boolean again() {
    Optional<Instant> firstEnd =
        ended.stream().map(Restarts::end).filter(Objects::nonNull).min(Comparator.naturalOrder());
    return firstEnd
        .map(end ->
            ended.stream().anyMatch(t -> t.createdAt() != null && t.createdAt().isAfter(end)))
        .orElse(false);
  }

  private static boolean byItself(Task task) {
    return task.stopCode() == TaskStopCode.ESSENTIAL_CONTAINER_EXITED;
  }

  private static Instant end(Task task) {
    return task.executionStoppedAt() == null ? task.stoppedAt() : task.executionStoppedAt();
  }

  private static Optional<Duration> life(Task task) {
    Instant end = end(task);
    return task.startedAt() == null || end == null || end.isBefore(task.startedAt())
        ? Optional.empty()
        : Optional.of(Duration.between(task.startedAt(), end));
  }

  private static Optional<Instant> latest(Snapshot snapshot) {
    var service = snapshot.rollout().service();
    Stream<Instant> tasks =
        snapshot.tasks().stream()
            .flatMap(t -> Stream.of(t.createdAt(), t.startedAt(), t.stoppedAt(), end(t)));
    Stream<Instant> events = service.events().stream().map(e -> e.createdAt());
    Stream<Instant> deployments = service.deployments().stream().map(d -> d.updatedAt());
    return Stream.of(tasks, events, deployments)
        .flatMap(s -> s)
        .filter(Objects::nonNull)
        .max(Comparator.naturalOrder());
  }
}
