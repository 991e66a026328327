package dev.slipway.twin.cloudwatch;

import dev.slipway.twin.world.Page;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import software.amazon.awssdk.services.cloudwatch.model.Datapoint;
import software.amazon.awssdk.services.cloudwatch.model.DimensionFilter;
import software.amazon.awssdk.services.cloudwatch.model.GetMetricDataRequest;
import software.amazon.awssdk.services.cloudwatch.model.GetMetricDataResponse;
import software.amazon.awssdk.services.cloudwatch.model.GetMetricStatisticsRequest;
import software.amazon.awssdk.services.cloudwatch.model.GetMetricStatisticsResponse;
import software.amazon.awssdk.services.cloudwatch.model.ListMetricsRequest;
import software.amazon.awssdk.services.cloudwatch.model.ListMetricsResponse;
import software.amazon.awssdk.services.cloudwatch.model.MessageData;
import software.amazon.awssdk.services.cloudwatch.model.Metric;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataQuery;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataResult;
import software.amazon.awssdk.services.cloudwatch.model.MetricStat;
import software.amazon.awssdk.services.cloudwatch.model.StatusCode;

/** Questions about metrics. Source: CloudWatch API reference. */
final class MetricQueryApi {

  private static final int METRICS_PAGE = 500;
  private static final int MOST_DATAPOINTS = 1440;

  private final MetricStore store;

  MetricQueryApi(MetricStore store) {
    this.store = store;
  }

  /** GetMetricStatistics; a datapoint for each unit and period. */
  public GetMetricStatisticsResponse getMetricStatistics(GetMetricStatisticsRequest request) {
    Refusals.require(request.namespace(), "Namespace");
    Refusals.require(request.metricName(), "MetricName");
    checkTimes(request.startTime(), request.endTime());
    Refusals.positivePeriod(request.period());
    if (request.statistics().isEmpty() && request.extendedStatistics().isEmpty()) {
      throw Refusals.combination("At least one of Statistics and ExtendedStatistics is required.");
    }
    request.statisticsAsStrings().forEach(MetricQueryApi::checkStatistic);
    request.extendedStatistics().forEach(MetricQueryApi::checkStatistic);
    Map<String, String> dimensions = Dimensions.map(request.dimensions());
    List<Datapoint> datapoints = new ArrayList<>();
    for (String unit : store.units(request.namespace(), request.metricName(), dimensions)) {
      if (isNullOr(request.unitAsString(), unit)) {
        periods(
                request.namespace(),
                request.metricName(),
                dimensions,
                unit,
                request.startTime(),
                request.endTime(),
                request.period())
            .forEach((start, sample) -> datapoints.add(datapoint(request, unit, start, sample)));
      }
    }
    if (datapoints.size() > MOST_DATAPOINTS) {
      throw Refusals.combination(
          "You have requested up to "
              + datapoints.size()
              + " datapoints, which exceeds the limit of 1,440.");
    }
    return GetMetricStatisticsResponse.builder()
        .label(request.metricName())
        .datapoints(datapoints)
        .build();
  }

  private static Datapoint datapoint(
      GetMetricStatisticsRequest request, String unit, Instant start, Sample sample) {
    Datapoint.Builder point = Datapoint.builder().timestamp(start).unit(unit);
    for (String statistic : request.statisticsAsStrings()) {
      Double value = sample.statistic(statistic).orElse(null);
      switch (statistic) {
        case "SampleCount" -> point.sampleCount(value);
        case "Average" -> point.average(value);
        case "Sum" -> point.sum(value);
        case "Minimum" -> point.minimum(value);
        default -> point.maximum(value);
      }
    }
    Map<String, Double> extended = new LinkedHashMap<>();
    for (String statistic : request.extendedStatistics()) {
      sample.statistic(statistic).ifPresent(value -> extended.put(statistic, value));
    }
    return extended.isEmpty() ? point.build() : point.extendedStatistics(extended).build();
  }

  /** GetMetricData; metrics only, no expressions. */
  public GetMetricDataResponse getMetricData(GetMetricDataRequest request) {
    checkTimes(request.startTime(), request.endTime());
    List<MetricDataResult> results = new ArrayList<>();
    for (MetricDataQuery query : request.metricDataQueries()) {
      if (query.expression() != null || query.metricStat() == null) {
        throw Refusals.unsupported("The expression of query " + query.id() + " is");
      }
      MetricDataResult result = result(request, query);
      if (!Boolean.FALSE.equals(query.returnData())) {
        results.add(result);
      }
    }
    return GetMetricDataResponse.builder()
        .metricDataResults(results)
        .messages(List.<MessageData>of())
        .build();
  }

  private MetricDataResult result(GetMetricDataRequest request, MetricDataQuery query) {
    Refusals.require(query.id(), "Id");
    MetricStat stat = query.metricStat();
    Metric metric = Refusals.require(stat.metric(), "Metric");
    Refusals.positivePeriod(stat.period());
    checkStatistic(Refusals.require(stat.stat(), "Stat"));
    NavigableMap<Instant, Sample> periods =
        periods(
            metric.namespace(),
            metric.metricName(),
            Dimensions.map(metric.dimensions()),
            stat.unitAsString(),
            request.startTime(),
            request.endTime(),
            stat.period());
    boolean ascending = "TimestampAscending".equals(request.scanByAsString());
    List<Instant> timestamps = new ArrayList<>();
    List<Double> values = new ArrayList<>();
    (ascending ? periods : periods.descendingMap())
        .forEach((start, sample) ->
            sample
                .statistic(stat.stat())
                .ifPresent(value -> {
                  timestamps.add(start);
                  values.add(value);
                }));
    return MetricDataResult.builder()
        .id(query.id())
        .label(query.label() == null ? metric.metricName() : query.label())
        .timestamps(timestamps)
        .values(values)
        .statusCode(StatusCode.COMPLETE)
        .build();
  }

  /** ListMetrics. */
  public ListMetricsResponse listMetrics(ListMetricsRequest request) {
    if (Boolean.TRUE.equals(request.includeLinkedAccounts()) || request.owningAccount() != null) {
      throw Refusals.unsupported("Linked accounts are");
    }
    Instant recent = store.world().now().minus(Duration.ofHours(3));
    List<Metric> found =
        store.all().stream()
            .filter(series ->
                request.recentlyActive() == null || series.newest().start().isAfter(recent))
            .map(Series::metric)
            .filter(metric -> isNullOr(request.namespace(), metric.namespace()))
            .filter(metric -> isNullOr(request.metricName(), metric.name()))
            .filter(metric -> request.dimensions().stream().allMatch(f -> has(metric, f)))
            .map(MetricQueryApi::shown)
            .distinct()
            .toList();
    Page<Metric> page = Pages.of(found, request.nextToken(), null, METRICS_PAGE);
    return ListMetricsResponse.builder().metrics(page.items()).nextToken(page.nextToken()).build();
  }

  private static Metric shown(dev.slipway.twin.world.Metric metric) {
    return Metric.builder()
        .namespace(metric.namespace())
        .metricName(metric.name())
        .dimensions(Dimensions.list(metric.dimensions()))
        .build();
  }

  private static boolean has(dev.slipway.twin.world.Metric metric, DimensionFilter filter) {
    String value = metric.dimensions().get(filter.name());
    return value != null && isNullOr(filter.value(), value);
  }

  private NavigableMap<Instant, Sample> periods(
      String namespace,
      String name,
      Map<String, String> dimensions,
      String unit,
      Instant start,
      Instant end,
      int period) {
    Instant from = MetricStore.startOf(start, period);
    return store.periods(namespace, name, dimensions, unit, from, end, period);
  }

  private static void checkStatistic(String statistic) {
    if (!Sample.isStatistic(statistic)) {
      throw Refusals.unsupported("The statistic " + statistic + " is");
    }
  }

  private static void checkTimes(Instant start, Instant end) {
    Refusals.require(start, "StartTime");
    Refusals.require(end, "EndTime");
    if (!start.isBefore(end)) {
      throw Refusals.value("The parameter StartTime must be less than the parameter EndTime.");
    }
  }

  private static boolean isNullOr(String wanted, String actual) {
    return wanted == null || wanted.equals(actual);
  }
}
