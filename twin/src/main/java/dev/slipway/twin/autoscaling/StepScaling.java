package dev.slipway.twin.autoscaling;

import dev.slipway.twin.world.AlarmAction;
import dev.slipway.twin.world.Differs;
import dev.slipway.twin.world.Table;
import dev.slipway.twin.world.World;
import java.time.Duration;
import java.util.DoubleSummaryStatistics;
import java.util.Optional;
import software.amazon.awssdk.services.applicationautoscaling.model.MetricAggregationType;
import software.amazon.awssdk.services.applicationautoscaling.model.ScalableTarget;
import software.amazon.awssdk.services.applicationautoscaling.model.ScalingPolicy;
import software.amazon.awssdk.services.applicationautoscaling.model.StepScalingPolicyConfiguration;
import software.amazon.awssdk.services.cloudwatch.model.DescribeAlarmsRequest;
import software.amazon.awssdk.services.cloudwatch.model.DescribeAlarmsResponse;
import software.amazon.awssdk.services.cloudwatch.model.MetricAlarm;
import software.amazon.awssdk.services.ecs.model.Service;

/**
 * Scales services by steps when the alarms that name their policies ring. Source: Application Auto
 * Scaling user guide, step-scaling-policy-overview.
 */
@Differs(
    value =
        "an alarm that rings without a datapoint, as one set by hand, takes the step at its"
            + " threshold",
    because = "AWS does not tell what a policy does without a value")
final class StepScaling implements AlarmAction {

  private final World world;
  private final Scaler scaler;
  private final Cooldowns cooldowns;
  private final Measurements measurements;

  StepScaling(World world, Scaler scaler) {
    this.world = world;
    this.scaler = scaler;
    this.cooldowns = new Cooldowns(world);
    this.measurements = new Measurements(world);
  }

  @Override
  public void ring(String actionArn, String alarmName) {
    Table<ScalingPolicy> policies = world.table(PolicyApi.TABLE);
    policies
        .where(p -> p.policyARN().equals(actionArn) && p.stepScalingPolicyConfiguration() != null)
        .forEach(policy -> alarm(alarmName).ifPresent(alarm -> act(policy, alarm)));
  }

  private Optional<MetricAlarm> alarm(String name) {
    return world
        .operations()
        .call(
            DescribeAlarmsRequest.builder().alarmNames(name).build(), DescribeAlarmsResponse.class)
        .metricAlarms()
        .stream()
        .findFirst();
  }

  private void act(ScalingPolicy policy, MetricAlarm alarm) {
    Optional<ScalableTarget> target = Target.of(world, policy);
    Optional<Service> service = target.flatMap(scaler::service);
    StepScalingPolicyConfiguration steps = policy.stepScalingPolicyConfiguration();
    Steps.at(steps, breach(steps, alarm))
        .ifPresent(step ->
            service.ifPresent(s -> {
              int present = s.desiredCount();
              boolean out = Steps.apply(steps, step, present) > present;
              int base = out ? cooldowns.base(policy, steps.cooldown(), present) : present;
              int wanted = Scaler.within(target.get(), Steps.apply(steps, step, base));
              boolean due =
                  out
                      ? wanted > present
                      : wanted < present && cooldowns.mayShrink(policy, steps.cooldown());
              if (due && !Scaler.isSuspended(target.get(), out)) {
                scaler.scale(target.get(), wanted, policy, alarm.alarmName());
                if (out) {
                  cooldowns.scaledOut(policy, base);
                } else {
                  cooldowns.scaledIn(policy);
                }
              }
            }));
  }

  /** By how much the alarm's periods, taken together, are over its threshold. */
  private double breach(StepScalingPolicyConfiguration steps, MetricAlarm alarm) {
    TrackedMetric metric =
        new TrackedMetric(
            alarm.namespace(),
            alarm.metricName(),
            alarm.dimensions(),
            alarm.statisticAsString() == null ? "Average" : alarm.statisticAsString(),
            alarm.unitAsString());
    Duration span = Duration.ofSeconds((long) alarm.period() * (alarm.evaluationPeriods() + 1));
    DoubleSummaryStatistics values =
        measurements.newestFirst(metric, alarm.period(), span).stream()
            .limit(alarm.evaluationPeriods())
            .mapToDouble(Double::doubleValue)
            .summaryStatistics();
    if (values.getCount() == 0) {
      return 0;
    }
    return together(steps.metricAggregationType(), values) - alarm.threshold();
  }

  private static double together(MetricAggregationType type, DoubleSummaryStatistics values) {
    return switch (type) {
      case MINIMUM -> values.getMin();
      case MAXIMUM -> values.getMax();
      case null, default -> values.getAverage();
    };
  }
}
