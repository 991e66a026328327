package dev.slipway.validation.observe;

import java.time.Instant;
import java.util.Optional;

/**
 * The newest round of requests that tells of what there is now. Answers that were asked for before
 * the rollout was seen to be complete came from what it replaced, and where AWS is slow to read
 * they would be all that is known for long. Not thread safe.
 */
final class Rounds {

  private Probe newest = Probe.NONE;
  private Optional<String> complete = Optional.empty();
  private Instant since = Instant.MIN;

  /** Takes note of what AWS shows. */
  void see(Snapshot snapshot) {
    Optional<String> now = snapshot.rollout().completed().map(d -> d.id() + d.taskDefinition());
    if (!now.equals(complete)) {
      complete = now;
      since = snapshot.observedAt();
      keep(newest);
    }
  }

  /** Keeps a round, unless it is of before. */
  void keep(Probe round) {
    newest = round.startedAt().isBefore(since) ? Probe.NONE : round;
  }

  Probe newest() {
    return newest;
  }
}
