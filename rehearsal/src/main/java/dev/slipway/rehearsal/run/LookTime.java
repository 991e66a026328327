package dev.slipway.rehearsal.run;

import dev.slipway.rehearsal.stage.WorldTime;
import dev.slipway.validation.observe.Waiter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * The time of somebody who looks at a fast world from outside: it passes while he waits, by as much
 * as in the world. What he works himself takes no time, for it would count as many times over as
 * the world is fast, and more on a busy machine. Thread safe.
 */
final class LookTime implements InstantSource, Waiter {

  private final WorldTime world;
  private final Instant begun;
  private Duration waited = Duration.ZERO;

  LookTime(WorldTime world) {
    this.world = world;
    this.begun = world.instant();
  }

  @Override
  public synchronized Instant instant() {
    return begun.plus(waited);
  }

  /** Two who wait at the same time wait no longer than the longer of them. */
  @Override
  public void pause(Duration time) throws InterruptedException {
    Duration until = waited().plus(time);
    world.pause(time);
    synchronized (this) {
      if (until.compareTo(waited) > 0) {
        waited = until;
      }
    }
  }

  /** How long he has waited. */
  synchronized Duration waited() {
    return waited;
  }
}
