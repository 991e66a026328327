package dev.slipway.twin.ecs;

import dev.slipway.twin.world.Differs;
import java.time.Duration;

/**
 * How long the scheduler waits before it starts another task of a deployment whose tasks never ran.
 *
 * <p>Source: ECS developer guide, service-throttle-logic: the delay grows to at most 15 minutes.
 */
@Differs(
    value = "the first two retries come at once, then the wait doubles from one minute",
    because = "AWS documents the maximum only")
final class StartThrottle {

  private static final Duration FIRST = Duration.ofMinutes(1);
  private static final Duration MOST = Duration.ofMinutes(15);
  private static final int FREE = 2;

  private StartThrottle() {}

  /** The wait after a number of consecutive failed starts. */
  static Duration after(int failures) {
    if (failures <= FREE) {
      return Duration.ZERO;
    }
    int doublings = Math.min(failures - FREE - 1, 10);
    Duration wait = FIRST.multipliedBy(1L << doublings);
    return wait.compareTo(MOST) > 0 ? MOST : wait;
  }
}
