package dev.slipway.twin.cloudwatch;

import dev.slipway.twin.world.MetricSource;
import dev.slipway.twin.world.World;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Asks the services of a world for their metrics when a minute of its time is over. */
final class MetricCollector {

  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Duration KEPT = MINUTE.multipliedBy(Series.KEPT);

  private final World world;
  private final Metrics metrics;
  private final List<MetricSource> sources = new ArrayList<>();
  private boolean armed;

  MetricCollector(World world, Metrics metrics) {
    this.world = world;
    this.metrics = metrics;
  }

  void add(MetricSource source) {
    sources.add(source);
    arm();
  }

  /** Waits for the end of the current minute; derived from the clock alone. */
  void arm() {
    if (!armed && !sources.isEmpty()) {
      armed = true;
      Instant now = world.now();
      Instant minute = minuteOf(now);
      world.after(Duration.between(now, minute.plus(MINUTE)), () -> collect(minute));
    }
  }

  /**
   * Collects every minute that is over. There is more than one after world time has leapt; nothing
   * happened in between, so what holds now held all the while.
   */
  private void collect(Instant first) {
    armed = false;
    Instant end = minuteOf(world.now());
    Instant oldest = end.minus(KEPT);
    Instant minute = first.isBefore(oldest) ? oldest : first;
    for (; minute.isBefore(end); minute = minute.plus(MINUTE)) {
      Instant at = minute;
      for (MetricSource source : sources) {
        source.measure(
            (metric, value, times) -> metrics.record(metric, at, Sample.of(value, times)));
      }
    }
    arm();
  }

  private static Instant minuteOf(Instant at) {
    return MetricStore.startOf(at, (int) MINUTE.toSeconds());
  }
}
