package dev.slipway.validation.observe;

import dev.slipway.validation.observe.Traffic.Hit;
import dev.slipway.validation.observe.Traffic.Sighting;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import software.amazon.awssdk.services.ecs.model.Task;

/**
 * Sends steady requests through the front door from the moment at which something leads to the
 * service, each without cookies and on a connection of its own, whether the one before was answered
 * or not. Thread safe.
 */
final class SteadyProbe {

  /** So long may an answer take: a load balancer gives up connecting to a target after 10 s. */
  static final Duration PATIENCE = Duration.ofSeconds(20);

  /** As many hits are kept: an hour at the usual rate. */
  private static final int MOST = 36_000;

  private final int rate;
  private final Prober prober;
  private final Wanted wanted;
  private final InstantSource time;
  private final Waiter waiter;
  private final Executor threads;
  private final Semaphore onTheirWay;
  private final List<Hit> hits = new ArrayList<>();
  private final List<Sighting> sightings = new ArrayList<>();
  private List<Task> tasks = List.of();
  private String url = "";

  /**
   * One that has not begun.
   *
   * @param rate requests a second; 0 for none at all
   */
  SteadyProbe(
      int rate, Prober prober, Wanted wanted, InstantSource time, Waiter waiter, Executor threads) {
    this.rate = rate;
    this.prober = prober;
    this.wanted = wanted;
    this.time = time;
    this.waiter = waiter;
    this.threads = threads;
    this.onTheirWay = new Semaphore(Math.toIntExact(rate * PATIENCE.toSeconds()));
  }

  /** Takes note of what AWS shows, and begins when it shows a way to the service. */
  void see(Snapshot snapshot) {
    if (rate == 0) {
      return;
    }
    Sighting sighting = Sightings.of(snapshot);
    synchronized (this) {
      tasks = snapshot.tasks().stream().filter(t -> !Tasks.stopped(t)).toList();
      if (sightings.isEmpty() || !sightings.getLast().like(sighting)) {
        sightings.add(sighting);
      }
    }
    Entrance.find(snapshot.frontDoor(), snapshot.rollout().service(), wanted)
        .filter(Entrance::serves)
        .ifPresent(this::begin);
  }

  /** What has come of it so far. */
  synchronized Traffic traffic() {
    return rate == 0
        ? Traffic.NONE
        : new Traffic(
            url,
            rate,
            hits.stream().sorted(Comparator.comparing(Hit::at)).toList(),
            List.copyOf(sightings));
  }

  private synchronized void begin(Entrance entrance) {
    if (url.isEmpty()) {
      url = entrance.url().toString();
      threads.execute(() -> send(entrance));
    }
  }

  private void send(Entrance entrance) {
    Instant begun = time.instant();
    try {
      for (long n = 0; !Thread.currentThread().isInterrupted(); n++) {
        Duration early =
            Duration.between(time.instant(), begun.plus(Duration.ofSeconds(n).dividedBy(rate)));
        if (early.isPositive()) {
          waiter.pause(early);
        }
        if (onTheirWay.tryAcquire()) {
          threads.execute(() -> one(entrance));
        }
      }
    } catch (RejectedExecutionException e) {
      // Closed between two requests: the last one was sent.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void one(Entrance entrance) {
    try {
      Instant at = time.instant();
      Probe.Answer answer = prober.get(entrance.url(), entrance.host());
      Duration took = Duration.between(at, time.instant());
      if (!Thread.currentThread().isInterrupted()) {
        keep(at, took, answer);
      }
    } finally {
      onTheirWay.release();
    }
  }

  private void keep(Instant at, Duration took, Probe.Answer answer) {
    List<Task> known;
    synchronized (this) {
      known = tasks;
    }
    Hit hit =
        new Hit(
            at,
            took,
            answer.status(),
            Identity.origin(answer),
            Identity.build(answer, wanted),
            Identity.carries(answer, wanted),
            Identity.task(answer, known),
            answer.error());
    synchronized (this) {
      if (hits.size() == MOST) {
        hits.removeFirst();
      }
      hits.add(hit);
    }
  }
}
