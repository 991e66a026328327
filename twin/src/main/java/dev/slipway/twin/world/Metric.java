package dev.slipway.twin.world;

import java.util.Map;
import java.util.TreeMap;

/**
 * A metric.
 *
 * @param namespace for instance {@code AWS/ECS}
 * @param dimensions by name
 * @param unit for instance {@code Percent}; {@code None} when there is none
 */
public record Metric(String namespace, String name, Map<String, String> dimensions, String unit) {

  /** Dimensions have no order. */
  public Metric {
    dimensions = Map.copyOf(dimensions);
  }

  /** A text that tells metrics apart. */
  public String key() {
    return family() + unit;
  }

  /** What the keys of a metric in all its units begin with. */
  public String family() {
    return namespace + "\n" + name + "\n" + new TreeMap<>(dimensions) + "\n";
  }

  /** Whether it is the metric of the given name, in whatever unit. */
  public boolean isSameIgnoringUnit(
      String otherNamespace, String otherName, Map<String, String> other) {
    return namespace.equals(otherNamespace) && name.equals(otherName) && dimensions.equals(other);
  }
}
