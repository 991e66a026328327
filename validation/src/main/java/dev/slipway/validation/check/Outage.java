package dev.slipway.validation.check;

import dev.slipway.validation.observe.Traffic;
import dev.slipway.validation.observe.Traffic.Hit;
import dev.slipway.validation.observe.Traffic.Origin;
import dev.slipway.validation.observe.Traffic.Sighting;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * A time in which requests failed.
 *
 * @param from when the first that failed was sent
 * @param to when the last that failed ended
 * @param failed how many failed
 * @param good how many were answered well meanwhile: none means that the service was down
 * @param outcomes how they failed, and how often
 */
public record Outage(
    Instant from, Instant to, int failed, int good, Map<String, Integer> outcomes) {

  /** Failures that are no further apart belong together. */
  private static final Duration APART = Duration.ofSeconds(2);

  /** The network between may lose a request that no other one shares its fate with. */
  private static final Duration ALONE = Duration.ofSeconds(10);

  public Outage {
    outcomes = Map.copyOf(outcomes);
  }

  /** How long it lasted. */
  public Duration length() {
    return Duration.between(from, to);
  }

  /** In one line. */
  public String sentence() {
    List<String> each =
        new TreeMap<>(outcomes)
            .entrySet().stream().map(e -> e.getKey() + " (" + e.getValue() + ")").toList();
    return String.format(
        Locale.ROOT,
        "%s for %.1f s from %s: %d of %d requests failed: %s",
        good == 0 ? "down" : "disturbed",
        length().toMillis() / 1000.0,
        from,
        failed,
        failed + good,
        String.join(", ", each));
  }

  /** The hits from the first good one on: before it, a new service was only on its way. */
  public static List<Hit> sinceServing(Traffic traffic) {
    List<Hit> hits = traffic.hits();
    for (int i = 0; i < hits.size(); i++) {
      if (!hits.get(i).failed()) {
        return hits.subList(i, hits.size());
      }
    }
    return List.of();
  }

  /**
   * When a service that nobody could reach before is one: each node of a load balancer checks
   * targets by itself, so that one answers while another has no healthy target yet. Source: ELB
   * user guide, target-group-health-checks.
   */
  private static Instant opened(List<Sighting> sightings) {
    boolean served =
        sightings.isEmpty()
            || sightings.getFirst().healthy() > 0
            || sightings.getFirst().complete();
    return served
        ? Instant.MIN
        : sightings.stream()
            .filter(Sighting::complete)
            .map(Sighting::at)
            .findFirst()
            .orElse(Instant.MAX);
  }

  /** The hits that failed and cannot be blamed on the network between. */
  public static List<Hit> failures(Traffic traffic) {
    Instant opened = opened(traffic.sightings());
    List<Hit> failed =
        sinceServing(traffic).stream()
            .filter(Hit::failed)
            .filter(h -> !h.at().isBefore(opened))
            .toList();
    List<Hit> serious = new ArrayList<>();
    for (int i = 0; i < failed.size(); i++) {
      boolean near =
          (i > 0 && near(failed.get(i - 1), failed.get(i)))
              || (i + 1 < failed.size() && near(failed.get(i), failed.get(i + 1)));
      if (near || failed.get(i).origin() != Origin.NOBODY) {
        serious.add(failed.get(i));
      }
    }
    return List.copyOf(serious);
  }

  private static boolean near(Hit first, Hit second) {
    return Duration.between(first.at(), second.at()).compareTo(ALONE) < 0;
  }

  /** All outages, the first one first. */
  public static List<Outage> of(Traffic traffic) {
    List<Outage> all = new ArrayList<>();
    List<Hit> together = new ArrayList<>();
    for (Hit hit : failures(traffic)) {
      if (!together.isEmpty()
          && Duration.between(together.getLast().at(), hit.at()).compareTo(APART) > 0) {
        all.add(of(together, traffic));
        together.clear();
      }
      together.add(hit);
    }
    if (!together.isEmpty()) {
      all.add(of(together, traffic));
    }
    return List.copyOf(all);
  }

  private static Outage of(List<Hit> failed, Traffic traffic) {
    Instant from = failed.getFirst().at();
    Instant last = failed.getLast().at();
    Instant to = failed.stream().map(Hit::end).max(Instant::compareTo).orElse(last);
    long good =
        traffic.hits().stream()
            .filter(h -> !h.failed() && !h.at().isBefore(from) && !h.at().isAfter(last))
            .count();
    Map<String, Integer> outcomes = new TreeMap<>();
    failed.forEach(h -> outcomes.merge(h.outcome(), 1, Integer::sum));
    return new Outage(from, to, failed.size(), (int) good, outcomes);
  }
}
