package dev.slipway.twin.world;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;

/**
 * A clock that runs at a multiple of real time. One daemon thread runs the events. While a {@link
 * Hold} is open the clock runs at real time, however high the scale.
 */
public final class ScaledClock implements TwinClock {

  private static final double NANOS = 1e9;

  private final LongSupplier realNanos;
  private final EventQueue events = new EventQueue();
  private final Thread runner;
  private Instant anchor;
  private long anchorNanos;
  private double scale;
  private int holds;
  private boolean closed;

  /**
   * Starts a clock.
   *
   * @param start where the world's time begins
   * @param realNanos a monotonic source of real nanoseconds
   * @param scale world seconds a real second
   */
  public ScaledClock(InstantSource start, LongSupplier realNanos, double scale) {
    this.realNanos = realNanos;
    this.anchor = start.instant();
    this.anchorNanos = realNanos.getAsLong();
    this.scale = requirePositive(scale);
    this.runner = Thread.ofPlatform().daemon().name("twin-clock").unstarted(this::runEvents);
    runner.start();
  }

  @Override
  public synchronized Instant instant() {
    long realElapsed = realNanos.getAsLong() - anchorNanos;
    return anchor.plusNanos((long) (realElapsed * pace()));
  }

  @Override
  public synchronized Cancellable schedule(Duration delay, Runnable event) {
    Duration wait = delay.isNegative() ? Duration.ZERO : delay;
    EventQueue.Event pending = events.add(instant().plus(wait), event);
    notifyAll();
    return () -> {
      synchronized (this) {
        events.remove(pending);
      }
    };
  }

  @Override
  public synchronized Hold hold() {
    reanchor();
    holds++;
    AtomicBoolean open = new AtomicBoolean(true);
    return () -> {
      if (open.compareAndSet(true, false)) {
        release();
      }
    };
  }

  private synchronized void release() {
    reanchor();
    holds--;
    notifyAll();
  }

  @Override
  public synchronized double scale() {
    return scale;
  }

  @Override
  public synchronized void setScale(double scale) {
    reanchor();
    this.scale = requirePositive(scale);
    notifyAll();
  }

  @Override
  public synchronized void advance(Duration by) {
    reanchor();
    anchor = anchor.plus(by);
    notifyAll();
  }

  @Override
  public synchronized void close() {
    closed = true;
    events.clear();
    notifyAll();
  }

  private double pace() {
    return holds > 0 ? Math.min(1, scale) : scale;
  }

  private void reanchor() {
    long nanos = realNanos.getAsLong();
    anchor = anchor.plusNanos((long) ((nanos - anchorNanos) * pace()));
    anchorNanos = nanos;
  }

  private void runEvents() {
    EventQueue.Event event;
    while ((event = awaitNext()) != null) {
      try {
        event.action().run();
      } catch (RuntimeException | Error e) {
        // One broken event must not stop the time of every world.
        report(e);
      }
    }
  }

  private static void report(Throwable failure) {
    try {
      System.getLogger(ScaledClock.class.getName())
          .log(System.Logger.Level.ERROR, "an event of the twin's clock failed", failure);
    } catch (RuntimeException | Error e) {
      // Without memory or files there is no log either; time goes on even so.
    }
  }

  private synchronized EventQueue.Event awaitNext() {
    while (!closed) {
      Instant now = instant();
      EventQueue.Event due = events.pollDue(now);
      if (due != null) {
        return due;
      }
      try {
        EventQueue.Event next = events.peek();
        if (next == null) {
          wait();
        } else {
          // From the same instant as above, so that the span is positive: zero would wait for ever.
          long realNanosToWait = (long) (Duration.between(now, next.due()).toNanos() / pace());
          long millis = Math.min(realNanosToWait / 1_000_000, 60_000);
          wait(millis, (int) Math.max(realNanosToWait % 1_000_000, 1));
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return null;
      }
    }
    return null;
  }

  private static double requirePositive(double scale) {
    if (!(scale > 0) || scale > NANOS) {
      throw new IllegalArgumentException("scale is " + scale + "; it must be above 0");
    }
    return scale;
  }
}
