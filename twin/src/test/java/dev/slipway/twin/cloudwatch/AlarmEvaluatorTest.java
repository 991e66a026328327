package dev.slipway.twin.cloudwatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.cloudwatch.model.ComparisonOperator;
import software.amazon.awssdk.services.cloudwatch.model.MetricAlarm;

/**
 * The tables of the CloudWatch user guide, "Configuring how CloudWatch alarms treat missing data":
 * X breaches, 0 does not, - is missing; the newest datapoint stands last.
 */
class AlarmEvaluatorTest {

  private static final Instant END = Instant.parse("2026-01-01T12:00:00Z");

  @ParameterizedTest(name = "3 of 3: {0}")
  @CsvSource({
    "0 - X - X, OK, OK, OK, OK",
    "0 - - - -, OK, OK, OK, OK",
    "- - - - -, INSUFFICIENT_DATA, '', ALARM, OK",
    "0 X X - X, ALARM, ALARM, ALARM, ALARM",
    "- - X - -, ALARM, '', ALARM, OK",
    "- - - - X, '', '', ALARM, OK"
  })
  void followsTheTableForThreeOfThree(
      String points, String missing, String ignore, String breaching, String notBreaching) {
    assertThat(state(points, 3, "missing")).isEqualTo(missing);
    assertThat(state(points, 3, "ignore")).isEqualTo(ignore);
    assertThat(state(points, 3, "breaching")).isEqualTo(breaching);
    assertThat(state(points, 3, "notBreaching")).isEqualTo(notBreaching);
  }

  @ParameterizedTest(name = "2 of 3: {0}")
  @CsvSource({
    "0 - X - X, ALARM, ALARM, ALARM, ALARM",
    "0 0 X 0 X, ALARM, ALARM, ALARM, ALARM",
    "0 - X - -, OK, OK, ALARM, OK",
    "- - - - 0, OK, OK, ALARM, OK",
    "- - - X -, ALARM, '', ALARM, OK"
  })
  void followsTheTableForTwoOfThree(
      String points, String missing, String ignore, String breaching, String notBreaching) {
    assertThat(state(points, 2, "missing")).isEqualTo(missing);
    assertThat(state(points, 2, "ignore")).isEqualTo(ignore);
    assertThat(state(points, 2, "breaching")).isEqualTo(breaching);
    assertThat(state(points, 2, "notBreaching")).isEqualTo(notBreaching);
  }

  @Test
  void saysWhichDatapointsCrossedTheThreshold() {
    AlarmVerdict verdict = AlarmEvaluator.evaluate(alarm(2, "missing"), values("0 X 0 X X"), END);
    assertThat(verdict.reason())
        .isEqualTo(
            "Threshold Crossed: 2 out of the last 3 datapoints [9.0 (01/01/26 11:59:00), 9.0"
                + " (01/01/26 11:58:00)] were greater than the threshold (1.0) (minimum 2"
                + " datapoints for OK -> ALARM transition).");
  }

  @ParameterizedTest
  @CsvSource({
    "GreaterThanThreshold, 1, false",
    "GreaterThanOrEqualToThreshold, 1, true",
    "LessThanThreshold, 1, false",
    "LessThanOrEqualToThreshold, 1, true",
    "LessThanThreshold, 0.5, true",
    "GreaterThanThreshold, 1.5, true"
  })
  void comparesWithTheThreshold(String operator, double value, boolean breaches) {
    MetricAlarm alarm = MetricAlarm.builder().threshold(1d).comparisonOperator(operator).build();
    assertThat(AlarmEvaluator.breaches(alarm, value)).isEqualTo(breaches);
  }

  private static String state(String points, int needed, String treatment) {
    return AlarmEvaluator.evaluate(alarm(needed, treatment), values(points), END).state();
  }

  private static MetricAlarm alarm(int needed, String treatment) {
    return MetricAlarm.builder()
        .evaluationPeriods(3)
        .datapointsToAlarm(needed)
        .period(60)
        .threshold(1d)
        .comparisonOperator(ComparisonOperator.GREATER_THAN_THRESHOLD)
        .treatMissingData(treatment)
        .build();
  }

  private static NavigableMap<Instant, Double> values(String points) {
    String[] marks = points.split(" ", -1);
    TreeMap<Instant, Double> values = new TreeMap<>();
    for (int i = 0; i < marks.length; i++) {
      Instant start = END.minusSeconds(60L * (marks.length - i));
      if (!marks[i].equals("-")) {
        values.put(start, marks[i].equals("X") ? 9d : 0d);
      }
    }
    return values;
  }
}
