package dev.slipway.twin.ecs;

import dev.slipway.twin.world.Differs;
import java.util.Optional;
import software.amazon.awssdk.services.ecs.model.DeploymentConfiguration;
import software.amazon.awssdk.services.ecs.model.DeploymentEarlySuccessCriteria;
import software.amazon.awssdk.services.ecs.model.ServiceRevisionCleanup;

/**
 * When a deployment counts as completed before all of its tasks are there.
 *
 * <p>Source: ECS API reference, DeploymentEarlySuccessCriteria: once the given share of the desired
 * count is healthy and the bake time is over; the tasks of earlier revisions go before, or, where
 * their removal is deferred, after that. What is missing is still brought up afterwards.
 *
 * @param percent of the desired count that must be healthy
 * @param deferred whether earlier tasks may still be there
 */
@Differs(
    value = "the share of healthy tasks of earlySuccessCriteria is rounded up",
    because = "how ECS rounds it is not documented; minimumHealthyPercent is rounded up")
record EarlySuccess(int percent, boolean deferred) {

  /** The criteria of a service, where they are on. */
  static Optional<EarlySuccess> of(DeploymentConfiguration configuration) {
    return Optional.ofNullable(configuration.earlySuccessCriteria())
        .filter(DeploymentEarlySuccessCriteria::enable)
        .map(c ->
            new EarlySuccess(
                c.healthyPercent(),
                c.sourceServiceRevisionCleanup() == ServiceRevisionCleanup.DEFERRED));
  }

  /** Refuses criteria that cannot be met or say too little. */
  static void check(DeploymentConfiguration configuration) {
    DeploymentEarlySuccessCriteria criteria = configuration.earlySuccessCriteria();
    if (criteria == null) {
      return;
    }
    if (criteria.enable() == null) {
      throw EcsErrors.invalid("enable is required in earlySuccessCriteria.");
    }
    if (criteria.enable()
        && (criteria.healthyPercent() == null || criteria.sourceServiceRevisionCleanup() == null)) {
      throw EcsErrors.invalid(
          "healthyPercent and sourceServiceRevisionCleanup are required when earlySuccessCriteria"
              + " are enabled.");
    }
    if (criteria.sourceServiceRevisionCleanup() == ServiceRevisionCleanup.UNKNOWN_TO_SDK_VERSION) {
      throw EcsErrors.invalid(
          "The sourceServiceRevisionCleanup "
              + criteria.sourceServiceRevisionCleanupAsString()
              + " is not valid.");
    }
    Integer percent = criteria.healthyPercent();
    if (percent != null
        && (percent < 0 || percent > 100 || percent < configuration.minimumHealthyPercent())) {
      throw EcsErrors.invalid(
          "The healthyPercent of earlySuccessCriteria must be between minimumHealthyPercent and"
              + " 100.");
    }
  }

  /** How many tasks must be healthy. */
  int healthy(int desired) {
    return DeploymentSizes.minimumHealthy(desired, percent);
  }
}
