package dev.slipway.validation.suite;

import java.time.Duration;

/**
 * How long a verification may take.
 *
 * @param timeout the whole of it
 * @param afterFailure how long checks that still wait may go on once another has failed
 * @param soak how many observations must stay sound once all checks hold
 * @param soakTime how long they must stay sound, at the least
 */
public record Limits(Duration timeout, Duration afterFailure, int soak, Duration soakTime) {

  /** Ten minutes, as long as AWS's own waiters; two observations of soak. */
  public static final Limits NORMAL =
      new Limits(Duration.ofMinutes(10), Duration.ofSeconds(3), 2, Duration.ZERO);

  /** These with another timeout. */
  public Limits within(Duration other) {
    return new Limits(other, afterFailure, soak, soakTime);
  }

  /** These with a soak of some time. */
  public Limits soaking(Duration time) {
    return new Limits(timeout, afterFailure, soak, time);
  }
}
