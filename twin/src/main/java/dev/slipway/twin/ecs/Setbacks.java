package dev.slipway.twin.ecs;

import java.util.Optional;
import software.amazon.awssdk.services.ecs.model.DeploymentRolloutState;

/**
 * Gives up deployments that fail, and takes the service back where that is wanted.
 *
 * <p>Source: ECS developer guide: what trips first, the breaker or an alarm, decides.
 */
final class Setbacks {

  private final Rollouts rollouts;
  private final DeploymentAlarms alarms;
  private final ServiceEvents events;

  Setbacks(Rollouts rollouts, DeploymentAlarms alarms, ServiceEvents events) {
    this.rollouts = rollouts;
    this.alarms = alarms;
    this.events = events;
  }

  /** The service after its PRIMARY deployment was judged. */
  ServiceRow judge(ServiceRow row) {
    if (!row.primary().inState(DeploymentRolloutState.IN_PROGRESS)) {
      return row;
    }
    CircuitBreaker breaker = row.breaker();
    if (breaker.trips(row.primary().failures(), row.service().desiredCount())) {
      return giveUp(row, Setback.CIRCUIT_BREAKER, breaker.rollback());
    }
    if (alarms.detected(row)) {
      boolean back = row.service().deploymentConfiguration().alarms().rollback();
      return giveUp(row, Setback.ALARM, back);
    }
    return row;
  }

  private ServiceRow giveUp(ServiceRow row, Setback why, boolean rollback) {
    ServiceRow told = events.add(row, Messages.failed(row.primary().id(), why));
    Optional<Rollout> candidate = rollback ? Rollouts.candidate(row) : Optional.empty();
    return candidate
        .map(c -> goBack(told, why, c))
        .orElseGet(() -> rollouts.fail(told, why, rollback));
  }

  /** Makes an earlier deployment PRIMARY again. */
  ServiceRow goBack(ServiceRow row, Setback why, Rollout candidate) {
    ServiceRow told = events.add(row, Messages.rollingBack(candidate.id()));
    return rollouts.rollBack(told.cleared(""), why, candidate);
  }
}
