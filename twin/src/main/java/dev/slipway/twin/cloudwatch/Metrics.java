package dev.slipway.twin.cloudwatch;

import dev.slipway.twin.world.Metric;
import java.time.Instant;
import java.util.Optional;

/** Where the twin's services write their metrics. Under the world's lock. */
public interface Metrics {

  /** Adds a sample to the minute in which it was taken. */
  void record(Metric metric, Instant at, Sample sample);

  /** The newest value of a statistic over whole minutes, if there is any. */
  Optional<Double> latest(Metric metric, String statistic);
}
