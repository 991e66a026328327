package dev.slipway.validation;

import dev.slipway.validation.observe.Traffic;
import dev.slipway.validation.observe.Traffic.Hit;
import dev.slipway.validation.observe.Traffic.Origin;
import dev.slipway.validation.observe.Traffic.Sighting;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/** Ten requests a second for a minute, all answered, to be spoilt by tests. */
public final class Requests {

  public static final String URL = "http://orders-1.eu-central-1.elb.amazonaws.com/";

  private final List<Hit> hits = new ArrayList<>();
  private final List<Sighting> sightings = new ArrayList<>();

  public Requests() {
    for (int i = 0; i < 600; i++) {
      hits.add(hit(i * 100L, 200, Origin.TARGET, 20));
    }
    sightings.add(sighting(-1, 2, Set.of(), Set.of(), true));
  }

  public static Instant at(long millis) {
    return SampleParts.NOW.plusMillis(millis);
  }

  private static Hit hit(long millis, int status, Origin origin, long took) {
    return new Hit(
        at(millis),
        Duration.ofMillis(took),
        status,
        origin,
        "",
        true,
        "",
        status == 0 ? "connection refused" : "");
  }

  private static Sighting sighting(
      double seconds, int healthy, Set<String> leaving, Set<String> ended, boolean complete) {
    return new Sighting(
        at((long) (seconds * 1000)), healthy, healthy, leaving, ended, complete, false);
  }

  /** Every so manieth request between two seconds ends otherwise. */
  public Requests fail(double from, double to, int every, int status, Origin origin, long took) {
    for (int i = (int) (from * 10); i < to * 10; i += every) {
      hits.set(i, hit(i * 100L, status, origin, took));
    }
    return this;
  }

  public Requests fail(double from, double to, int every, int status, Origin origin) {
    return fail(from, to, every, status, origin, 20);
  }

  /** A task is being stopped meanwhile, as the scheduler wants it. */
  public Requests leaving(double from, double to) {
    sightings.add(sighting(from, 2, Set.of("old1"), Set.of(), false));
    sightings.add(sighting(to, 2, Set.of(), Set.of(), true));
    return this;
  }

  public Requests nobodyHealthy(double from, double to) {
    sightings.add(sighting(from, 0, Set.of(), Set.of(), false));
    sightings.add(sighting(to, 2, Set.of(), Set.of(), true));
    return this;
  }

  /** A task ends by itself. */
  public Requests crash(double at) {
    sightings.add(sighting(at, 1, Set.of(), Set.of("task1"), true));
    return this;
  }

  public Requests rolledBack(double at) {
    sightings.add(new Sighting(at((long) (at * 1000)), 2, 2, Set.of(), Set.of(), true, true));
    return this;
  }

  /** Nothing was healthy before; one target and then all are, and the rollout is complete. */
  public Requests firstRollout(double oneHealthyAt, double completeAt) {
    sightings.clear();
    sightings.add(sighting(-1, 0, Set.of(), Set.of(), false));
    sightings.add(sighting(oneHealthyAt, 1, Set.of(), Set.of(), false));
    sightings.add(sighting(completeAt, 2, Set.of(), Set.of(), true));
    return this;
  }

  /** Until then the rollout was on its way. */
  public Requests completeAt(double at) {
    sightings.clear();
    sightings.add(sighting(-1, 2, Set.of(), Set.of(), false));
    sightings.add(sighting(at, 2, Set.of(), Set.of(), true));
    return this;
  }

  /** Answers of another build than the wanted one. */
  public Requests otherBuild(double from, double to, int every) {
    for (int i = (int) (from * 10); i < to * 10; i += every) {
      Hit old = hits.get(i);
      hits.set(i, new Hit(old.at(), old.took(), 200, Origin.TARGET, "old", false, "task9", ""));
    }
    return this;
  }

  public Traffic traffic() {
    return new Traffic(
        URL,
        10,
        List.copyOf(hits),
        sightings.stream().sorted(Comparator.comparing(Sighting::at)).toList());
  }
}
