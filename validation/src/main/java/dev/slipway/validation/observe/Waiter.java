package dev.slipway.validation.observe;

import java.time.Duration;

/** The one place that sleeps. */
@FunctionalInterface
public interface Waiter {

  /** Sleeps for real. */
  Waiter REAL = Thread::sleep;

  /**
   * Waits.
   *
   * @param time how long
   * @throws InterruptedException when the waiting thread is interrupted
   */
  void pause(Duration time) throws InterruptedException;
}
