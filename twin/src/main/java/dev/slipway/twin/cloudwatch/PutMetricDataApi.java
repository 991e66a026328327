package dev.slipway.twin.cloudwatch;

import dev.slipway.twin.world.Metric;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.cloudwatch.model.MetricDatum;
import software.amazon.awssdk.services.cloudwatch.model.PutMetricDataRequest;
import software.amazon.awssdk.services.cloudwatch.model.PutMetricDataResponse;
import software.amazon.awssdk.services.cloudwatch.model.StatisticSet;

/** Metrics from outside. Source: CloudWatch API reference, PutMetricData. */
final class PutMetricDataApi {

  private static final int MOST_VALUES = 150;
  private static final int MOST_DATA = 1000;

  private final MetricStore store;

  PutMetricDataApi(MetricStore store) {
    this.store = store;
  }

  /** PutMetricData. */
  public PutMetricDataResponse putMetricData(PutMetricDataRequest request) {
    String namespace = Refusals.require(request.namespace(), "Namespace");
    if (namespace.startsWith("AWS/")) {
      throw Refusals.value("The value AWS/ for parameter Namespace is invalid.");
    }
    if (!request.entityMetricData().isEmpty()) {
      throw Refusals.unsupported("EntityMetricData is");
    }
    if (request.metricData().size() > MOST_DATA) {
      throw Refusals.value("The collection MetricData must not have a size greater than 1000.");
    }
    checkUnits(request.metricData());
    request.metricData().forEach(this::check);
    request.metricData().forEach(datum -> record(namespace, datum));
    return PutMetricDataResponse.builder().build();
  }

  /** Every wrong unit is named. */
  private static void checkUnits(List<MetricDatum> data) {
    List<String> wrong = new ArrayList<>();
    for (int i = 0; i < data.size(); i++) {
      String unit = data.get(i).unitAsString();
      if (unit != null && !Units.isKnown(unit)) {
        wrong.add(
            "The parameter MetricData.member.%d.Unit must be a value in the set [ %s ]."
                .formatted(i + 1, String.join(", ", Units.ALL)));
      }
    }
    if (!wrong.isEmpty()) {
      throw Refusals.value(String.join("\n", wrong));
    }
  }

  private void check(MetricDatum datum) {
    Refusals.require(datum.metricName(), "MetricData.member.MetricName");
    int given =
        (datum.value() == null ? 0 : 1)
            + (datum.values().isEmpty() ? 0 : 1)
            + (datum.statisticValues() == null ? 0 : 1);
    if (given != 1) {
      throw Refusals.combination(
          "Exactly one of Value, Values and StatisticValues must be specified.");
    }
    if (datum.values().size() > MOST_VALUES
        || (datum.hasCounts() && datum.counts().size() != datum.values().size())) {
      throw Refusals.value("Values and Counts must have the same size, at most 150.");
    }
    checkTime(datum.timestamp());
    if (!sample(datum).filter(PutMetricDataApi::isFinite).isPresent()) {
      throw Refusals.value("The values of a metric must be finite, and their count positive.");
    }
  }

  private void checkTime(Instant at) {
    Instant now = store.world().now();
    if (at != null
        && (at.isBefore(now.minus(Duration.ofDays(14)))
            || at.isAfter(now.plus(Duration.ofHours(2))))) {
      throw Refusals.value(
          "The timestamp must be within the last two weeks and at most two hours ahead.");
    }
  }

  private void record(String namespace, MetricDatum datum) {
    Metric metric =
        new Metric(
            namespace,
            datum.metricName(),
            Dimensions.map(datum.dimensions()),
            datum.unitAsString() == null ? Units.NONE : datum.unitAsString());
    Instant at = datum.timestamp() == null ? store.world().now() : datum.timestamp();
    sample(datum).ifPresent(sample -> store.record(metric, at, sample));
  }

  private static Optional<Sample> sample(MetricDatum datum) {
    if (datum.value() != null) {
      return Optional.of(Sample.of(datum.value()));
    }
    StatisticSet set = datum.statisticValues();
    if (set != null) {
      return Optional.of(
          Sample.ofStatistics(
              Refusals.require(set.sampleCount(), "SampleCount"),
              Refusals.require(set.sum(), "Sum"),
              Refusals.require(set.minimum(), "Minimum"),
              Refusals.require(set.maximum(), "Maximum")));
    }
    List<Double> counts = datum.counts();
    Optional<Sample> all = Optional.empty();
    for (int i = 0; i < datum.values().size(); i++) {
      Sample one = Sample.of(datum.values().get(i), counts.isEmpty() ? 1 : counts.get(i));
      all = Optional.of(all.map(before -> before.plus(one)).orElse(one));
    }
    return all;
  }

  private static boolean isFinite(Sample sample) {
    return Double.isFinite(sample.sum()) && Double.isFinite(sample.count()) && sample.count() > 0;
  }
}
