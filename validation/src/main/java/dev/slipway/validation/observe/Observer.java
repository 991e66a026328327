package dev.slipway.validation.observe;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Watches one service: polls AWS on a virtual thread of its own, backs off when AWS throttles or
 * fails, and hands every snapshot to whoever waits. However many checks wait, the questions put to
 * AWS stay the same.
 */
public final class Observer implements Observations, AutoCloseable {

  private final Wanted wanted;
  private final Prober prober;
  private final Pace pace;
  private final InstantSource time;
  private final Waiter waiter;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Poll poll;
  private final SteadyProbe steady;
  private final TerraformState state;
  private final AtomicBoolean probing = new AtomicBoolean();
  private final ReentrantLock lock = new ReentrantLock();
  private final Rounds rounds = new Rounds();
  private final Condition news = lock.newCondition();
  private Snapshot latest;
  private Instant asked = Instant.MAX;
  private Exception end;
  private Unanswered silence;

  /** An observer that has not begun. */
  public Observer(
      Aws aws, Wanted wanted, Prober prober, Pace pace, InstantSource time, Waiter waiter) {
    this(aws, wanted, prober, pace, time, waiter, Extras.NONE);
  }

  /** An observer that has not begun, and is to do more than the usual. */
  public Observer(
      Aws aws,
      Wanted wanted,
      Prober prober,
      Pace pace,
      InstantSource time,
      Waiter waiter,
      Extras extras) {
    this.wanted = wanted;
    this.prober = prober;
    this.pace = pace;
    this.time = time;
    this.waiter = waiter;
    this.poll = new Poll(aws, wanted, threads);
    this.state = extras.state();
    this.steady =
        new SteadyProbe(
            extras.probeRate(),
            new RestAssuredProber(SteadyProbe.PATIENCE),
            wanted,
            time,
            waiter,
            threads);
  }

  /** Begins to poll. */
  public void start() {
    threads.execute(this::run);
  }

  @Override
  public Snapshot after(long number, Instant deadline)
      throws Unanswered, WrongAddress, InterruptedException {
    lock.lockInterruptibly();
    try {
      while (latest == null || latest.number() <= number) {
        if (end instanceof Unanswered e) {
          throw e;
        }
        if (end instanceof WrongAddress e) {
          throw e;
        }
        if (end != null) {
          throw new IllegalStateException("the observer ended", end);
        }
        // The first question is given a chance to be answered, or refused, however short the time.
        boolean unheard = latest == null && silence == null;
        Instant until = unheard ? deadline.plus(pace.silence()) : deadline;
        Duration left = Duration.between(time.instant(), until);
        if (left.isNegative() || left.isZero()) {
          return last();
        }
        news.awaitNanos(left.toNanos());
      }
      return latest;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
    try {
      threads.awaitTermination(1, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The newest snapshot, unless AWS has answered nothing since. */
  private Snapshot last() throws Unanswered {
    if (silence != null) {
      throw silence;
    }
    if (latest == null) {
      throw new Unanswered(Trouble.NO_ANSWER, "ecs:DescribeServices", "no answer in time", null);
    }
    return latest;
  }

  private void run() {
    Instant begun = time.instant();
    int failures = 0;
    long number = 0;
    try {
      while (!Thread.currentThread().isInterrupted()) {
        try {
          number++;
          publish(poll.take(number, time.instant(), lastProbe()));
          failures = 0;
        } catch (Ask.PollFailed e) {
          failures++;
          silent(e.unanswered());
          Duration waited = Duration.between(begun, time.instant());
          if (!e.trouble().passing()
              || (hopeless(e.trouble()) && waited.compareTo(pace.silence()) > 0)) {
            finish(e.unanswered());
            return;
          }
        }
        waiter.pause(pace.after(failures));
      }
    } catch (WrongAddress e) {
      finish(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      finish(e);
    }
  }

  /** Nothing has ever answered: most likely nothing is there. */
  private boolean hopeless(Trouble trouble) {
    lock.lock();
    try {
      return latest == null && trouble == Trouble.NO_ANSWER;
    } finally {
      lock.unlock();
    }
  }

  private Probe lastProbe() {
    lock.lock();
    try {
      Duration silence = Duration.between(asked, time.instant());
      return silence.isPositive() ? rounds.newest().silentFor(silence) : rounds.newest();
    } finally {
      lock.unlock();
    }
  }

  private void publish(Snapshot snapshot) {
    steady.see(snapshot);
    lock.lock();
    try {
      long number = latest == null ? 1 : latest.number() + 1;
      rounds.see(snapshot);
      latest = snapshot.later(number, lastProbe(), steady.traffic(), state);
      silence = null;
      news.signalAll();
    } finally {
      lock.unlock();
    }
    Entrance.find(snapshot.frontDoor(), snapshot.rollout().service(), wanted)
        .ifPresent(this::knock);
  }

  /** Sends a round of requests, unless one is on its way; its answers make a snapshot news. */
  private void knock(Entrance entrance) {
    if (!probing.compareAndSet(false, true)) {
      return;
    }
    threads.execute(() -> {
      try {
        Instant started = time.instant();
        List<Probe.Answer> answers = new ArrayList<>();
        for (int i = 0; i < pace.samples(); i++) {
          asks(time.instant());
          answers.add(prober.get(entrance.url(), entrance.host()));
          asks(Instant.MAX);
          if (answers.getLast().status() == 0) {
            // Others would wait as long for nothing, and this is news.
            break;
          }
        }
        answered(new Probe(entrance.url().toString(), started, List.copyOf(answers)));
      } finally {
        probing.set(false);
      }
    });
  }

  private void asks(Instant since) {
    lock.lock();
    try {
      asked = since;
    } finally {
      lock.unlock();
    }
  }

  private void answered(Probe round) {
    lock.lock();
    try {
      rounds.keep(round);
      latest = latest.later(latest.number() + 1, rounds.newest(), steady.traffic(), state);
      news.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void silent(Unanswered reason) {
    lock.lock();
    try {
      silence = reason;
      news.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void finish(Exception reason) {
    lock.lock();
    try {
      end = reason;
      news.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
