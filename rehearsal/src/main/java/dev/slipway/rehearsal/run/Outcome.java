package dev.slipway.rehearsal.run;

import dev.slipway.rehearsal.fault.Fault;
import dev.slipway.rehearsal.peer.Heard;
import dev.slipway.rehearsal.stage.Kind;
import dev.slipway.validation.check.CheckResult;
import dev.slipway.validation.check.Severity;
import dev.slipway.validation.diagnose.Cause;
import dev.slipway.validation.report.Report;
import dev.slipway.validation.report.Verdict;
import dev.slipway.validation.sweep.Leftover;
import dev.slipway.validation.sweep.Sweep;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What became of a trial.
 *
 * @param fault what was made
 * @param verdict the verifier's word
 * @param failed the checks that failed
 * @param causes the causes that it named, in order
 * @param advice the causes that it told without failing for them
 * @param resource the resource of the first cause; of a sweep the thing that the fault left, where
 *     it lists it; empty when there is none
 * @param said the first cause in full, else the first failed check
 * @param seconds how long it waited, in the world's time
 * @param peers what the others said
 * @param trouble why the trial itself came to nothing; empty when it did not
 */
public record Outcome(
    Fault fault,
    Verdict verdict,
    List<String> failed,
    List<String> causes,
    List<String> advice,
    String resource,
    String said,
    double seconds,
    List<Heard> peers,
    String trouble) {

  /** A shorter name stands in messages by chance. */
  private static final int SHORTEST = 6;

  /** The outcome that a report tells, without what is known of the stack as it is. */
  static Outcome of(Fault fault, Report report, Known known) {
    List<Cause> causes =
        report.causes().stream().filter(c -> !known.causes().contains(c.id())).toList();
    List<CheckResult> failed =
        report.checks().stream()
            .filter(c -> c.status() == CheckResult.Status.FAIL)
            .filter(c -> !causes.isEmpty() || !known.checks().contains(c.id()))
            .toList();
    boolean asBefore = report.verdict() == Verdict.FAIL && failed.isEmpty() && causes.isEmpty();
    String said =
        causes.stream()
            .map(c -> c.resource() + ": " + c.explanation())
            .findFirst()
            .or(() -> failed.stream().map(c -> c.id() + ": " + c.observed()).findFirst())
            .orElse(report.reason());
    return new Outcome(
        fault,
        asBefore && !known.checks().isEmpty() ? Verdict.PASS : report.verdict(),
        failed.stream().map(CheckResult::id).toList(),
        causes.stream().map(Cause::id).distinct().toList(),
        known.without(report.advice().stream().map(Cause::id).distinct().toList()),
        causes.stream().map(Cause::resource).findFirst().orElse(""),
        said,
        report.decidedAfter().toMillis() / 1000.0,
        List.of(),
        "");
  }

  /**
   * The outcome of a sweep after the stack was destroyed: what is left is what is told, without
   * what is left of the stack as it is.
   *
   * @param made the ids of what the fault itself leaves
   */
  static Outcome of(
      Fault fault, Sweep.Findings findings, Set<String> made, double seconds, Known known) {
    List<Leftover> left =
        findings.found().stream().filter(l -> !known.causes().contains(l.type())).toList();
    boolean blind = left.isEmpty() && !findings.gaps().isEmpty();
    return new Outcome(
        fault,
        blind ? Verdict.UNKNOWN : left.isEmpty() ? Verdict.PASS : Verdict.FAIL,
        left.isEmpty() ? List.of() : List.of("sweep"),
        left.stream().map(Leftover::type).distinct().toList(),
        List.of(),
        left.stream()
            .filter(l -> fault.isNamedBy(l.type()) && made.contains(l.id()))
            .map(Leftover::id)
            .findFirst()
            .orElse(""),
        left.stream().map(l -> l.type() + " " + l.id()).collect(Collectors.joining(", ")),
        seconds,
        List.of(),
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
        "",
        0,
        List.of(),
        why.getClass().getSimpleName() + ": " + why.getMessage());
  }

  /** This with what the others said. */
  Outcome with(List<Heard> heard) {
    return new Outcome(
        fault,
        verdict,
        failed,
        causes,
        advice,
        resource,
        said,
        seconds,
        List.copyOf(heard),
        trouble);
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

  /**
   * Whether the first cause is a right one. What a sweep lists is all the same to it: it must list
   * the very thing that the fault left.
   */
  public boolean named() {
    if (fault.kind() == Kind.DESTROY) {
      return !resource.isEmpty();
    }
    return verdict == Verdict.FAIL
        ? !causes.isEmpty() && fault.isNamedBy(causes.getFirst())
        : advised();
  }

  /** Whether a peer's message names the resource, or says what the fault's clue is. */
  public boolean namedBy(Heard heard) {
    if (!heard.alarmed()) {
      return false;
    }
    boolean clue =
        !fault.clue().isEmpty() && Pattern.compile(fault.clue()).matcher(heard.words()).find();
    String id = resource.substring(resource.lastIndexOf('/') + 1);
    boolean own = !resource.contains(":service/") && !resource.contains(":cluster/");
    return clue || (named() && own && id.length() >= SHORTEST && heard.words().contains(id));
  }
}
