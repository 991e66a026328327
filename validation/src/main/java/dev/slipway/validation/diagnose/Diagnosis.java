package dev.slipway.validation.diagnose;

import dev.slipway.validation.check.Goal;
import dev.slipway.validation.observe.Snapshot;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** From a snapshot to its causes, the root first. A pure function. */
public final class Diagnosis {

  private static final List<Rule> RULES =
      List.of(
          new EndpointPolicyRule(),
          new RoleRule(),
          new NetworkRule(),
          new ImageRule(),
          new LogGroupRule(),
          new TargetRule(),
          new ExitRule(),
          new RolloutRule(),
          new FrontDoorRule(),
          new PostureRule());

  private Diagnosis() {}

  /**
   * The causes that can be seen. A symptom is a cause only when nothing else is seen; otherwise
   * what it says becomes evidence of the first cause.
   */
  public static List<Cause> of(Snapshot snapshot, Goal goal) {
    Case seen = new Case(snapshot, goal);
    Map<String, Cause> found = new LinkedHashMap<>();
    for (Rule rule : RULES) {
      for (Cause cause : rule.look(seen)) {
        found.merge(cause.id() + " " + cause.resource(), cause, (a, b) -> a.with(b.evidence()));
      }
    }
    List<Cause> causes = new ArrayList<>(found.values());
    causes.sort(Comparator.comparing(Cause::rank));
    return withoutSymptoms(causes);
  }

  private static List<Cause> withoutSymptoms(List<Cause> causes) {
    List<Cause> roots =
        new ArrayList<>(
            causes.stream().filter(c -> c.rank().compareTo(Cause.Rank.POSTURE) < 0).toList());
    List<Cause> posture = causes.stream().filter(c -> c.rank() == Cause.Rank.POSTURE).toList();
    List<Cause> symptoms = causes.stream().filter(c -> c.rank() == Cause.Rank.SYMPTOM).toList();
    if (roots.isEmpty()) {
      return joined(rollbackFirst(symptoms), posture);
    }
    List<String> consequences =
        symptoms.stream().map(s -> "consequence: " + s.explanation()).toList();
    roots.set(0, roots.getFirst().with(consequences));
    return joined(roots, posture);
  }

  /** What does not keep the service from serving comes last, the worst of it first. */
  private static List<Cause> joined(List<Cause> first, List<Cause> posture) {
    List<Cause> all = new ArrayList<>(first);
    posture.stream()
        .filter(p -> first.stream().noneMatch(c -> c.id().equals(p.id())))
        .sorted(Comparator.comparing(Cause::severity).reversed())
        .forEach(all::add);
    return List.copyOf(all);
  }

  /** With no root in sight, a rollback says most; what else is seen tells why it came. */
  private static List<Cause> rollbackFirst(List<Cause> symptoms) {
    List<Cause> ordered = new ArrayList<>(symptoms);
    ordered.sort(Comparator.comparing(c -> !RolloutRule.ROLLBACK.equals(c.id())));
    if (ordered.size() > 1 && RolloutRule.ROLLBACK.equals(ordered.getFirst().id())) {
      List<String> others = ordered.stream().skip(1).map(Cause::explanation).toList();
      ordered.set(0, ordered.getFirst().with(others));
    }
    return List.copyOf(ordered);
  }
}
