package dev.slipway.twin.autoscaling;

import dev.slipway.twin.world.World;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import software.amazon.awssdk.services.cloudwatch.model.Datapoint;
import software.amazon.awssdk.services.cloudwatch.model.GetMetricStatisticsRequest;
import software.amazon.awssdk.services.cloudwatch.model.GetMetricStatisticsResponse;

/** What CloudWatch knows of the metrics that policies go by. */
record Measurements(World world) {

  /**
   * The values of a metric's statistic, the newest first.
   *
   * @param period in seconds
   * @param span how far back
   */
  List<Double> newestFirst(TrackedMetric metric, int period, Duration span) {
    Instant now = world.now();
    return world
        .operations()
        .call(
            GetMetricStatisticsRequest.builder()
                .namespace(metric.namespace())
                .metricName(metric.name())
                .dimensions(metric.dimensions())
                .unit(metric.unit())
                .startTime(now.minus(span))
                .endTime(now)
                .period(period)
                .statisticsWithStrings(metric.statistic())
                .build(),
            GetMetricStatisticsResponse.class)
        .datapoints()
        .stream()
        .sorted(Comparator.comparing(Datapoint::timestamp).reversed())
        .map(point -> value(metric.statistic(), point))
        .toList();
  }

  private static double value(String statistic, Datapoint point) {
    return switch (statistic) {
      case "Sum" -> point.sum();
      case "Minimum" -> point.minimum();
      case "Maximum" -> point.maximum();
      case "SampleCount" -> point.sampleCount();
      default -> point.average();
    };
  }
}
