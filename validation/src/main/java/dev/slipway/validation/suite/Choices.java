package dev.slipway.validation.suite;

import dev.slipway.validation.check.Severity;
import java.util.Map;
import java.util.Optional;

/**
 * What a user leaves out of a verification.
 *
 * @param failOn the least severity of a flaw that fails; lesser ones are advice
 * @param skips ids of checks or causes that are not looked at, each with the reason
 */
public record Choices(Severity failOn, Map<String, String> skips) {

  /** Everything is looked at; flaws of low severity are advice. */
  public static final Choices NORMAL = new Choices(Severity.MEDIUM, Map.of());

  /** Why a check or cause is not looked at, when it is not. */
  public Optional<String> skipped(String id) {
    return Optional.ofNullable(skips.get(id));
  }
}
