package dev.slipway.validation.suite;

import java.time.Duration;

/**
 * How long a verification may take.
 *
 * @param timeout the whole of it
 * @param afterFailure how long checks that still wait may go on once another has failed
 * @param soak how many observations must stay sound once all checks hold
 */
public record Limits(Duration timeout, Duration afterFailure, int soak) {

  /** Ten minutes, as long as AWS's own waiters; two observations of soak. */
  public static final Limits NORMAL = new Limits(Duration.ofMinutes(10), Duration.ofSeconds(3), 2);

  /** These with another timeout. */
  public Limits within(Duration other) {
    return new Limits(other, afterFailure, soak);
  }
}
