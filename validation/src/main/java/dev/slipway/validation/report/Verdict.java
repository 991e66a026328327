package dev.slipway.validation.report;

import dev.slipway.validation.check.CheckResult;
import java.util.List;

/** What a verification says in one word. */
public enum Verdict {
  /** The service that was meant is the service that serves. */
  PASS,
  /** It is not. */
  FAIL,
  /** It could not be found out. */
  UNKNOWN;

  /** One failed check fails; one that could not be made, or no check at all, leaves it open. */
  public static Verdict of(List<CheckResult> results) {
    if (results.stream().anyMatch(r -> r.status() == CheckResult.Status.FAIL)) {
      return FAIL;
    }
    boolean open =
        results.stream().anyMatch(CheckResult::blind)
            || results.stream().noneMatch(r -> r.status() == CheckResult.Status.PASS);
    return open ? UNKNOWN : PASS;
  }
}
