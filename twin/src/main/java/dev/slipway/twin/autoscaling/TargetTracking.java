package dev.slipway.twin.autoscaling;

import dev.slipway.twin.world.AlarmAction;
import dev.slipway.twin.world.Differs;
import dev.slipway.twin.world.Table;
import dev.slipway.twin.world.World;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.stream.DoubleStream;
import software.amazon.awssdk.services.applicationautoscaling.model.ScalableTarget;
import software.amazon.awssdk.services.applicationautoscaling.model.ScalingPolicy;
import software.amazon.awssdk.services.ecs.model.DeploymentRolloutState;
import software.amazon.awssdk.services.ecs.model.Service;

/**
 * Keeps the metrics of services at their targets, when the alarms of their policies ring.
 *
 * <p>Source: Application Auto Scaling user guide, target tracking: any policy scales out, all must
 * agree to scale in; no scale-in while a deployment of ECS is in progress.
 */
@Differs(
    value =
        "the wanted capacity is the present one times the metric over its target, rounded up: the"
            + " metric's newest minute to scale out, its highest of fifteen to scale in",
    because = "AWS says only that it scales out in proportion and in with care")
final class TargetTracking implements AlarmAction {

  private static final int MINUTES_IN = 15;

  private final World world;
  private final Scaler scaler;
  private final TrackingAlarms alarms;
  private final Cooldowns cooldowns;
  private final Measurements measurements;

  TargetTracking(World world, Scaler scaler) {
    this.world = world;
    this.scaler = scaler;
    this.alarms = new TrackingAlarms(world);
    this.cooldowns = new Cooldowns(world);
    this.measurements = new Measurements(world);
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
    Optional<ScalableTarget> target = Target.of(world, policy);
    Optional<Service> service = target.flatMap(scaler::service);
    boolean out = TrackingAlarms.isHigh(alarmName);
    if (service.isEmpty() || Scaler.isSuspended(target.get(), out)) {
      return;
    }
    if (out) {
      outwards(policy, target.get(), service.get().desiredCount(), alarmName);
    } else {
      inwards(policy, target.get(), service.get())
          .ifPresent(wanted -> {
            scaler.scale(target.get(), wanted, policy, alarmName);
            cooldowns.scaledIn(policy);
          });
    }
  }

  private void outwards(
      ScalingPolicy policy, ScalableTarget target, int present, String alarmName) {
    Integer cooldown = policy.targetTrackingScalingPolicyConfiguration().scaleOutCooldown();
    int base = cooldowns.base(policy, cooldown, present);
    newest(policy)
        .ifPresent(value -> {
          int wanted = Scaler.within(target, proportional(policy, base, value));
          if (wanted > present) {
            scaler.scale(target, wanted, policy, alarmName);
            cooldowns.scaledOut(policy, base);
          }
        });
  }

  private OptionalInt inwards(ScalingPolicy policy, ScalableTarget target, Service service) {
    boolean deploying =
        service.deployments().stream()
            .anyMatch(d -> d.rolloutState() == DeploymentRolloutState.IN_PROGRESS);
    Integer cooldown = policy.targetTrackingScalingPolicyConfiguration().scaleInCooldown();
    List<ScalingPolicy> all =
        policies().stream()
            .filter(p -> p.resourceId().equals(policy.resourceId()) && scalesIn(p))
            .toList();
    if (deploying
        || !scalesIn(policy)
        || !cooldowns.mayShrink(policy, cooldown)
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
    int wanted = Scaler.within(target, most);
    return wanted < present ? OptionalInt.of(wanted) : OptionalInt.empty();
  }

  private static boolean scalesIn(ScalingPolicy policy) {
    return !Boolean.TRUE.equals(policy.targetTrackingScalingPolicyConfiguration().disableScaleIn());
  }

  private static int proportional(ScalingPolicy policy, int capacity, double value) {
    double target = policy.targetTrackingScalingPolicyConfiguration().targetValue();
    return (int) Math.ceil(capacity * value / target);
  }

  private OptionalDouble newest(ScalingPolicy policy) {
    return values(policy, 2).findFirst();
  }

  private OptionalDouble highest(ScalingPolicy policy) {
    return values(policy, MINUTES_IN).max();
  }

  /** What was measured in so many minutes, the newest first. */
  private DoubleStream values(ScalingPolicy policy, int minutes) {
    TrackedMetric metric =
        TrackedMetric.of(policy.targetTrackingScalingPolicyConfiguration(), policy.resourceId());
    return measurements.newestFirst(metric, 60, Duration.ofMinutes(minutes)).stream()
        .mapToDouble(Double::doubleValue);
  }
}
