package dev.slipway.twin.cloudwatch;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Where the twin's services write their metrics. Under the world's lock. */
public interface Metrics {

  /**
   * A metric.
   *
   * @param namespace for instance {@code AWS/ECS}
   * @param dimensions by name
   * @param unit for instance {@code Percent}; {@code None} when there is none
   */
  record Metric(String namespace, String name, Map<String, String> dimensions, String unit) {

    /** Dimensions have no order. */
    public Metric {
      dimensions = Map.copyOf(dimensions);
    }

    String key() {
      return namespace + "\n" + name + "\n" + new TreeMap<>(dimensions) + "\n" + unit;
    }

    boolean isSameIgnoringUnit(String otherNamespace, String otherName, Map<String, String> other) {
      return namespace.equals(otherNamespace) && name.equals(otherName) && dimensions.equals(other);
    }
  }

  /** Adds a sample to the minute in which it was taken. */
  void record(Metric metric, Instant at, Sample sample);

  /** The newest value of a statistic over whole minutes, if there is any. */
  Optional<Double> latest(Metric metric, String statistic);
}
