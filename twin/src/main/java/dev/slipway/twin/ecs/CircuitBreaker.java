package dev.slipway.twin.ecs;

import dev.slipway.twin.world.Differs;
import software.amazon.awssdk.services.ecs.model.DeploymentCircuitBreaker;
import software.amazon.awssdk.services.ecs.model.ThresholdConfiguration;
import software.amazon.awssdk.services.ecs.model.ThresholdType;

/**
 * When a deployment has failed too often, by the settings of its service.
 *
 * <p>Source: ECS API reference, DeploymentCircuitBreaker and ThresholdConfiguration: by default
 * half the desired count, rounded up, but at least 3 and at most 200, always of the latest desired
 * count; a healthy task ends the count unless {@code resetOnHealthyTask} is off.
 *
 * @param on whether it watches at all
 * @param rollback whether a failed deployment gives way to the last completed one
 * @param resets whether a task that becomes healthy ends the count of failures
 * @param type how the value becomes the threshold
 * @param value failures, or percent of the desired count
 */
@Differs(
    value = "resetOnHealthyTask and thresholdConfiguration are shown when they were given only",
    because = "whether ECS shows their defaults is not known; they hold either way")
record CircuitBreaker(boolean on, boolean rollback, boolean resets, ThresholdType type, int value) {

  private static final int PERCENT = 50;
  private static final int LEAST = 3;
  private static final int MOST = 200;

  /** The breaker of a service's settings, with the defaults of what they leave out. */
  static CircuitBreaker of(DeploymentCircuitBreaker settings) {
    ThresholdConfiguration threshold = settings.thresholdConfiguration();
    return new CircuitBreaker(
        Boolean.TRUE.equals(settings.enable()),
        Boolean.TRUE.equals(settings.rollback()),
        !Boolean.FALSE.equals(settings.resetOnHealthyTask()),
        threshold == null ? ThresholdType.BOUNDED_PERCENT : threshold.type(),
        threshold == null ? PERCENT : threshold.value());
  }

  /** Refuses settings that give no threshold. */
  static void check(DeploymentCircuitBreaker settings) {
    ThresholdConfiguration threshold = settings.thresholdConfiguration();
    if (threshold == null) {
      return;
    }
    if (threshold.type() == null || threshold.value() == null) {
      throw EcsErrors.invalid(
          "Both type and value are required in the thresholdConfiguration of the deployment"
              + " circuit breaker.");
    }
    if (threshold.type() == ThresholdType.UNKNOWN_TO_SDK_VERSION) {
      throw EcsErrors.invalid(
          "The thresholdConfiguration type " + threshold.typeAsString() + " is not valid.");
    }
    int most = threshold.type() == ThresholdType.COUNT ? Integer.MAX_VALUE : 100;
    if (threshold.value() < 1 || threshold.value() > most) {
      throw EcsErrors.invalid(
          "The thresholdConfiguration value "
              + threshold.value()
              + " is not valid for the type "
              + threshold.typeAsString()
              + ".");
    }
  }

  /** The number of failed tasks at which the breaker trips. */
  int threshold(int desired) {
    int share = Math.toIntExact(Math.ceilDiv((long) desired * value, 100));
    return switch (type) {
      case COUNT -> value;
      // No deployment fails for the failures of no task.
      case UNBOUNDED_PERCENT -> Math.max(1, share);
      default -> Math.clamp(share, LEAST, MOST);
    };
  }

  /** Whether the breaker is on and the failures reach its threshold. */
  boolean trips(int failures, int desired) {
    return on && failures >= threshold(desired);
  }
}
