package dev.slipway.validation.observe;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What CloudWatch counted since the rollout began, by the minute.
 *
 * @param requests requests to the load balancer
 * @param byBalancer 502, 503 and 504 that the load balancer made itself, by status
 * @param byTargets 5xx that the service's targets gave
 * @param healthy the fewest healthy targets, by zone
 * @param memory the largest share of their memory that tasks used, in percent
 */
public record Metrics(
    SortedMap<Instant, Double> requests,
    Map<Integer, SortedMap<Instant, Double>> byBalancer,
    SortedMap<Instant, Double> byTargets,
    Map<String, SortedMap<Instant, Double>> healthy,
    OptionalDouble memory) {

  /** Nothing counted, or not read. */
  public static final Metrics NONE =
      new Metrics(new TreeMap<>(), Map.of(), new TreeMap<>(), Map.of(), OptionalDouble.empty());

  /**
   * When the service first had a healthy target in a whole minute; empty when it never had. What
   * failed before, failed because nothing was there yet.
   */
  public Optional<Instant> served() {
    return healthy.values().stream()
        .flatMap(zone -> zone.entrySet().stream())
        .filter(e -> e.getValue() > 0)
        .map(Map.Entry::getKey)
        .min(Instant::compareTo);
  }

  /** The sum of what was counted after an instant. */
  public static double sum(SortedMap<Instant, Double> counted, Instant after) {
    return counted.tailMap(after).entrySet().stream()
        .filter(e -> e.getKey().isAfter(after))
        .mapToDouble(Map.Entry::getValue)
        .sum();
  }

  /** The last so many values of a zone, oldest first. */
  public List<Double> last(String zone, int count) {
    List<Double> all = List.copyOf(healthy.getOrDefault(zone, new TreeMap<>()).values());
    return all.subList(Math.max(0, all.size() - count), all.size());
  }
}
