package dev.slipway.validation.suite;

import dev.slipway.validation.check.Check;
import dev.slipway.validation.check.CheckResult;
import dev.slipway.validation.check.FrontDoorCheck;
import dev.slipway.validation.check.Goal;
import dev.slipway.validation.check.Judgement;
import dev.slipway.validation.check.ProbeCheck;
import dev.slipway.validation.check.posture.PostureCheck;
import dev.slipway.validation.check.posture.Postures;
import dev.slipway.validation.diagnose.Cause;
import dev.slipway.validation.diagnose.Diagnosis;
import dev.slipway.validation.observe.Arns;
import dev.slipway.validation.observe.Entrance;
import dev.slipway.validation.observe.Gap;
import dev.slipway.validation.observe.Observations;
import dev.slipway.validation.observe.Snapshot;
import dev.slipway.validation.observe.Unanswered;
import dev.slipway.validation.observe.Wanted;
import dev.slipway.validation.observe.WrongAddress;
import dev.slipway.validation.report.Chain;
import dev.slipway.validation.report.Progress;
import dev.slipway.validation.report.Report;
import dev.slipway.validation.report.Scene;
import dev.slipway.validation.report.Timeline;
import dev.slipway.validation.report.TimelineRecorder;
import dev.slipway.validation.report.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One verification of one service: many checks over one observer. A check is waited for until it
 * holds, until it cannot hold any more, until its cause can be seen, or until its time is over.
 */
public final class Verification {

  private static final int EVENTS = 5;

  private final Observations observations;
  private final Wanted wanted;
  private final Limits limits;
  private final Choices choices;
  private final InstantSource time;
  private final Progress progress;
  private final Instant begun;
  private final List<CheckResult> results = new ArrayList<>();
  private final TimelineRecorder timeline = new TimelineRecorder();
  private Instant failedAt = Instant.MAX;
  private Snapshot last;

  /** A verification whose time runs from now. */
  public Verification(
      Observations observations,
      Wanted wanted,
      Limits limits,
      Choices choices,
      InstantSource time,
      Progress progress) {
    this.observations = observations;
    this.wanted = wanted;
    this.limits = limits;
    this.choices = choices;
    this.time = time;
    this.progress = progress;
    this.begun = time.instant();
  }

  /**
   * Waits for a check.
   *
   * @return what became of it
   * @throws Unanswered when AWS cannot be asked
   * @throws WrongAddress when there is no such service
   * @throws InterruptedException when interrupted
   */
  public synchronized CheckResult await(Check check)
      throws Unanswered, WrongAddress, InterruptedException {
    Instant since = time.instant();
    Instant impatientSince = since;
    Optional<String> skip = choices.skipped(check.id());
    if (skip.isPresent()) {
      return done(
          CheckResult.of(
              check,
              new Goal(wanted, "", "", "", ""),
              new Judgement.Skipped("left out: " + skip.get(), false),
              choices.failOn()));
    }
    last = observations.after(0, begun.plus(limits.timeout()));
    while (true) {
      timeline.add(last);
      Goal goal = Goal.of(last, wanted);
      Judgement judgement = check.judge(last, goal);
      boolean answersAreOnTheirWay =
          check instanceof PostureCheck
              || (check instanceof FrontDoorCheck && !last.probe().made());
      if (!(judgement instanceof Judgement.NotYet waiting)
          || (decided(goal) && !answersAreOnTheirWay)) {
        return done(CheckResult.of(check, goal, judgement, choices.failOn()));
      }
      if (waiting.patience().equals(Judgement.UNLIMITED)) {
        impatientSince = time.instant();
      }
      Instant until = until(impatientSince, waiting.patience());
      progress.news(events(last));
      progress.waiting(check, judgement.observed(), Duration.between(since, time.instant()));
      Snapshot next = next(until);
      if (next.number() == last.number() && !time.instant().isBefore(until)) {
        return done(CheckResult.of(check, goal, late(check, goal, judgement), choices.failOn()));
      }
      last = next;
    }
  }

  /** Patience does not run out over what nobody could look at: then there is the whole time. */
  private Snapshot next(Instant until) throws Unanswered, WrongAddress, InterruptedException {
    try {
      return observations.after(last.number(), until);
    } catch (Unanswered e) {
      Instant end = begun.plus(limits.timeout());
      if (!e.trouble().passing() || !until.isBefore(end)) {
        throw e;
      }
      return observations.after(last.number(), end);
    }
  }

  /** What is only read beside the rest fails nothing by coming late, nor what nobody has asked. */
  private Judgement late(Check check, Goal goal, Judgement judgement) {
    if (check instanceof FrontDoorCheck door && door.unasked(last, goal)) {
      return new Judgement.Skipped("no request could be sent in time", true);
    }
    return check instanceof PostureCheck
        ? new Judgement.Skipped("could not be read in time", false)
        : judgement;
  }

  /** Watches for a little longer that what holds keeps holding. */
  public synchronized CheckResult soak() throws Unanswered, WrongAddress, InterruptedException {
    last = observations.after(0, begun.plus(limits.timeout()));
    Soak soak = new Soak(observations, wanted, limits, time);
    CheckResult result = soak.run(last, begun.plus(limits.timeout()).plus(limits.soakTime()));
    last = soak.last();
    return done(result);
  }

  /** Whether a check can be made at all with what was given. */
  public synchronized boolean asks(PostureCheck check)
      throws Unanswered, WrongAddress, InterruptedException {
    last = observations.after(0, begun.plus(limits.timeout()));
    return check.asked(last);
  }

  /**
   * Judges what steady requests have come to, without waiting.
   *
   * @return empty when nobody asked for them
   */
  public synchronized Optional<CheckResult> probe()
      throws Unanswered, WrongAddress, InterruptedException {
    last = observations.after(0, begun.plus(limits.timeout()));
    timeline.add(last);
    if (!last.traffic().asked()) {
      return Optional.empty();
    }
    ProbeCheck check = new ProbeCheck();
    Goal goal = Goal.of(last, wanted);
    Judgement judgement =
        choices
            .skipped(check.id())
            .<Judgement>map(why -> new Judgement.Skipped("left out: " + why, false))
            .orElseGet(() -> check.judge(last, goal));
    return Optional.of(done(CheckResult.of(check, goal, judgement, choices.failOn())));
  }

  /** Whether a check has failed. */
  public synchronized boolean failed() {
    return !failedAt.equals(Instant.MAX);
  }

  /** The results so far. */
  public synchronized List<CheckResult> results() {
    return List.copyOf(results);
  }

  /** What was found out. */
  public synchronized Report report() {
    return report("");
  }

  /**
   * What was found out until AWS could no longer be asked.
   *
   * @param reason why the verdict is open; empty when the results decide
   */
  public synchronized Report report(String reason) {
    progress.end();
    heedLateFailures();
    Verdict verdict = reason.isEmpty() ? Verdict.of(results) : Verdict.UNKNOWN;
    Duration took = Duration.between(begun, time.instant());
    if (last == null) {
      return new Report(
          verdict,
          reason,
          new Report.Subject(Arns.last(wanted.cluster()), Arns.last(wanted.service()), "", ""),
          Chain.EMPTY,
          results,
          List.of(),
          List.of(),
          List.of(),
          wanted.url(),
          begun,
          took,
          Timeline.EMPTY,
          Scene.EMPTY);
    }
    Goal goal = Goal.of(last, wanted);
    List<Cause> seen =
        Diagnosis.of(last, goal).stream()
            .filter(c -> choices.skipped(c.id()).isEmpty())
            .filter(c -> c.rank() != Cause.Rank.POSTURE || looked(c))
            .toList();
    List<Cause> causes =
        verdict == Verdict.FAIL ? seen.stream().filter(this::fails).toList() : List.of();
    List<Cause> advice =
        seen.stream().filter(c -> c.rank() == Cause.Rank.POSTURE && !causes.contains(c)).toList();
    return new Report(
        verdict,
        verdict == Verdict.UNKNOWN && reason.isEmpty() ? open() : reason,
        new Report.Subject(
            Arns.last(wanted.cluster()),
            last.rollout().service().serviceName(),
            last.region(),
            last.account()),
        Chain.of(last, goal, results),
        List.copyOf(results),
        causes,
        advice,
        last.rollout().service().events().stream().limit(EVENTS).map(e -> e.message()).toList(),
        Entrance.find(last.frontDoor(), last.rollout().service(), wanted)
            .map(e -> e.url().toString())
            .orElse(wanted.url()),
        last.observedAt(),
        took,
        timeline.timeline(),
        Scene.of(last, goal, causes),
        last.gaps().values().stream().map(Gap::sentence).sorted().toList());
  }

  /** A request that was on its way when the probe was judged may have failed since. */
  private void heedLateFailures() {
    ProbeCheck check = new ProbeCheck();
    for (int i = 0; i < results.size(); i++) {
      CheckResult before = results.get(i);
      if (before.id().equals(check.id()) && before.status() == CheckResult.Status.PASS) {
        Goal goal = Goal.of(last, wanted);
        CheckResult now = CheckResult.of(check, goal, check.judge(last, goal), choices.failOn());
        if (now.status() == CheckResult.Status.FAIL) {
          results.set(i, now);
        }
      }
    }
  }

  private boolean fails(Cause cause) {
    return cause.rank() != Cause.Rank.POSTURE || cause.severity().compareTo(choices.failOn()) >= 0;
  }

  /** Whether a check that was made looks for the cause. */
  private boolean looked(Cause cause) {
    return Postures.ALL.stream()
        .filter(c ->
            c.findings(last, Goal.of(last, wanted)).stream()
                .anyMatch(f -> f.cause().equals(cause.id())))
        .filter(c -> choices.skipped(c.id()).isEmpty())
        .anyMatch(c -> results.stream().anyMatch(r -> r.id().equals(c.id())));
  }

  private static List<String> events(Snapshot snapshot) {
    return snapshot.rollout().service().events().stream()
        .limit(EVENTS)
        .map(e -> e.message())
        .toList();
  }

  private String open() {
    return results.stream()
        .filter(CheckResult::blind)
        .map(r -> r.id() + ": " + r.observed())
        .findFirst()
        .orElse("no check could be made");
  }

  /** Waiting is pointless: the cause can be seen, and it does not go away by itself. */
  private boolean decided(Goal goal) {
    return Diagnosis.of(last, goal).stream().anyMatch(Cause::decisive);
  }

  private Instant until(Instant since, Duration patience) {
    Instant until = begun.plus(limits.timeout());
    Instant limited = since.plus(patience);
    if (limited.isBefore(until)) {
      until = limited;
    }
    if (failedAt.isBefore(Instant.MAX) && failedAt.plus(limits.afterFailure()).isBefore(until)) {
      until = failedAt.plus(limits.afterFailure());
    }
    return until;
  }

  private CheckResult done(CheckResult result) {
    results.add(result);
    if (result.status() == CheckResult.Status.FAIL && failedAt.equals(Instant.MAX)) {
      failedAt = time.instant();
    }
    progress.done(result);
    return result;
  }
}
