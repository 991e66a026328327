package dev.slipway.validation.check;

import java.util.List;

/**
 * What became of a check.
 *
 * @param id the check's id
 * @param title what it makes sure of
 * @param status whether it holds
 * @param expected what was expected
 * @param observed what was seen last, or why the check could not be made
 * @param evidence what supports it
 * @param blind true for a skipped check that leaves the verdict open
 */
public record CheckResult(
    String id,
    String title,
    Status status,
    String expected,
    String observed,
    List<String> evidence,
    boolean blind) {

  /** Whether a check holds. */
  public enum Status {
    /** It holds. */
    PASS,
    /** It does not. */
    FAIL,
    /** It was not or could not be made. */
    SKIP
  }

  /**
   * The result of a check by its last judgement.
   *
   * @param failOn the least severity of a flaw that fails the check
   */
  public static CheckResult of(Check check, Goal goal, Judgement last, Severity failOn) {
    Status status =
        switch (last) {
          case Judgement.Holds _ -> Status.PASS;
          case Judgement.Skipped _ -> Status.SKIP;
          case Judgement.Broken _, Judgement.NotYet _ -> Status.FAIL;
          case Judgement.Flawed flawed when flawed.worst().compareTo(failOn) >= 0 -> Status.FAIL;
          case Judgement.Flawed flawed -> flawed.unread().isEmpty() ? Status.PASS : Status.SKIP;
        };
    String observed =
        last instanceof Judgement.Flawed flawed && status == Status.SKIP
            ? String.join("; ", flawed.unread()) + "; beside that, " + flawed.observed()
            : last.observed();
    boolean blind = last instanceof Judgement.Skipped s && s.blind();
    return new CheckResult(
        check.id(), check.title(), status, check.expected(goal), observed, last.evidence(), blind);
  }
}
