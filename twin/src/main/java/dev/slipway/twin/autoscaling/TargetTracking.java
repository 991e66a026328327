package dev.slipway.twin.autoscaling;

import dev.slipway.twin.world.AlarmAction;
import dev.slipway.twin.world.Differs;
import dev.slipway.twin.world.Table;
import dev.slipway.twin.world.World;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import software.amazon.awssdk.services.applicationautoscaling.model.ScalableTarget;
import software.amazon.awssdk.services.applicationautoscaling.model.ScalingPolicy;
import software.amazon.awssdk.services.cloudwatch.model.Datapoint;
import software.amazon.awssdk.services.cloudwatch.model.GetMetricStatisticsRequest;
import software.amazon.awssdk.services.cloudwatch.model.GetMetricStatisticsResponse;
import software.amazon.awssdk.services.ecs.model.DeploymentRolloutState;
import software.amazon.awssdk.services.ecs.model.Service;

/**
 * Keeps the metrics of services at their targets, when the alarms of their policies ring.
 *
 * <p>Source: Application Auto Scaling user guide, target tracking: any policy scales out, all must
 * agree to scale in; what a scale-out added counts as there until its cooldown is over; no scale-in
 * while a deployment of ECS is in progress.
 */
@Differs(
    value =
        "the wanted capacity is the present one times the metric over its target, rounded up: the"
            + " metric's newest minute to scale out, its highest of fifteen to scale in",
    because = "AWS says only that it scales out in proportion and in with care")
final class TargetTracking implements AlarmAction {

  static final String COOLDOWNS = "autoscaling.cooldowns";
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final int MINUTES_IN = 15;
  private static final int USUAL_COOLDOWN = 300;

  /**
   * What a policy did last.
   *
   * @param outAt when it scaled out
   * @param outFrom from which capacity
   * @param inAt when it scaled in
   */
  record Cooldown(Instant outAt, int outFrom, Instant inAt) {
    static final Cooldown NONE = new Cooldown(Instant.EPOCH, 0, Instant.EPOCH);
  }

  private final World world;
  private final Scaler scaler;
  private final TrackingAlarms alarms;

  TargetTracking(World world, Scaler scaler) {
    this.world = world;
    this.scaler = scaler;
    this.alarms = new TrackingAlarms(world);
  }

  private Table<Cooldown> cooldowns() {
    return world.table(COOLDOWNS);
  }

  private List<ScalingPolicy> policies() {
    Table<ScalingPolicy> table = world.table(PolicyApi.TABLE);
    return table.where(policy -> policy.targetTrackingScalingPolicyConfiguration() != null);
  }

  @Override
  public void ring(String actionArn, String alarmName) {
    policies().stream()
        .filter(policy -> actionArn.startsWith(policy.policyARN() + ":createdBy/"))
        .findFirst()
        .ifPresent(policy -> act(policy, alarmName));
  }

  private void act(ScalingPolicy policy, String alarmName) {
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
    if (service.isEmpty()) {
      return;
    }
    boolean out = TrackingAlarms.isHigh(alarmName);
    OptionalInt wanted =
        out
            ? outwards(policy, target.get(), service.get().desiredCount())
            : inwards(policy, target.get(), service.get());
    if (wanted.isPresent()) {
      int before = service.get().desiredCount();
      scaler.scale(
          target.get(),
          wanted.getAsInt(),
          "monitor alarm " + alarmName + " in state ALARM triggered policy " + policy.policyName());
      note(policy, out, before);
    }
  }

  private void note(ScalingPolicy policy, boolean out, int before) {
    Cooldown last = cooldowns().find(policy.policyARN()).orElse(Cooldown.NONE);
    Instant now = world.now();
    cooldowns()
        .put(
            policy.policyARN(),
            // Source: a scale-out ends the cooldown of a scale-in.
            out
                ? new Cooldown(now, before, Instant.EPOCH)
                : new Cooldown(last.outAt(), last.outFrom(), now));
  }

  private OptionalInt outwards(ScalingPolicy policy, ScalableTarget target, int present) {
    if (target.suspendedState() != null
        && Boolean.TRUE.equals(target.suspendedState().dynamicScalingOutSuspended())) {
      return OptionalInt.empty();
    }
    Integer cooldown = policy.targetTrackingScalingPolicyConfiguration().scaleOutCooldown();
    Cooldown last = cooldowns().find(policy.policyARN()).orElse(Cooldown.NONE);
    // Until the cooldown is over, only what is more than the last time is added.
    int base = runs(last.outAt(), cooldown) ? Math.min(present, last.outFrom()) : present;
    OptionalDouble value = newest(policy);
    if (value.isEmpty()) {
      return OptionalInt.empty();
    }
    int wanted = within(target, proportional(policy, base, value.getAsDouble()));
    return wanted > present ? OptionalInt.of(wanted) : OptionalInt.empty();
  }

  private OptionalInt inwards(ScalingPolicy policy, ScalableTarget target, Service service) {
    boolean suspended =
        target.suspendedState() != null
            && Boolean.TRUE.equals(target.suspendedState().dynamicScalingInSuspended());
    boolean deploying =
        service.deployments().stream()
            .anyMatch(d -> d.rolloutState() == DeploymentRolloutState.IN_PROGRESS);
    Cooldown last = cooldowns().find(policy.policyARN()).orElse(Cooldown.NONE);
    Integer cooldown = policy.targetTrackingScalingPolicyConfiguration().scaleInCooldown();
    List<ScalingPolicy> all =
        policies().stream()
            .filter(p -> p.resourceId().equals(policy.resourceId()) && scalesIn(p))
            .toList();
    if (suspended
        || deploying
        || !scalesIn(policy)
        || runs(last.inAt(), cooldown)
        || !all.stream().allMatch(alarms::lowRings)) {
      return OptionalInt.empty();
    }
    int present = service.desiredCount();
    int most = 0;
    for (ScalingPolicy each : all) {
      OptionalDouble value = highest(each);
      if (value.isEmpty()) {
        return OptionalInt.empty();
      }
      most = Math.max(most, proportional(each, present, value.getAsDouble()));
    }
    int wanted = within(target, most);
    return wanted < present ? OptionalInt.of(wanted) : OptionalInt.empty();
  }

  private static boolean scalesIn(ScalingPolicy policy) {
    return !Boolean.TRUE.equals(policy.targetTrackingScalingPolicyConfiguration().disableScaleIn());
  }

  private boolean runs(Instant since, Integer cooldown) {
    return since.plusSeconds(cooldown == null ? USUAL_COOLDOWN : cooldown).isAfter(world.now());
  }

  private static int proportional(ScalingPolicy policy, int capacity, double value) {
    double target = policy.targetTrackingScalingPolicyConfiguration().targetValue();
    return (int) Math.ceil(capacity * value / target);
  }

  private static int within(ScalableTarget target, int capacity) {
    return Math.max(target.minCapacity(), Math.min(target.maxCapacity(), capacity));
  }

  private OptionalDouble newest(ScalingPolicy policy) {
    TrackedMetric metric = metric(policy);
    return points(metric, 2).stream()
        .max(Comparator.comparing(Datapoint::timestamp))
        .map(point -> OptionalDouble.of(value(metric.statistic(), point)))
        .orElse(OptionalDouble.empty());
  }

  private OptionalDouble highest(ScalingPolicy policy) {
    TrackedMetric metric = metric(policy);
    return points(metric, MINUTES_IN).stream()
        .mapToDouble(point -> value(metric.statistic(), point))
        .max();
  }

  private static TrackedMetric metric(ScalingPolicy policy) {
    return TrackedMetric.of(policy.targetTrackingScalingPolicyConfiguration(), policy.resourceId());
  }

  private List<Datapoint> points(TrackedMetric metric, int minutes) {
    Instant now = world.now();
    return world
        .operations()
        .call(
            GetMetricStatisticsRequest.builder()
                .namespace(metric.namespace())
                .metricName(metric.name())
                .dimensions(metric.dimensions())
                .unit(metric.unit())
                .startTime(now.minus(MINUTE.multipliedBy(minutes)))
                .endTime(now)
                .period(60)
                .statisticsWithStrings(metric.statistic())
                .build(),
            GetMetricStatisticsResponse.class)
        .datapoints();
  }

  static double value(String statistic, Datapoint point) {
    return switch (statistic) {
      case "Sum" -> point.sum();
      case "Minimum" -> point.minimum();
      case "Maximum" -> point.maximum();
      case "SampleCount" -> point.sampleCount();
      default -> point.average();
    };
  }
}
