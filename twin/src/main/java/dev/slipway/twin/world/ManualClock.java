package dev.slipway.twin.world;

import java.time.Duration;
import java.time.Instant;

/**
 * A clock that moves only when it is told to. Events run on the thread that calls {@link #advance},
 * each at exactly its due instant. For unit tests and simulations.
 */
public final class ManualClock implements TwinClock {

  private final EventQueue events = new EventQueue();
  private Instant now;
  private double scale = 1;

  /** A clock that stands at the given instant. */
  public ManualClock(Instant start) {
    this.now = start;
  }

  @Override
  public synchronized Instant instant() {
    return now;
  }

  @Override
  public synchronized Cancellable schedule(Duration delay, Runnable event) {
    Duration wait = delay.isNegative() ? Duration.ZERO : delay;
    EventQueue.Event pending = events.add(now.plus(wait), event);
    return () -> {
      synchronized (this) {
        events.remove(pending);
      }
    };
  }

  @Override
  public Hold hold() {
    return () -> {};
  }

  @Override
  public synchronized double scale() {
    return scale;
  }

  @Override
  public synchronized void setScale(double scale) {
    this.scale = scale;
  }

  @Override
  public void advance(Duration by) {
    Instant end = instant().plus(by);
    EventQueue.Event event;
    while ((event = nextUntil(end)) != null) {
      event.action().run();
    }
  }

  private synchronized EventQueue.Event nextUntil(Instant end) {
    EventQueue.Event event = events.pollDue(end);
    Instant reached = event == null ? end : event.due();
    now = reached.isAfter(now) ? reached : now;
    return event;
  }

  @Override
  public synchronized void close() {
    events.clear();
  }
}
