package dev.slipway.twin.cloudwatch;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.cloudwatch.model.MetricAlarm;

/**
 * Decides an alarm's state from datapoints. Pure. Sources: CloudWatch user guide, "Alarm
 * evaluation" and "Configuring how CloudWatch alarms treat missing data" with its tables; the
 * reasons' wording after the samples there.
 */
final class AlarmEvaluator {

  /** How many periods are looked at beyond the evaluation periods. */
  static final int EXTRA_PERIODS = 2;

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("dd/MM/yy HH:mm:ss").withZone(ZoneOffset.UTC);

  private record Point(Instant at, double value, int age) {}

  private AlarmEvaluator() {}

  /**
   * Decides.
   *
   * @param values the alarm's statistic by the start of its period
   * @param end the end of the last whole period
   */
  static AlarmVerdict evaluate(
      MetricAlarm alarm, NavigableMap<Instant, Double> values, Instant end) {
    int periods = alarm.evaluationPeriods();
    int needed = alarm.datapointsToAlarm() == null ? periods : alarm.datapointsToAlarm();
    List<Point> real = newest(alarm, values, end);
    int missing = periods - real.size();
    long breaching = real.stream().filter(point -> breaches(alarm, point.value())).count();
    boolean allBreach = breaching == real.size();
    String treatment = alarm.treatMissingData() == null ? "missing" : alarm.treatMissingData();
    if (missing > 0 && treatment.equals("breaching")) {
      return breaching + missing >= needed
          ? crossed(alarm, real, true, missing)
          : crossed(alarm, real, false, missing);
    }
    if (missing <= 0 || treatment.equals("notBreaching") || breaching >= needed || !allBreach) {
      return crossed(alarm, real, breaching >= needed, Math.max(0, missing));
    }
    if (treatment.equals("ignore")) {
      return AlarmVerdict.UNCHANGED;
    }
    if (real.isEmpty()) {
      return new AlarmVerdict(AlarmVerdict.INSUFFICIENT, insufficient(periods));
    }
    // All that is there breaches: an alarm, once the oldest of it is old enough to count as one.
    return real.getLast().age() >= needed
        ? crossed(alarm, real, true, missing)
        : AlarmVerdict.UNCHANGED;
  }

  /** Whether a value is on the wrong side of the threshold. */
  static boolean breaches(MetricAlarm alarm, double value) {
    double threshold = alarm.threshold();
    return switch (alarm.comparisonOperatorAsString()) {
      case "GreaterThanThreshold" -> value > threshold;
      case "GreaterThanOrEqualToThreshold" -> value >= threshold;
      case "LessThanThreshold" -> value < threshold;
      default -> value <= threshold;
    };
  }

  // The newest datapoints first, at most as many as the alarm has periods.
  private static List<Point> newest(
      MetricAlarm alarm, NavigableMap<Instant, Double> values, Instant end) {
    List<Point> points = new ArrayList<>();
    int range = alarm.evaluationPeriods() + EXTRA_PERIODS;
    for (int age = 1; age <= range && points.size() < alarm.evaluationPeriods(); age++) {
      Instant start = end.minusSeconds((long) alarm.period() * age);
      Double value = values.get(start);
      if (value != null) {
        points.add(new Point(start, value, age));
      }
    }
    return points;
  }

  private static AlarmVerdict crossed(
      MetricAlarm alarm, List<Point> real, boolean breaching, int missing) {
    String state = breaching ? AlarmVerdict.ALARM : AlarmVerdict.OK;
    String reason = real.isEmpty() ? untold(alarm, missing) : told(alarm, real, state, breaching);
    return new AlarmVerdict(state, "Threshold Crossed: " + reason);
  }

  private static String told(MetricAlarm alarm, List<Point> real, String state, boolean breaching) {
    List<Point> telling =
        real.stream().filter(point -> breaches(alarm, point.value()) == breaching).toList();
    String list =
        telling.stream()
            .map(point -> point.value() + " (" + TIME.format(point.at()) + ")")
            .collect(Collectors.joining(", ", "[", "]"));
    int needed =
        alarm.datapointsToAlarm() == null ? alarm.evaluationPeriods() : alarm.datapointsToAlarm();
    int minimum = breaching ? needed : alarm.evaluationPeriods() - needed + 1;
    String from = breaching ? AlarmVerdict.OK : AlarmVerdict.ALARM;
    return telling.size()
        + " out of the last "
        + alarm.evaluationPeriods()
        + " datapoints "
        + list
        + (telling.size() == 1 ? " was " : " were ")
        + (breaching ? "" : "not ")
        + comparison(alarm)
        + " the threshold ("
        + alarm.threshold()
        + ") (minimum "
        + minimum
        + (minimum == 1 ? " datapoint" : " datapoints")
        + " for "
        + from
        + " -> "
        + state
        + " transition).";
  }

  private static String untold(MetricAlarm alarm, int missing) {
    String treatment =
        Map.of("breaching", "Breaching", "notBreaching", "NonBreaching")
            .getOrDefault(alarm.treatMissingData(), "Missing");
    return "no datapoints were received for "
        + alarm.evaluationPeriods()
        + (alarm.evaluationPeriods() == 1 ? " period and " : " periods and ")
        + missing
        + (missing == 1 ? " missing datapoint was" : " missing datapoints were")
        + " treated as ["
        + treatment
        + "].";
  }

  private static String insufficient(int periods) {
    return periods == 1
        ? "Insufficient Data: 1 datapoint was unknown."
        : "Insufficient Data: " + periods + " datapoints were unknown.";
  }

  private static String comparison(MetricAlarm alarm) {
    return switch (alarm.comparisonOperatorAsString()) {
      case "GreaterThanThreshold" -> "greater than";
      case "GreaterThanOrEqualToThreshold" -> "greater than or equal to";
      case "LessThanThreshold" -> "less than";
      default -> "less than or equal to";
    };
  }
}
