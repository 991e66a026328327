package dev.slipway.twin.cloudwatch;

import dev.slipway.twin.world.World;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.cloudwatch.model.DescribeAlarmsRequest;
import software.amazon.awssdk.services.cloudwatch.model.DescribeAlarmsResponse;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.GetMetricStatisticsRequest;
import software.amazon.awssdk.services.cloudwatch.model.GetMetricStatisticsResponse;
import software.amazon.awssdk.services.cloudwatch.model.PutMetricAlarmRequest;

/** Asks a world's CloudWatch for what its services published, in the tests of those services. */
public record Alarms(World world) {

  /** Puts an alarm that rings when less than a minimum is there for three minutes, or nothing. */
  public void belowOrMissing(
      String name,
      String namespace,
      String metric,
      Map<String, String> dimensions,
      double minimum) {
    world
        .operations()
        .invoke(
            PutMetricAlarmRequest.builder()
                .alarmName(name)
                .namespace(namespace)
                .metricName(metric)
                .dimensions(sdk(dimensions))
                .statistic("Minimum")
                .comparisonOperator("LessThanThreshold")
                .threshold(minimum)
                .period(60)
                .evaluationPeriods(3)
                .treatMissingData("breaching")
                .build());
  }

  /** The state of an alarm. */
  public String state(String name) {
    return world
        .operations()
        .call(
            DescribeAlarmsRequest.builder().alarmNames(name).build(), DescribeAlarmsResponse.class)
        .metricAlarms()
        .getFirst()
        .stateValueAsString();
  }

  /** The sum of a metric of the last hour. */
  public double sum(String namespace, String metric, Map<String, String> dimensions) {
    Instant now = world.now();
    return world
        .operations()
        .call(
            GetMetricStatisticsRequest.builder()
                .namespace(namespace)
                .metricName(metric)
                .dimensions(sdk(dimensions))
                .startTime(now.minus(Duration.ofHours(1)))
                .endTime(now.plus(Duration.ofHours(1)))
                .period(60)
                .statisticsWithStrings("Sum")
                .build(),
            GetMetricStatisticsResponse.class)
        .datapoints()
        .stream()
        .mapToDouble(point -> point.sum())
        .sum();
  }

  private static List<Dimension> sdk(Map<String, String> dimensions) {
    return dimensions.entrySet().stream()
        .map(entry -> Dimension.builder().name(entry.getKey()).value(entry.getValue()).build())
        .toList();
  }
}
