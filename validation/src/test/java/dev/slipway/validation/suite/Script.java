package dev.slipway.validation.suite;

import dev.slipway.validation.Sample;
import dev.slipway.validation.observe.Observations;
import dev.slipway.validation.observe.Snapshot;
import dev.slipway.validation.observe.Unanswered;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** Snapshots one after another, a second apart; the last one stays. Time is the script's own. */
final class Script implements Observations, InstantSource {

  private final List<Snapshot> snapshots = new ArrayList<>();
  private Unanswered end;
  private Unanswered gap;
  private Instant gapEnd = Instant.MIN;
  private Instant now = Sample.NOW;
  private int served;

  Script then(Sample sample) {
    sample.number = snapshots.size() + 1L;
    sample.observedAt = Sample.NOW.plusSeconds(snapshots.size());
    snapshots.add(sample.snapshot());
    return this;
  }

  Script thenSilence(Unanswered reason) {
    end = reason;
    return this;
  }

  /** What comes next comes so late, and whoever does not wait for it is told why. */
  Script thenNothingFor(Duration time, Unanswered reason) {
    gap = reason;
    gapEnd = Sample.NOW.plus(time);
    return this;
  }

  @Override
  public Snapshot after(long number, Instant deadline) throws Unanswered {
    if (served > number) {
      return snapshots.get(served - 1);
    }
    if (served == 1 && now.isBefore(gapEnd)) {
      now = deadline.isBefore(gapEnd) ? deadline : gapEnd;
      if (now.isBefore(gapEnd)) {
        throw gap;
      }
    }
    Instant next = served == 0 ? now : now.plusSeconds(1);
    if (served == snapshots.size()) {
      if (end != null) {
        throw end;
      }
      now = deadline.isAfter(now) ? deadline : now;
      return snapshots.getLast();
    }
    now = next;
    return snapshots.get(served++);
  }

  @Override
  public Instant instant() {
    return now;
  }

  Duration passed() {
    return Duration.between(Sample.NOW, now);
  }
}
