package dev.slipway.validation.preflight;

import dev.slipway.validation.check.CheckResult;
import dev.slipway.validation.check.Goal;
import dev.slipway.validation.diagnose.Cause;
import dev.slipway.validation.diagnose.Foresight;
import dev.slipway.validation.observe.Arns;
import dev.slipway.validation.observe.Snapshot;
import dev.slipway.validation.observe.Wanted;
import dev.slipway.validation.report.Chain;
import dev.slipway.validation.report.Report;
import dev.slipway.validation.report.Scene;
import dev.slipway.validation.report.Timeline;
import dev.slipway.validation.report.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The report of what a rollout would come to. Pure. */
public final class Preflight {

  private Preflight() {}

  /** The report on a service that is there, or that no plan makes. */
  public static Report report(
      Snapshot snapshot, Wanted wanted, Names names, Map<String, String> skips, Duration took) {
    return report(snapshot, wanted, Optional.empty(), names, skips, took);
  }

  /**
   * The report.
   *
   * @param snapshot the service as it is or as it is planned
   * @param wanted what is to be rolled out
   * @param applying what would go wrong while a plan is applied; empty when there is no plan
   * @param names how people call the resources, by id or ARN; those that are not in it keep theirs
   * @param skips checks and causes to leave out, with the reason why
   * @param took how long it took to read everything
   */
  public static Report report(
      Snapshot snapshot,
      Wanted wanted,
      Optional<List<Cause>> applying,
      Names names,
      Map<String, String> skips,
      Duration took) {
    Goal goal = Goal.of(snapshot, wanted);
    Foresight.Outlook foreseen = Foresight.of(snapshot, goal);
    Foresight.Outlook outlook = applying.map(foreseen::applied).orElse(foreseen);
    List<Cause> causes = outlook.causes().stream().filter(c -> !skips.containsKey(c.id())).toList();
    List<CheckResult> checks = new ArrayList<>();
    for (CheckResult check : outlook.checks()) {
      checks.add(names.in(skipped(check, outlook.causes(), skips)));
    }
    Verdict verdict = Verdict.of(checks);
    return new Report(
        verdict,
        verdict == Verdict.UNKNOWN ? open(checks) : "",
        new Report.Subject(
            Arns.last(names.in(wanted.cluster())),
            snapshot.rollout().service().serviceName(),
            snapshot.region(),
            snapshot.account()),
        Chain.EMPTY,
        List.copyOf(checks),
        verdict == Verdict.FAIL ? causes.stream().map(names::in).toList() : List.of(),
        List.of(),
        List.of(),
        "",
        snapshot.observedAt(),
        took,
        Timeline.EMPTY,
        Scene.of(snapshot, goal, causes));
  }

  /** A check that is left out, or that failed for causes only that are. */
  private static CheckResult skipped(
      CheckResult check, List<Cause> causes, Map<String, String> skips) {
    Optional<String> reason = Optional.ofNullable(skips.get(check.id()));
    if (reason.isEmpty() && check.status() == CheckResult.Status.FAIL) {
      List<Cause> own =
          causes.stream()
              .filter(c -> check.evidence().contains(c.id() + " " + c.explanation()))
              .toList();
      boolean all = !own.isEmpty() && own.stream().allMatch(c -> skips.containsKey(c.id()));
      reason = all ? Optional.of(skips.get(own.getFirst().id())) : Optional.empty();
    }
    return reason
        .map(why ->
            new CheckResult(
                check.id(),
                check.title(),
                CheckResult.Status.SKIP,
                check.expected(),
                "left out: " + why,
                List.of(),
                false))
        .orElse(check);
  }

  private static String open(List<CheckResult> checks) {
    return checks.stream()
        .filter(CheckResult::blind)
        .map(r -> r.id() + ": " + r.observed())
        .findFirst()
        .orElse("no check could be made");
  }
}
