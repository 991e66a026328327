package dev.slipway.validation.observe;

import java.time.Duration;

/**
 * How often AWS is asked.
 *
 * @param interval the time between two polls
 * @param slowest the longest time between polls while AWS throttles or fails
 * @param silence how long nothing may answer at the start before the observer gives up
 * @param samples requests a round through the front door
 */
public record Pace(Duration interval, Duration slowest, Duration silence, int samples) {

  /** Twice a second: well within AWS's rates (20 a second and operation). */
  public static final Pace NORMAL =
      new Pace(Duration.ofMillis(500), Duration.ofSeconds(16), Duration.ofSeconds(6), 4);

  /** The pause after so many polls that failed one after the other. */
  Duration after(int failures) {
    Duration pause = interval.multipliedBy(1L << Math.min(failures, 10));
    return pause.compareTo(slowest) > 0 ? slowest : pause;
  }
}
