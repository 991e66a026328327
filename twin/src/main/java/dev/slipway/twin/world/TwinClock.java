package dev.slipway.twin.world;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * The time of the twin's worlds. Everything in the twin that waits, expires or stamps asks this
 * clock and no other. All durations given to it are world time.
 */
public interface TwinClock extends InstantSource, AutoCloseable {

  /** A pending event that can be taken back. */
  interface Cancellable {
    /** Takes the event back; without effect when it has run already. */
    void cancel();
  }

  /** A claim that world time must not run faster than real time; end it by closing it. */
  interface Hold extends AutoCloseable {
    /** Ends the claim; further calls have no effect. */
    @Override
    void close();
  }

  /** The world's time now. */
  @Override
  Instant instant();

  /**
   * Runs an event after a span of world time. Events due at the same instant run in the order in
   * which they were scheduled. They run one at a time and must not block.
   */
  Cancellable schedule(Duration delay, Runnable event);

  /**
   * Holds world time down to real time for as long as at least one hold is open. A real process
   * that starts or stops, and a real socket that is waited for, takes one, so that a healthy
   * program never misses a deadline only because the clock runs fast.
   */
  Hold hold();

  /** World seconds a real second, holds left aside. */
  double scale();

  /** Changes the scale; must be positive. */
  void setScale(double scale);

  /** Moves the world's time forward at once; events that fall due run in their order. */
  void advance(Duration by);

  /** Ends the clock; pending events never run. */
  @Override
  void close();
}
