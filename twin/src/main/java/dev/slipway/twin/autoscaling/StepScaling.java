package dev.slipway.twin.autoscaling;

import dev.slipway.twin.world.AlarmAction;
import dev.slipway.twin.world.Differs;
import dev.slipway.twin.world.Table;
import dev.slipway.twin.world.World;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.applicationautoscaling.model.MetricAggregationType;
import software.amazon.awssdk.services.applicationautoscaling.model.ScalableTarget;
import software.amazon.awssdk.services.applicationautoscaling.model.ScalingPolicy;
import software.amazon.awssdk.services.applicationautoscaling.model.StepScalingPolicyConfiguration;
import software.amazon.awssdk.services.applicationautoscaling.model.SuspendedState;
import software.amazon.awssdk.services.cloudwatch.model.Datapoint;
import software.amazon.awssdk.services.cloudwatch.model.DescribeAlarmsRequest;
import software.amazon.awssdk.services.cloudwatch.model.DescribeAlarmsResponse;
import software.amazon.awssdk.services.cloudwatch.model.GetMetricStatisticsRequest;
import software.amazon.awssdk.services.cloudwatch.model.GetMetricStatisticsResponse;
import software.amazon.awssdk.services.cloudwatch.model.MetricAlarm;
import software.amazon.awssdk.services.ecs.model.Service;

/**
 * Scales services by steps when the alarms that name their policies ring.
 *
 * <p>Source: Application Auto Scaling user guide, step-scaling-policy-overview: what a scale-out
 * added counts as there until its cooldown is over; a scale-in waits for its cooldown, unless a
 * scale-out comes in between.
 */
@Differs(
    value =
        "an alarm that rings without a datapoint, as one set by hand, takes the step at its"
            + " threshold",
    because = "AWS does not tell what a policy does without a value")
final class StepScaling implements AlarmAction {

  private static final int USUAL_COOLDOWN = 300;

  private final World world;
  private final Scaler scaler;

  StepScaling(World world, Scaler scaler) {
    this.world = world;
    this.scaler = scaler;
  }

  private Table<TargetTracking.Cooldown> cooldowns() {
    return world.table(TargetTracking.COOLDOWNS);
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
    Table<Target> targets = world.table(Target.TABLE);
    Optional<ScalableTarget> target =
        targets
            .find(
                Target.key(
                    policy.serviceNamespaceAsString(),
                    policy.resourceId(),
                    policy.scalableDimensionAsString()))
            .map(Target::target);
    Optional<Service> service = target.flatMap(scaler::service);
    StepScalingPolicyConfiguration steps = policy.stepScalingPolicyConfiguration();
    Steps.at(steps, breach(steps, alarm))
        .ifPresent(step ->
            service.ifPresent(s -> {
              int present = s.desiredCount();
              boolean out = Steps.apply(steps, step, present) > present;
              int base = out ? base(policy, present) : present;
              int wanted = within(target.get(), Steps.apply(steps, step, base));
              if (out ? wanted > present : wanted < present && mayShrink(policy)) {
                scale(policy, target.get(), alarm, out ? base : present, wanted);
              }
            }));
  }

  private void scale(
      ScalingPolicy policy, ScalableTarget target, MetricAlarm alarm, int from, int wanted) {
    boolean out = wanted > from;
    if (isSuspended(target.suspendedState(), out)) {
      return;
    }
    scaler.scale(
        target,
        wanted,
        "monitor alarm %s in state ALARM triggered policy %s"
            .formatted(alarm.alarmName(), policy.policyName()));
    TargetTracking.Cooldown last = last(policy);
    cooldowns()
        .put(
            policy.policyARN(),
            out
                ? new TargetTracking.Cooldown(world.now(), from, Instant.EPOCH)
                : new TargetTracking.Cooldown(last.outAt(), last.outFrom(), world.now()));
  }

  private static boolean isSuspended(SuspendedState state, boolean out) {
    return state != null
        && Boolean.TRUE.equals(
            out ? state.dynamicScalingOutSuspended() : state.dynamicScalingInSuspended());
  }

  /** What the newest scale-out began from, until its cooldown is over. */
  private int base(ScalingPolicy policy, int present) {
    TargetTracking.Cooldown last = last(policy);
    return runs(policy, last.outAt()) ? Math.min(present, last.outFrom()) : present;
  }

  private boolean mayShrink(ScalingPolicy policy) {
    return !runs(policy, last(policy).inAt());
  }

  private TargetTracking.Cooldown last(ScalingPolicy policy) {
    return cooldowns().find(policy.policyARN()).orElse(TargetTracking.Cooldown.NONE);
  }

  private boolean runs(ScalingPolicy policy, Instant since) {
    Integer cooldown = policy.stepScalingPolicyConfiguration().cooldown();
    return since.plusSeconds(cooldown == null ? USUAL_COOLDOWN : cooldown).isAfter(world.now());
  }

  private static int within(ScalableTarget target, int capacity) {
    return Math.max(target.minCapacity(), Math.min(target.maxCapacity(), capacity));
  }

  /** By how much the alarm's periods, taken together, are over its threshold. */
  private double breach(StepScalingPolicyConfiguration steps, MetricAlarm alarm) {
    String statistic = alarm.statisticAsString() == null ? "Average" : alarm.statisticAsString();
    Instant now = world.now();
    Duration span = Duration.ofSeconds((long) alarm.period() * (alarm.evaluationPeriods() + 1));
    List<Datapoint> points =
        world
            .operations()
            .call(
                GetMetricStatisticsRequest.builder()
                    .namespace(alarm.namespace())
                    .metricName(alarm.metricName())
                    .dimensions(alarm.dimensions())
                    .unit(alarm.unitAsString())
                    .startTime(now.minus(span))
                    .endTime(now)
                    .period(alarm.period())
                    .statisticsWithStrings(statistic)
                    .build(),
                GetMetricStatisticsResponse.class)
            .datapoints();
    DoubleSummaryStatistics values =
        points.stream()
            .sorted(Comparator.comparing(Datapoint::timestamp).reversed())
            .limit(alarm.evaluationPeriods())
            .mapToDouble(point -> TargetTracking.value(statistic, point))
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
