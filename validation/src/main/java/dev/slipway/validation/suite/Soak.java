package dev.slipway.validation.suite;

import dev.slipway.validation.check.Check;
import dev.slipway.validation.check.CheckResult;
import dev.slipway.validation.check.Checks;
import dev.slipway.validation.check.Goal;
import dev.slipway.validation.check.Judgement;
import dev.slipway.validation.diagnose.Cause;
import dev.slipway.validation.diagnose.Diagnosis;
import dev.slipway.validation.observe.Observations;
import dev.slipway.validation.observe.Snapshot;
import dev.slipway.validation.observe.Tasks;
import dev.slipway.validation.observe.Unanswered;
import dev.slipway.validation.observe.Wanted;
import dev.slipway.validation.observe.WrongAddress;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.ecs.model.Task;

/** Looks a few times more: no task ends by itself, no request fails. */
final class Soak {

  static final String ID = "soak";
  private static final String TITLE = "it stays so";

  private final Observations observations;
  private final Wanted wanted;
  private final Limits limits;
  private final InstantSource time;
  private final Map<String, Lapse> unmet = new HashMap<>();
  private Snapshot now;

  /** A check that held and does not any more. */
  private record Lapse(Instant since, Snapshot seen) {}

  /**
   * What went wrong.
   *
   * @param named whether its cause is seen already
   */
  private record Trouble(String observed, boolean named) {}

  Soak(Observations observations, Wanted wanted, Limits limits, InstantSource time) {
    this.observations = observations;
    this.wanted = wanted;
    this.limits = limits;
    this.time = time;
  }

  /** The newest of what was watched. */
  Snapshot last() {
    return now;
  }

  CheckResult run(Snapshot first, Instant deadline)
      throws Unanswered, WrongAddress, InterruptedException {
    Set<String> before = new HashSet<>(ids(first, Tasks::runs));
    now = first;
    List<String> evidence = new ArrayList<>();
    Instant until = time.instant().plus(limits.soakTime());
    int seen = 0;
    while (seen < limits.soak() || time.instant().isBefore(until)) {
      Snapshot next = observations.after(now.number(), deadline);
      if (next.number() == now.number()) {
        return result(CheckResult.Status.SKIP, "no time was left to watch", evidence);
      }
      if (!next.observedAt().equals(now.observedAt())) {
        seen++;
        if (seen <= limits.soak()) {
          evidence.add("observed at " + next.observedAt());
        }
      }
      now = next;
      Optional<Trouble> trouble = trouble(now, before);
      if (trouble.isPresent()) {
        if (!trouble.get().named()) {
          untilItIsExplained();
        }
        return result(CheckResult.Status.FAIL, trouble.get().observed(), evidence);
      }
      before.addAll(ids(now, Tasks::runs));
    }
    return result(
        CheckResult.Status.PASS,
        seen + " observations%s, nothing changed".formatted(over()),
        evidence);
  }

  private String over() {
    return limits.soakTime().isZero() ? "" : " over " + limits.soakTime().toSeconds() + " s";
  }

  private Optional<Trouble> trouble(Snapshot snapshot, Set<String> before) {
    for (Task task : snapshot.tasks()) {
      // Scaling in, or a newer deployment, ends tasks too: that is no fault.
      if (before.contains(task.taskArn()) && Tasks.failed(task)) {
        return unexplained("task " + Tasks.id(task) + " ended: " + task.stoppedReason());
      }
    }
    Optional<String> failed =
        snapshot.probe().answers().stream()
            .filter(a -> a.status() == 0 || a.status() >= 500)
            .map(a -> "GET " + snapshot.probe().url() + ": " + a.outcome())
            .findFirst();
    return failed.isPresent() ? unexplained(failed.get()) : checks(snapshot);
  }

  private static Optional<Trouble> unexplained(String observed) {
    return Optional.of(new Trouble(observed, false));
  }

  /**
   * What held may cease to for a moment, while tasks are replaced: not for longer than its check
   * allows, and not once there is a cause that does not go away by itself. What a check would wait
   * for at the start, such as a rule that is yet to be made, is here gone again: two looks at it
   * and its cause are enough.
   */
  private Optional<Trouble> checks(Snapshot snapshot) {
    Goal goal = Goal.of(snapshot, wanted);
    List<Cause> causes = Diagnosis.of(snapshot, goal);
    boolean decisive = causes.stream().anyMatch(Cause::decisive);
    boolean known = causes.stream().anyMatch(Soak::root);
    if (decisive && snapshot.probe().overdue()) {
      String url = snapshot.probe().url();
      long seconds = snapshot.probe().silence().toSeconds();
      return Optional.of(new Trouble("GET %s: no answer for %d s".formatted(url, seconds), true));
    }
    for (Check check : Checks.ALL) {
      switch (check.judge(snapshot, goal)) {
        case Judgement.Broken broken -> {
          return unexplained(check.id() + ": " + broken.observed());
        }
        case Judgement.NotYet waiting -> {
          Lapse lapse = unmet.computeIfAbsent(check.id(), _ -> new Lapse(time.instant(), snapshot));
          boolean again = !lapse.seen().observedAt().equals(snapshot.observedAt());
          boolean over = time.instant().isAfter(lapse.since().plus(waiting.patience()));
          boolean named = again && known && waiting.patience().compareTo(Judgement.UNLIMITED) < 0;
          if (decisive || named || over) {
            return Optional.of(new Trouble(check.id() + ": " + waiting.observed(), named));
          }
        }
        default -> unmet.remove(check.id());
      }
    }
    return Optional.empty();
  }

  /** What explains a failure is read once there is one. */
  private void untilItIsExplained() throws Unanswered, WrongAddress, InterruptedException {
    Instant until = time.instant().plus(limits.afterFailure());
    while (!explained() && time.instant().isBefore(until)) {
      now = observations.after(now.number(), until);
    }
  }

  private boolean explained() {
    boolean read = now.surroundings().read();
    return Diagnosis.of(now, Goal.of(now, wanted)).stream()
        .anyMatch(c -> c.decisive() || (read && root(c)));
  }

  private static boolean root(Cause cause) {
    return cause.rank().compareTo(Cause.Rank.POSTURE) < 0;
  }

  private static Set<String> ids(Snapshot snapshot, java.util.function.Predicate<Task> which) {
    return snapshot.tasks().stream().filter(which).map(Task::taskArn).collect(Collectors.toSet());
  }

  private static CheckResult result(
      CheckResult.Status status, String observed, List<String> evidence) {
    return new CheckResult(
        ID,
        TITLE,
        status,
        "no task ends by itself and no request fails",
        observed,
        List.copyOf(evidence),
        false);
  }
}
