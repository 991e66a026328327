package dev.slipway.validation.fleet;

import dev.slipway.validation.check.Check;
import dev.slipway.validation.check.CheckResult;
import dev.slipway.validation.check.FrontDoorCheck;
import dev.slipway.validation.check.Goal;
import dev.slipway.validation.check.Judgement;
import dev.slipway.validation.check.RolloutCheck;
import dev.slipway.validation.check.TargetsCheck;
import dev.slipway.validation.check.TasksCheck;
import dev.slipway.validation.observe.Arns;
import dev.slipway.validation.observe.Bulk;
import dev.slipway.validation.observe.Entrance;
import dev.slipway.validation.observe.Gap;
import dev.slipway.validation.observe.Snapshot;
import dev.slipway.validation.observe.Wanted;
import dev.slipway.validation.report.Chain;
import dev.slipway.validation.report.Report;
import dev.slipway.validation.report.Scene;
import dev.slipway.validation.report.Timeline;
import dev.slipway.validation.report.Verdict;
import dev.slipway.validation.suite.Choices;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Judges what was read of many services at once: well, not to be known, or to be looked at. */
final class BulkJudge {

  /** What a look at all services together leaves out. */
  static final List<String> NOT_CHECKED =
      List.of(
          "the image in the registry",
          "task definitions and all posture",
          "tasks that have ended",
          "logs and alarms",
          "which targets are registered, where hosts were only counted by CloudWatch",
          "more than one answer of each service, and that it stays so");

  private final Bulk bulk;
  private final Instant awsNow;

  BulkJudge(Bulk bulk, Instant awsNow) {
    this.bulk = bulk;
    this.awsNow = awsNow;
  }

  /**
   * What was found out of one service.
   *
   * @param report the report as far as it goes
   * @param odd why the service is to be looked at by itself; absent when there is no reason
   */
  record Finding(Report report, Optional<String> odd) {}

  Finding judge(Wanted wanted, Choices choices, Duration took) {
    Snapshot snapshot = bulk.snapshots().get(wanted);
    Goal goal = Goal.of(snapshot, wanted);
    List<CheckResult> results = new ArrayList<>();
    Optional<String> odd = Optional.empty();
    for (Check check : checks(snapshot)) {
      Judgement judgement =
          choices
              .skipped(check.id())
              .<Judgement>map(reason -> new Judgement.Skipped("left out: " + reason, false))
              .orElseGet(() -> check.judge(snapshot, goal));
      results.add(CheckResult.of(check, goal, judgement, choices.failOn()));
      boolean well = judgement instanceof Judgement.Holds || judgement instanceof Judgement.Skipped;
      if (!well && odd.isEmpty()) {
        odd = Optional.of(check.id() + ": " + judgement.observed());
      }
    }
    Verdict verdict = Verdict.of(results);
    // What may not be read will not be read by looking longer.
    boolean blind = results.stream().anyMatch(CheckResult::blind);
    if (odd.isEmpty() && !blind) {
      odd = Doubts.of(snapshot, awsNow);
    }
    return new Finding(report(wanted, snapshot, goal, results, verdict, took), odd);
  }

  private List<Check> checks(Snapshot snapshot) {
    boolean counted =
        snapshot.frontDoor().health().isEmpty()
            && !bulk.gaps().containsKey("elasticloadbalancing:DescribeTargetHealth")
            && !bulk.hosts().isEmpty();
    return List.of(
        new RolloutCheck(),
        new TasksCheck(),
        counted ? new HostCountCheck(bulk.hosts()) : new TargetsCheck(),
        new FrontDoorCheck());
  }

  private static Report report(
      Wanted wanted,
      Snapshot snapshot,
      Goal goal,
      List<CheckResult> results,
      Verdict verdict,
      Duration took) {
    var service = snapshot.rollout().service();
    return new Report(
        verdict,
        results.stream()
            .filter(CheckResult::blind)
            .map(r -> r.id() + ": " + r.observed())
            .findFirst()
            .orElse(""),
        new Report.Subject(
            Arns.last(wanted.cluster()),
            service.serviceName(),
            snapshot.region(),
            snapshot.account()),
        Chain.of(snapshot, goal, results),
        List.copyOf(results),
        List.of(),
        List.of(),
        List.of(),
        Entrance.find(snapshot.frontDoor(), service, wanted)
            .map(e -> e.url().toString())
            .orElse(wanted.url()),
        snapshot.observedAt(),
        took,
        Timeline.EMPTY,
        Scene.EMPTY,
        snapshot.gaps().values().stream().map(Gap::sentence).sorted().toList());
  }
}
