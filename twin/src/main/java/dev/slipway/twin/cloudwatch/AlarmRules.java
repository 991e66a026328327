package dev.slipway.twin.cloudwatch;

import java.util.Set;
import software.amazon.awssdk.services.cloudwatch.model.PutMetricAlarmRequest;
import software.amazon.awssdk.services.cloudwatch.model.Statistic;

/** What CloudWatch demands of an alarm. Source: CloudWatch API reference, PutMetricAlarm. */
final class AlarmRules {

  private static final Set<String> COMPARISONS =
      Set.of(
          "GreaterThanThreshold",
          "GreaterThanOrEqualToThreshold",
          "LessThanThreshold",
          "LessThanOrEqualToThreshold");
  private static final Set<String> TREATMENTS =
      Set.of("breaching", "notBreaching", "ignore", "missing");
  private static final int DAY = 86_400;

  private AlarmRules() {}

  static void check(PutMetricAlarmRequest request) {
    Refusals.require(request.alarmName(), "AlarmName");
    if (!request.metrics().isEmpty()) {
      throw Refusals.unsupported("An alarm over metric math is");
    }
    if (request.thresholdMetricId() != null) {
      throw Refusals.unsupported("Anomaly detection is");
    }
    checkMetric(request);
    checkPeriods(request);
    String comparison =
        Refusals.require(request.comparisonOperatorAsString(), "ComparisonOperator");
    if (!COMPARISONS.contains(comparison)) {
      throw Refusals.unsupported("The comparison operator " + comparison + " is");
    }
    Refusals.require(request.threshold(), "Threshold");
    if (request.treatMissingData() != null && !TREATMENTS.contains(request.treatMissingData())) {
      throw Refusals.value(
          "TreatMissingData must be one of breaching, notBreaching, ignore, missing.");
    }
  }

  private static void checkMetric(PutMetricAlarmRequest request) {
    Refusals.require(request.namespace(), "Namespace");
    Refusals.require(request.metricName(), "MetricName");
    boolean simple = request.statisticAsString() != null;
    boolean extended = request.extendedStatistic() != null;
    if (simple == extended) {
      throw Refusals.combination(
          "Exactly one of Statistic and ExtendedStatistic must be specified.");
    }
    if (simple && request.statistic() == Statistic.UNKNOWN_TO_SDK_VERSION) {
      throw Refusals.value("Statistic must be a standard statistic.");
    }
    if (extended && !Sample.isStatistic(request.extendedStatistic())) {
      throw Refusals.unsupported("The statistic " + request.extendedStatistic() + " is");
    }
  }

  private static void checkPeriods(PutMetricAlarmRequest request) {
    Refusals.positivePeriod(request.period());
    int periods = Refusals.require(request.evaluationPeriods(), "EvaluationPeriods");
    if (periods < 1) {
      throw Refusals.value("EvaluationPeriods must be at least 1.");
    }
    if ((long) periods * request.period() > DAY) {
      throw Refusals.value(
          "Metrics cannot be checked across more than a day"
              + " (EvaluationPeriods * Period must be <= 86400).");
    }
    Integer needed = request.datapointsToAlarm();
    if (needed != null && (needed < 1 || needed > periods)) {
      throw Refusals.value("DatapointsToAlarm must be from 1 to EvaluationPeriods.");
    }
  }
}
