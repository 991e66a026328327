package dev.slipway.twin.world;

/** A service that publishes metrics. */
@FunctionalInterface
public interface MetricSource {

  /**
   * Tells how things stand, and what was counted since it was asked last. Asked at the end of every
   * minute of world time, under the world's lock.
   */
  void measure(MetricSink sink);
}
