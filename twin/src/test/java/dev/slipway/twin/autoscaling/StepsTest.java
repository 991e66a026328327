package dev.slipway.twin.autoscaling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.applicationautoscaling.model.StepAdjustment;
import software.amazon.awssdk.services.applicationautoscaling.model.StepScalingPolicyConfiguration;

class StepsTest {

  private static StepAdjustment step(Double lower, Double upper, int adjustment) {
    return StepAdjustment.builder()
        .metricIntervalLowerBound(lower)
        .metricIntervalUpperBound(upper)
        .scalingAdjustment(adjustment)
        .build();
  }

  @ParameterizedTest
  @CsvSource({"0, 1", "9.9, 1", "10, 2", "20, 4", "500, 4"})
  void aStepAboveTheThresholdBeginsAtItsLowerBound(double breach, int adjustment) {
    var policy =
        StepScalingPolicyConfiguration.builder()
            .stepAdjustments(step(0.0, 10.0, 1), step(10.0, 20.0, 2), step(20.0, null, 4))
            .build();

    assertThat(Steps.at(policy, breach).orElseThrow().scalingAdjustment()).isEqualTo(adjustment);
    assertThat(Steps.at(policy, -1)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"0, -1", "-9.9, -1", "-10, -2", "-500, -2"})
  void aStepBelowTheThresholdEndsAtItsUpperBound(double breach, int adjustment) {
    var policy =
        StepScalingPolicyConfiguration.builder()
            .stepAdjustments(step(-10.0, 0.0, -1), step(null, -10.0, -2))
            .build();

    assertThat(Steps.at(policy, breach).orElseThrow().scalingAdjustment()).isEqualTo(adjustment);
    assertThat(Steps.at(policy, 1)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "ChangeInCapacity, 3, , 10, 13",
    "ChangeInCapacity, -3, , 10, 7",
    "ExactCapacity, 4, , 10, 4",
    "PercentChangeInCapacity, 25, , 10, 12",
    "PercentChangeInCapacity, -25, , 10, 8",
    "PercentChangeInCapacity, 5, , 10, 11",
    "PercentChangeInCapacity, -5, , 10, 9",
    "PercentChangeInCapacity, 5, 4, 10, 14",
    "PercentChangeInCapacity, -5, 4, 10, 6",
  })
  void adjustsTheCapacityInEachWay(String type, int adjustment, Integer least, int from, int to) {
    var policy =
        StepScalingPolicyConfiguration.builder()
            .adjustmentType(type)
            .minAdjustmentMagnitude(least)
            .build();

    assertThat(Steps.apply(policy, step(0.0, null, adjustment), from)).isEqualTo(to);
  }

  @Test
  void refusesWhatSaysTooLittleOrContradictsItself() {
    var one = step(0.0, null, 1);
    for (StepScalingPolicyConfiguration bad :
        List.of(
            StepScalingPolicyConfiguration.builder().adjustmentType("ExactCapacity").build(),
            StepScalingPolicyConfiguration.builder().stepAdjustments(one).build(),
            StepScalingPolicyConfiguration.builder()
                .adjustmentType("ExactCapacity")
                .minAdjustmentMagnitude(2)
                .stepAdjustments(one)
                .build(),
            StepScalingPolicyConfiguration.builder()
                .adjustmentType("ExactCapacity")
                .stepAdjustments(step(5.0, 5.0, 1))
                .build())) {
      assertThatThrownBy(() -> Steps.check(bad)).hasMessageMatching("(?s).*(Step|Adjust|Metric).*");
    }
  }
}
