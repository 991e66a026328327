package dev.slipway.twin.world;

/** Takes what a service measured. Under the world's lock. */
@FunctionalInterface
public interface MetricSink {

  /**
   * Adds to a metric's sample of the minute.
   *
   * @param value what was measured
   * @param times how many times it was
   */
  void record(Metric metric, double value, long times);
}
