package dev.slipway.validation.diagnose;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import software.amazon.awssdk.services.ecs.model.Task;

/** How long tasks lived, from AWS's own times. */
final class Lives {

  private Lives() {}

  /** From a task's start to the end of its containers; empty when AWS does not say. */
  static Optional<Duration> of(Task task) {
    Instant end = task.executionStoppedAt() == null ? task.stoppedAt() : task.executionStoppedAt();
    if (end == null) {
      end = task.stoppingAt();
    }
    return task.startedAt() == null || end == null || end.isBefore(task.startedAt())
        ? Optional.empty()
        : Optional.of(Duration.between(task.startedAt(), end));
  }

  /** The middle one of some lives; empty when none is known. */
  static Optional<Duration> middle(List<Task> tasks) {
    List<Duration> all = tasks.stream().flatMap(t -> of(t).stream()).sorted().toList();
    return all.isEmpty() ? Optional.empty() : Optional.of(all.get(all.size() / 2));
  }

  /** A time for people, as {@code 12 s} or {@code 4 min}. */
  static String words(Duration time) {
    return time.toSeconds() < 120
        ? String.format(Locale.ROOT, "%d s", time.toSeconds())
        : String.format(Locale.ROOT, "%d min", time.toMinutes());
  }
}
