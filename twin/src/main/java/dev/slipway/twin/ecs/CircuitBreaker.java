package dev.slipway.twin.ecs;

/**
 * When a deployment has failed too often.
 *
 * <p>Source: ECS developer guide, deployment-circuit-breaker: half the desired count, rounded up,
 * but at least 3 and at most 200, of the latest desired count. The newer settings {@code
 * thresholdConfiguration} and {@code resetOnHealthyTask} are not in the SDK's model yet; their
 * defaults hold.
 */
final class CircuitBreaker {

  private static final int PERCENT = 50;
  private static final int LEAST = 3;
  private static final int MOST = 200;

  private CircuitBreaker() {}

  /** The number of failed tasks at which the breaker trips. */
  static int threshold(int desired) {
    int share = Math.toIntExact(Math.ceilDiv((long) desired * PERCENT, 100));
    return Math.clamp(share, LEAST, MOST);
  }

  /** Whether the failures reach the threshold. */
  static boolean trips(int failures, int desired) {
    return failures >= threshold(desired);
  }
}
