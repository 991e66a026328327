package dev.slipway.twin.terraform.resources;

import dev.slipway.twin.terraform.value.Attributes;
import java.util.List;
import software.amazon.awssdk.services.applicationautoscaling.model.CustomizedMetricSpecification;
import software.amazon.awssdk.services.applicationautoscaling.model.MetricDimension;
import software.amazon.awssdk.services.applicationautoscaling.model.PredefinedMetricSpecification;
import software.amazon.awssdk.services.applicationautoscaling.model.StepAdjustment;
import software.amazon.awssdk.services.applicationautoscaling.model.StepScalingPolicyConfiguration;
import software.amazon.awssdk.services.applicationautoscaling.model.TargetTrackingScalingPolicyConfiguration;

/** The configurations of scaling policies, between Terraform's blocks and the SDK's classes. */
final class ScalingConfigurations {

  private static final String STEP = "step_scaling_policy_configuration";
  private static final String TRACKING = "target_tracking_scaling_policy_configuration";

  private ScalingConfigurations() {}

  static StepScalingPolicyConfiguration step(Attributes planned) {
    return planned
        .block(STEP)
        .map(block ->
            StepScalingPolicyConfiguration.builder()
                .adjustmentType(block.text("adjustment_type"))
                .cooldown(block.integer("cooldown"))
                .metricAggregationType(block.text("metric_aggregation_type"))
                .minAdjustmentMagnitude(block.positive("min_adjustment_magnitude"))
                .stepAdjustments(
                    block.blocks("step_adjustment").stream()
                        .map(ScalingConfigurations::adjustment)
                        .toList())
                .build())
        .orElse(null);
  }

  static List<Attributes> stepBlocks(StepScalingPolicyConfiguration step) {
    if (step == null) {
      return List.of();
    }
    List<Attributes> adjustments =
        step.stepAdjustments().stream()
            .map(one ->
                new Attributes()
                    .set("scaling_adjustment", one.scalingAdjustment())
                    .setText("metric_interval_lower_bound", bound(one.metricIntervalLowerBound()))
                    .setText("metric_interval_upper_bound", bound(one.metricIntervalUpperBound())))
            .toList();
    return List.of(
        new Attributes()
            .set("adjustment_type", step.adjustmentTypeAsString())
            .set("cooldown", step.cooldown())
            .setText("metric_aggregation_type", step.metricAggregationTypeAsString())
            .set("min_adjustment_magnitude", step.minAdjustmentMagnitude())
            .setBlocks("step_adjustment", adjustments));
  }

  static TargetTrackingScalingPolicyConfiguration tracking(Attributes planned) {
    return planned
        .block(TRACKING)
        .map(block -> {
          TargetTrackingScalingPolicyConfiguration.Builder configuration =
              TargetTrackingScalingPolicyConfiguration.builder()
                  .targetValue(block.decimal("target_value"))
                  .disableScaleIn(block.flag("disable_scale_in"))
                  .scaleInCooldown(block.integer("scale_in_cooldown"))
                  .scaleOutCooldown(block.integer("scale_out_cooldown"));
          block
              .block("predefined_metric_specification")
              .ifPresent(metric ->
                  configuration.predefinedMetricSpecification(m ->
                      m.predefinedMetricType(metric.text("predefined_metric_type"))
                          .resourceLabel(metric.text("resource_label"))));
          block
              .block("customized_metric_specification")
              .ifPresent(metric -> configuration.customizedMetricSpecification(custom(metric)));
          return configuration.build();
        })
        .orElse(null);
  }

  static List<Attributes> trackingBlocks(TargetTrackingScalingPolicyConfiguration tracking) {
    if (tracking == null) {
      return List.of();
    }
    Attributes block =
        new Attributes()
            .set("target_value", tracking.targetValue())
            .set("disable_scale_in", Boolean.TRUE.equals(tracking.disableScaleIn()))
            .set("scale_in_cooldown", tracking.scaleInCooldown())
            .set("scale_out_cooldown", tracking.scaleOutCooldown())
            .setNoBlocks("customized_metric_specification", "predefined_metric_specification");
    PredefinedMetricSpecification predefined = tracking.predefinedMetricSpecification();
    if (predefined != null) {
      block.setBlock(
          "predefined_metric_specification",
          new Attributes()
              .set("predefined_metric_type", predefined.predefinedMetricTypeAsString())
              .setText("resource_label", predefined.resourceLabel()));
    }
    CustomizedMetricSpecification custom = tracking.customizedMetricSpecification();
    if (custom != null) {
      block.setBlock(
          "customized_metric_specification",
          new Attributes()
              .set("metric_name", custom.metricName())
              .set("namespace", custom.namespace())
              .set("statistic", custom.statisticAsString())
              .setText("unit", custom.unit())
              .setNoBlocks("metrics")
              .setBlocks(
                  "dimensions",
                  custom.dimensions().stream()
                      .map(
                          one -> new Attributes().set("name", one.name()).set("value", one.value()))
                      .toList()));
    }
    return List.of(block);
  }

  private static CustomizedMetricSpecification custom(Attributes metric) {
    if (!metric.blocks("metrics").isEmpty()) {
      throw new UnsupportedOperationException("metric math in a scaling policy");
    }
    return CustomizedMetricSpecification.builder()
        .metricName(metric.text("metric_name"))
        .namespace(metric.text("namespace"))
        .statistic(metric.text("statistic"))
        .unit(metric.text("unit"))
        .dimensions(
            metric.blocks("dimensions").stream()
                .map(one ->
                    MetricDimension.builder()
                        .name(one.text("name"))
                        .value(one.text("value"))
                        .build())
                .toList())
        .build();
  }

  private static StepAdjustment adjustment(Attributes block) {
    String lower = block.text("metric_interval_lower_bound");
    String upper = block.text("metric_interval_upper_bound");
    return StepAdjustment.builder()
        .scalingAdjustment(block.integer("scaling_adjustment"))
        .metricIntervalLowerBound(lower == null ? null : Double.valueOf(lower))
        .metricIntervalUpperBound(upper == null ? null : Double.valueOf(upper))
        .build();
  }

  /** Bounds are texts in Terraform; a whole number has no fraction. */
  private static String bound(Double bound) {
    if (bound == null) {
      return null;
    }
    return bound == Math.rint(bound) ? String.valueOf(bound.longValue()) : bound.toString();
  }
}
