package dev.slipway.twin.cloudwatch;

import dev.slipway.twin.world.Differs;
import dev.slipway.twin.world.Metric;
import dev.slipway.twin.world.Table;
import dev.slipway.twin.world.World;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** The metrics of a world. */
@Differs(
    value = "Metrics are kept by the minute and for a day; CloudWatch keeps months.",
    because = "No alarm can look back further, and a world is copied for each rehearsal.")
final class MetricStore implements Metrics {

  private final World world;
  private final Table<Series> series;

  MetricStore(World world) {
    this.world = world;
    this.series = world.table("cloudwatch.series");
  }

  @Override
  public void record(Metric metric, Instant at, Sample sample) {
    String key = metric.key();
    Optional<Series> before = series.find(key);
    series.put(
        key, before.isPresent() ? before.get().plus(at, sample) : Series.of(metric, at, sample));
  }

  @Override
  public Optional<Double> latest(Metric metric, String statistic) {
    return series.find(metric.key()).flatMap(found -> found.newest().sample().statistic(statistic));
  }

  /** Every metric, of each unit. */
  List<Series> all() {
    return series.all();
  }

  /** The units in which a metric was measured. */
  List<String> units(String namespace, String name, Map<String, String> dimensions) {
    return of(namespace, name, dimensions).stream().map(Series::metric).map(Metric::unit).toList();
  }

  /**
   * The samples of a metric by the start of their period.
   *
   * @param unit the unit, or null for any
   * @param from the start of the first period
   * @param to the end, exclusive
   * @param period in seconds
   */
  NavigableMap<Instant, Sample> periods(
      String namespace,
      String name,
      Map<String, String> dimensions,
      String unit,
      Instant from,
      Instant to,
      int period) {
    TreeMap<Instant, Sample> periods = new TreeMap<>();
    for (Series one : of(namespace, name, dimensions)) {
      if (unit == null || unit.equals(one.metric().unit())) {
        // From the first period's start on, and a period's minutes beyond the last one's.
        for (Series.Minute minute : one.minutes(from, to.plusSeconds(period))) {
          Instant start = startOf(minute.start(), period);
          if (!start.isBefore(from) && start.isBefore(to)) {
            periods.merge(start, minute.sample(), Sample::plus);
          }
        }
      }
    }
    return periods;
  }

  /** The series of a metric, one a unit. */
  private List<Series> of(String namespace, String name, Map<String, String> dimensions) {
    Metric wanted = new Metric(namespace, name, dimensions, Units.NONE);
    String family = wanted.family();
    return Units.ALL.stream().flatMap(unit -> series.find(family + unit).stream()).toList();
  }

  /** The start of the period that an instant lies in. */
  static Instant startOf(Instant at, int period) {
    return Instant.ofEpochSecond(Math.floorDiv(at.getEpochSecond(), (long) period) * period);
  }

  World world() {
    return world;
  }
}
