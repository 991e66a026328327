package dev.slipway.twin.elbv2;

import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetHealthReasonEnum;

/**
 * What one node of a load balancer thinks of one target. A pure state machine: each health check's
 * outcome leads from one value to the next.
 *
 * <p>Source: ELB user guide, target-group-health-checks: a new target is healthy after one success;
 * the healthy threshold counts only for the way back from unhealthy.
 *
 * @param state where it stands
 * @param streak consecutive outcomes that speak against the state
 * @param reason why it is not healthy; null when it is
 * @param description the reason in words; empty when healthy
 */
record NodeHealth(State state, int streak, TargetHealthReasonEnum reason, String description) {

  /** Where a target stands. */
  enum State {
    /** Not known yet. */
    INITIAL,
    /** Gets requests. */
    HEALTHY,
    /** Gets requests only when all are unhealthy. */
    UNHEALTHY
  }

  /** Registered, and not checked yet. */
  static final NodeHealth REGISTERING =
      new NodeHealth(
          State.INITIAL,
          0,
          TargetHealthReasonEnum.ELB_REGISTRATION_IN_PROGRESS,
          "Target registration is in progress");

  /** The first checks are under way. */
  static final NodeHealth CHECKING =
      new NodeHealth(
          State.INITIAL,
          0,
          TargetHealthReasonEnum.ELB_INITIAL_HEALTH_CHECKING,
          "Initial health checks in progress");

  /** The last checks succeeded. */
  static final NodeHealth HEALTHY = new NodeHealth(State.HEALTHY, 0, null, "");

  /** How a health check ended. */
  sealed interface Outcome {
    /** With a code that the matcher accepts. */
    record Success() implements Outcome {}

    /** Otherwise, for a reason. */
    record Failure(TargetHealthReasonEnum reason, String description) implements Outcome {}
  }

  boolean healthy() {
    return state == State.HEALTHY;
  }

  /** The value after one more health check. */
  NodeHealth after(Outcome outcome, int healthyThreshold, int unhealthyThreshold) {
    return switch (outcome) {
      case Outcome.Success success -> afterSuccess(healthyThreshold);
      case Outcome.Failure failure -> afterFailure(failure, unhealthyThreshold);
    };
  }

  private NodeHealth afterSuccess(int threshold) {
    return switch (state) {
      case HEALTHY -> HEALTHY;
      case INITIAL -> HEALTHY;
      case UNHEALTHY ->
          streak + 1 >= threshold
              ? HEALTHY
              : new NodeHealth(State.UNHEALTHY, streak + 1, reason, description);
    };
  }

  private NodeHealth afterFailure(Outcome.Failure failure, int threshold) {
    if (state == State.UNHEALTHY || streak + 1 >= threshold) {
      return new NodeHealth(State.UNHEALTHY, 0, failure.reason(), failure.description());
    }
    return new NodeHealth(state, streak + 1, reason, description);
  }
}
