package dev.slipway.rehearsal.stage;

import java.util.List;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.MetricAlarm;

/**
 * The alarms of a service that is created for the first time: they come with it, and have not rung
 * for want of it before.
 */
final class Alarms {

  private final CloudWatchClient cloudWatch;
  private List<MetricAlarm> taken = List.of();

  Alarms(CloudWatchClient cloudWatch) {
    this.cloudWatch = cloudWatch;
  }

  /** Takes all alarms away but those of a scaling policy, which go with the service. */
  void take() {
    taken =
        cloudWatch.describeAlarms().metricAlarms().stream()
            .filter(a -> !a.alarmName().startsWith("TargetTracking-"))
            .toList();
    if (!taken.isEmpty()) {
      List<String> names = taken.stream().map(MetricAlarm::alarmName).toList();
      cloudWatch.deleteAlarms(r -> r.alarmNames(names));
    }
  }

  /** Makes them again as they were. */
  void putBack() {
    for (MetricAlarm alarm : taken) {
      cloudWatch.putMetricAlarm(r ->
          r.alarmName(alarm.alarmName())
              .alarmDescription(alarm.alarmDescription())
              .namespace(alarm.namespace())
              .metricName(alarm.metricName())
              .dimensions(alarm.dimensions())
              .statistic(alarm.statistic())
              .extendedStatistic(alarm.extendedStatistic())
              .period(alarm.period())
              .evaluationPeriods(alarm.evaluationPeriods())
              .datapointsToAlarm(alarm.datapointsToAlarm())
              .threshold(alarm.threshold())
              .comparisonOperator(alarm.comparisonOperator())
              .treatMissingData(alarm.treatMissingData())
              .alarmActions(alarm.alarmActions())
              .okActions(alarm.okActions()));
    }
  }
}
