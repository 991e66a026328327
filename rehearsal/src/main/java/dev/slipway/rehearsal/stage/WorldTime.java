package dev.slipway.rehearsal.stage;

import dev.slipway.twin.world.TwinClock;
import dev.slipway.validation.observe.Waiter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** The time of the twin's world for whoever waits in it. Thread safe. */
public final class WorldTime implements InstantSource, Waiter {

  private static final Duration LOOK = Duration.ofSeconds(2);

  private final TwinClock clock;

  /** The time of a clock. */
  public WorldTime(TwinClock clock) {
    this.clock = clock;
  }

  @Override
  public Instant instant() {
    return clock.instant();
  }

  /** Waits for a span of the world's time, whatever holds the clock meanwhile. */
  @Override
  public void pause(Duration time) throws InterruptedException {
    Instant until = clock.instant().plus(time);
    Duration left = time;
    while (left.isPositive()) {
      long nanos = Math.max(200_000, (long) (left.toNanos() / clock.scale()));
      Waiter.REAL.pause(Duration.ofNanos(nanos));
      left = Duration.between(clock.instant(), until);
    }
  }

  /** How long a span of the world's time takes here when nothing holds the clock. */
  public Duration real(Duration time) {
    return Duration.ofNanos((long) (time.toNanos() / clock.scale()));
  }

  /**
   * Waits until something holds.
   *
   * @param what what is waited for, for the message
   * @param longest in the world's time
   * @throws IllegalStateException when it does not come to hold
   */
  public void await(String what, Duration longest, Condition condition) throws Exception {
    Instant until = instant().plus(longest);
    while (!condition.holds()) {
      if (instant().isAfter(until)) {
        throw new IllegalStateException("not in " + longest.toSeconds() + " s: " + what);
      }
      pause(LOOK);
    }
  }

  /** Something that may come to hold. */
  @FunctionalInterface
  public interface Condition {
    /** Whether it does now. */
    boolean holds() throws Exception;
  }
}
