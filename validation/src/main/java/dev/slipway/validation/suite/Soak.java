package dev.slipway.validation.suite;

import dev.slipway.validation.check.Check;
import dev.slipway.validation.check.CheckResult;
import dev.slipway.validation.check.Checks;
import dev.slipway.validation.check.Goal;
import dev.slipway.validation.check.Judgement;
import dev.slipway.validation.observe.Observations;
import dev.slipway.validation.observe.Snapshot;
import dev.slipway.validation.observe.Tasks;
import dev.slipway.validation.observe.Unanswered;
import dev.slipway.validation.observe.Wanted;
import dev.slipway.validation.observe.WrongAddress;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
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

  Soak(Observations observations, Wanted wanted, Limits limits, InstantSource time) {
    this.observations = observations;
    this.wanted = wanted;
    this.limits = limits;
    this.time = time;
  }

  CheckResult run(Snapshot first, Instant deadline)
      throws Unanswered, WrongAddress, InterruptedException {
    Set<String> before = new HashSet<>(ids(first, Tasks::runs));
    Snapshot now = first;
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
      Optional<String> trouble = trouble(now, before);
      if (trouble.isPresent()) {
        return result(CheckResult.Status.FAIL, trouble.get(), evidence);
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

  private Optional<String> trouble(Snapshot snapshot, Set<String> before) {
    for (Task task : snapshot.tasks()) {
      // Scaling in, or a newer deployment, ends tasks too: that is no fault.
      if (before.contains(task.taskArn()) && Tasks.failed(task)) {
        return Optional.of("task " + Tasks.id(task) + " ended: " + task.stoppedReason());
      }
    }
    Optional<String> failed =
        snapshot.probe().answers().stream()
            .filter(a -> a.status() == 0 || a.status() >= 500)
            .map(a -> "GET " + snapshot.probe().url() + ": " + a.outcome())
            .findFirst();
    if (failed.isPresent()) {
      return failed;
    }
    Goal goal = Goal.of(snapshot, wanted);
    for (Check check : Checks.ALL) {
      if (check.judge(snapshot, goal) instanceof Judgement.Broken broken) {
        return Optional.of(check.id() + ": " + broken.observed());
      }
    }
    return Optional.empty();
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
