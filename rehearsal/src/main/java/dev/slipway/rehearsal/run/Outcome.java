package dev.slipway.rehearsal.run;

import dev.slipway.rehearsal.fault.Fault;
import dev.slipway.validation.check.CheckResult;
import dev.slipway.validation.check.Severity;
import dev.slipway.validation.report.Report;
import dev.slipway.validation.report.Verdict;
import java.util.List;

/**
 * What became of a trial.
 *
 * @param fault what was made
 * @param verdict the verifier's word
 * @param failed the checks that failed
 * @param causes the causes that it named, in order
 * @param advice the causes that it told without failing for them
 * @param said the first cause in full, else the first failed check
 * @param seconds how long it took, in the world's time
 * @param trouble why the trial itself came to nothing; empty when it did not
 */
public record Outcome(
    Fault fault,
    Verdict verdict,
    List<String> failed,
    List<String> causes,
    List<String> advice,
    String said,
    double seconds,
    String trouble) {

  /** The outcome that a report tells. */
  static Outcome of(Fault fault, Report report) {
    List<CheckResult> failed =
        report.checks().stream().filter(c -> c.status() == CheckResult.Status.FAIL).toList();
    String said =
        report.causes().stream()
            .map(c -> c.resource() + ": " + c.explanation())
            .findFirst()
            .or(() -> failed.stream().map(c -> c.id() + ": " + c.observed()).findFirst())
            .orElse(report.reason());
    return new Outcome(
        fault,
        report.verdict(),
        failed.stream().map(CheckResult::id).toList(),
        report.causes().stream().map(c -> c.id()).distinct().toList(),
        report.advice().stream().map(c -> c.id()).distinct().toList(),
        said,
        report.decidedAfter().toMillis() / 1000.0,
        "");
  }

  /** The outcome of a trial that could not be made. */
  static Outcome broken(Fault fault, Throwable why) {
    return new Outcome(
        fault,
        Verdict.UNKNOWN,
        List.of(),
        List.of(),
        List.of(),
        "",
        0,
        why.getClass().getSimpleName() + ": " + why.getMessage());
  }

  /** Whether the trial itself came to nothing. */
  public boolean isBroken() {
    return !trouble.isEmpty();
  }

  /**
   * Whether the verifier failed the deployment. What is of low severity it does not fail for, by
   * default: there it is enough that it tells of it.
   */
  public boolean detected() {
    return verdict == Verdict.FAIL || advised();
  }

  private boolean advised() {
    return fault.severity() == Severity.LOW && advice.stream().anyMatch(fault::isNamedBy);
  }

  /** Whether a check failed that shall see the fault. */
  public boolean seenAsExpected() {
    return fault.checks().isEmpty() || failed.stream().anyMatch(fault.checks()::contains);
  }

  /** Whether the first cause is a right one. */
  public boolean named() {
    return verdict == Verdict.FAIL
        ? !causes.isEmpty() && fault.isNamedBy(causes.getFirst())
        : advised();
  }
}
