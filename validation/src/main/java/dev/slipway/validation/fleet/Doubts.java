package dev.slipway.validation.fleet;

import dev.slipway.validation.observe.Rollout;
import dev.slipway.validation.observe.Snapshot;
import dev.slipway.validation.observe.Tasks;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.ecs.model.Deployment;
import software.amazon.awssdk.services.ecs.model.ServiceEvent;
import software.amazon.awssdk.services.ecs.model.Task;

/**
 * Why a service whose checks hold is looked at more closely all the same. A doubt accuses nobody:
 * it costs a few calls.
 */
final class Doubts {

  private static final List<String> WORRYING =
      List.of("was unable to", "failed", "is unhealthy in", "rolling back", "is unable to");

  /** A task that started so lately, long after the rollout, may be one that came for another. */
  private static final Duration LATELY = Duration.ofMinutes(10);

  private static final Duration AFTER_ROLLOUT = Duration.ofMinutes(2);

  private Doubts() {}

  /**
   * The first doubt, if there is one.
   *
   * @param now AWS's time
   */
  static Optional<String> of(Snapshot snapshot, Instant now) {
    Rollout rollout = snapshot.rollout();
    if (rollout.primary().isPresent() && rollout.newest().isEmpty()) {
      return Optional.of("its newest service deployment is not known");
    }
    return failed(rollout).or(() -> event(rollout)).or(() -> restarted(snapshot, now));
  }

  private static Optional<String> failed(Rollout rollout) {
    return rollout.service().deployments().stream()
        .filter(d -> d.failedTasks() != null && d.failedTasks() > 0)
        .map(d -> d.failedTasks() + " tasks failed in deployment " + d.id())
        .findFirst();
  }

  /** What has been worrying since the service was last steady. Events come newest first. */
  private static Optional<String> event(Rollout rollout) {
    return rollout.service().events().stream()
        .map(ServiceEvent::message)
        .takeWhile(m -> !m.contains("has reached a steady state"))
        .filter(m -> WORRYING.stream().anyMatch(m::contains))
        .findFirst();
  }

  private static Optional<String> restarted(Snapshot snapshot, Instant now) {
    Optional<Instant> done = snapshot.rollout().completed().map(Deployment::updatedAt);
    return done.flatMap(end ->
        snapshot.tasks().stream()
            .filter(Tasks::runs)
            .filter(t -> t.startedAt() != null)
            .filter(t -> t.startedAt().isAfter(end.plus(AFTER_ROLLOUT)))
            .filter(t -> t.startedAt().isAfter(now.minus(LATELY)))
            .findFirst()
            .map(Doubts::late));
  }

  private static String late(Task task) {
    return "task " + Tasks.id(task) + " started after the rollout, at " + task.startedAt();
  }
}
