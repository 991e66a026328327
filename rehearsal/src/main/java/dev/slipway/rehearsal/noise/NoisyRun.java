package dev.slipway.rehearsal.noise;

import dev.slipway.validation.check.CheckResult;
import dev.slipway.validation.report.Report;
import dev.slipway.validation.report.Verdict;
import java.util.stream.Collectors;

/**
 * What the verifier said of one healthy deployment.
 *
 * @param weather what it met
 * @param verdict the verifier's word
 * @param said why, where the word is not that all is well
 * @param struck how many API calls were refused, reset or delayed
 * @param seconds how long the verifier waited, in the world's time
 * @param trouble why the trial itself came to nothing; empty when it did not
 */
public record NoisyRun(
    Weather weather, Verdict verdict, String said, int struck, double seconds, String trouble) {

  static NoisyRun of(Weather weather, Report report, int struck) {
    String failed =
        report.checks().stream()
            .filter(c -> c.status() == CheckResult.Status.FAIL)
            .map(c -> c.id() + ": " + c.observed())
            .collect(Collectors.joining("; "));
    String causes = report.causes().stream().map(c -> c.id()).collect(Collectors.joining(", "));
    String said =
        switch (report.verdict()) {
          case PASS -> "";
          case UNKNOWN -> report.reason();
          case FAIL -> failed + (causes.isEmpty() ? "" : " [" + causes + "]");
        };
    return new NoisyRun(
        weather, report.verdict(), said, struck, report.decidedAfter().toMillis() / 1000.0, "");
  }

  static NoisyRun broken(Weather weather, Throwable why) {
    return new NoisyRun(
        weather,
        Verdict.UNKNOWN,
        "",
        0,
        0,
        why.getClass().getSimpleName() + ": " + why.getMessage());
  }

  /** Whether the trial itself came to nothing. */
  public boolean isBroken() {
    return !trouble.isEmpty();
  }

  /** Whether the verifier failed what is healthy. */
  public boolean isFalseAlarm() {
    return verdict == Verdict.FAIL;
  }
}
