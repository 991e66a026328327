package dev.slipway.validation.diagnose;

import dev.slipway.validation.check.CheckResult;
import dev.slipway.validation.check.CheckResult.Status;
import dev.slipway.validation.check.Goal;
import dev.slipway.validation.observe.Gap;
import dev.slipway.validation.observe.Snapshot;
import dev.slipway.validation.observe.Trouble;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a rollout would come to, were it begun now: the rules of the {@link Diagnosis} before
 * anything has failed. Only what would surely fail is a cause; what cannot be known is a skip. A
 * pure function.
 */
public final class Foresight {

  private Foresight() {}

  /**
   * What was foreseen.
   *
   * @param checks what became of each check
   * @param causes why the rollout would fail, the root first
   */
  public record Outlook(List<CheckResult> checks, List<Cause> causes) {

    /** This with what would go wrong while a plan is applied. */
    public Outlook applied(List<Cause> more) {
      List<CheckResult> all = new ArrayList<>(checks);
      List<String> evidence = more.stream().map(c -> c.id() + " " + c.explanation()).toList();
      all.add(
          new CheckResult(
              "apply",
              "Terraform can apply the plan",
              more.isEmpty() ? Status.SKIP : Status.FAIL,
              "nothing made that is there, nothing taken away that is used, no task stopped that"
                  + " auto scaling runs",
              more.isEmpty()
                  ? "the plan does nothing that is known to fail so"
                  : more.getFirst().explanation(),
              evidence,
              false));
      List<Cause> ordered = new ArrayList<>(more);
      ordered.addAll(causes);
      ordered.sort(Comparator.comparing(Cause::rank));
      return new Outlook(List.copyOf(all), List.copyOf(ordered));
    }
  }

  /** The outlook for the wanted revision of a service, as the snapshot shows or plans it. */
  public static Outlook of(Snapshot snapshot, Goal goal) {
    Case seen = new Case(snapshot, goal);
    List<CheckResult> checks = new ArrayList<>();
    Map<String, Cause> causes = new LinkedHashMap<>();
    for (Topic topic : Topic.ALL) {
      List<Gap> gaps = topic.needs().stream().flatMap(a -> snapshot.gap(a).stream()).toList();
      Optional<String> idle =
          gaps.stream().anyMatch(g -> g.action().equals(Topic.DEFINITION))
              ? Optional.empty()
              : topic.idle().apply(seen);
      Map<String, Cause> found = new LinkedHashMap<>();
      if (gaps.isEmpty() && idle.isEmpty()) {
        topic.foretell(seen).forEach(c -> add(found, c));
      }
      found.values().forEach(c -> add(causes, c));
      checks.add(result(topic, seen, gaps, idle, List.copyOf(found.values())));
    }
    List<Cause> ordered = new ArrayList<>(causes.values());
    ordered.sort(Comparator.comparing(Cause::rank));
    return new Outlook(List.copyOf(checks), List.copyOf(ordered));
  }

  /** The same cause is said once, with all that shows it. */
  private static void add(Map<String, Cause> causes, Cause cause) {
    causes.merge(cause.id() + " " + cause.resource(), cause, (a, b) -> a.with(b.evidence()));
  }

  private static CheckResult result(
      Topic topic, Case seen, List<Gap> gaps, Optional<String> idle, List<Cause> found) {
    if (idle.isPresent()) {
      return result(topic, Status.SKIP, idle.get(), List.of(), false);
    }
    if (!gaps.isEmpty()) {
      List<String> why = gaps.stream().map(Gap::sentence).distinct().toList();
      boolean blind = gaps.stream().anyMatch(g -> g.trouble() != Trouble.PLANNED);
      return result(topic, Status.SKIP, String.join("; ", why), List.of(), blind);
    }
    if (found.isEmpty()) {
      return result(topic, Status.PASS, topic.fine().apply(seen), List.of(), false);
    }
    List<String> evidence =
        found.stream().map(c -> c.id() + " " + c.explanation()).distinct().toList();
    String more = evidence.size() == 1 ? "" : " (and %d more)".formatted(evidence.size() - 1);
    return result(topic, Status.FAIL, found.getFirst().explanation() + more, evidence, false);
  }

  private static CheckResult result(
      Topic topic, Status status, String observed, List<String> evidence, boolean blind) {
    return new CheckResult(
        topic.id(), topic.title(), status, topic.expected(), observed, evidence, blind);
  }
}
