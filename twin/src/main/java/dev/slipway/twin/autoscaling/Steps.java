package dev.slipway.twin.autoscaling;

import dev.slipway.twin.world.AwsError;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.applicationautoscaling.model.AdjustmentType;
import software.amazon.awssdk.services.applicationautoscaling.model.StepAdjustment;
import software.amazon.awssdk.services.applicationautoscaling.model.StepScalingPolicyConfiguration;

/**
 * The arithmetic of step scaling. Pure. Source: Application Auto Scaling user guide,
 * step-scaling-policy-overview: step adjustments, adjustment types, rounding.
 */
final class Steps {

  private Steps() {}

  /**
   * The adjustment for a breach.
   *
   * @param breach the metric's value less the alarm's threshold
   */
  static Optional<StepAdjustment> at(StepScalingPolicyConfiguration policy, double breach) {
    return policy.stepAdjustments().stream().filter(step -> holds(step, breach)).findFirst();
  }

  /** Above the threshold the lower bound belongs to a step, below it the upper one. */
  private static boolean holds(StepAdjustment step, double breach) {
    double lower =
        step.metricIntervalLowerBound() == null
            ? Double.NEGATIVE_INFINITY
            : step.metricIntervalLowerBound();
    double upper =
        step.metricIntervalUpperBound() == null
            ? Double.POSITIVE_INFINITY
            : step.metricIntervalUpperBound();
    boolean above = lower >= 0;
    return above ? lower <= breach && breach < upper : lower < breach && breach <= upper;
  }

  /** The capacity after an adjustment, before the target's bounds are held against it. */
  static int apply(StepScalingPolicyConfiguration policy, StepAdjustment step, int capacity) {
    int adjustment = step.scalingAdjustment();
    return switch (policy.adjustmentType()) {
      case EXACT_CAPACITY -> adjustment;
      case PERCENT_CHANGE_IN_CAPACITY ->
          capacity + percent(capacity, adjustment, policy.minAdjustmentMagnitude());
      default -> capacity + adjustment;
    };
  }

  /** Rounded towards zero, but to one when it is less than one. */
  private static int percent(int capacity, int percent, Integer least) {
    double exact = capacity * percent / 100.0;
    if (exact == 0) {
      return 0;
    }
    int size = Math.max(Math.max(1, (int) Math.abs(exact)), least == null ? 0 : least);
    return exact > 0 ? size : -size;
  }

  /** Refuses a configuration that says too little or contradicts itself. */
  static void check(StepScalingPolicyConfiguration policy) {
    if (policy == null || policy.stepAdjustments().isEmpty()) {
      throw invalid("At least one StepAdjustment is required for a StepScaling policy");
    }
    if (policy.adjustmentType() == null
        || policy.adjustmentType() == AdjustmentType.UNKNOWN_TO_SDK_VERSION) {
      throw invalid(
          "AdjustmentType must be one of ChangeInCapacity, PercentChangeInCapacity, ExactCapacity");
    }
    if (policy.minAdjustmentMagnitude() != null
        && policy.adjustmentType() != AdjustmentType.PERCENT_CHANGE_IN_CAPACITY) {
      throw invalid(
          "MinAdjustmentMagnitude is only supported for AdjustmentType PercentChangeInCapacity");
    }
    policy.stepAdjustments().forEach(step -> check(step, policy.stepAdjustments()));
  }

  private static void check(StepAdjustment step, List<StepAdjustment> all) {
    Double lower = step.metricIntervalLowerBound();
    Double upper = step.metricIntervalUpperBound();
    if (step.scalingAdjustment() == null || lower == null && upper == null && all.size() > 1) {
      throw invalid("A StepAdjustment needs ScalingAdjustment and a bound");
    }
    if (lower != null && upper != null && lower >= upper) {
      throw invalid("MetricIntervalLowerBound must be less than MetricIntervalUpperBound");
    }
  }

  private static AwsError invalid(String message) {
    return AwsError.of("ValidationException", message);
  }
}
