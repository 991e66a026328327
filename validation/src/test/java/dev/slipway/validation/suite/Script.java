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

  @Override
  public Snapshot after(long number, Instant deadline) throws Unanswered {
    if (served > number) {
      return snapshots.get(served - 1);
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
