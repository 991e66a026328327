package dev.slipway.validation.diagnose;

import dev.slipway.validation.check.Goal;
import dev.slipway.validation.observe.Snapshot;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** From a snapshot to its causes, the root first. A pure function. */
public final class Diagnosis {

  private static final List<Rule> RULES =
      List.of(
          new EndpointPolicyRule(),
          new RoleRule(),
          new NetworkRule(),
          new SubnetRule(),
          new SecretRule(),
          new ImageRule(),
          new DeployedImageRule(),
          new LogGroupRule(),
          new ContainerRule(),
          new UnexplainedStartRule(),
          new WayInRule(),
          new TargetRule(),
          new TargetGroupRule(),
          new HealthCheckRule(),
          new ExitRule(),
          new RolloutRule(),
          new UnexplainedEventRule(),
          new RollbackRule(),
          new FrontDoorRule(),
          new ProbeRule(),
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
    List<Cause> roots = ranked(causes, r -> r.compareTo(Cause.Rank.POSTURE) < 0);
    List<Cause> posture = ranked(causes, r -> r == Cause.Rank.POSTURE);
    List<Cause> symptoms = ranked(causes, r -> r == Cause.Rank.SYMPTOM);
    List<Cause> outcomes = ranked(causes, r -> r == Cause.Rank.OUTCOME);
    List<Cause> named = new ArrayList<>(roots);
    if (named.isEmpty()) {
      named.addAll(symptoms);
      symptoms.clear();
    }
    named.addAll(unexplained(ranked(causes, r -> r == Cause.Rank.WORDS), causes));
    if (named.isEmpty()) {
      return joined(outcomes, posture);
    }
    symptoms.addAll(outcomes);
    return joined(explaining(named, symptoms), posture);
  }

  /** AWS's words of which no known cause speaks. */
  private static List<Cause> unexplained(List<Cause> words, List<Cause> causes) {
    Set<String> explained =
        causes.stream()
            .filter(c -> c.rank() != Cause.Rank.WORDS && c.rank() != Cause.Rank.OUTCOME)
            .flatMap(c -> c.evidence().stream())
            .collect(Collectors.toSet());
    return words.stream().filter(w -> !explained.containsAll(w.evidence())).toList();
  }

  private static List<Cause> ranked(List<Cause> causes, Predicate<Cause.Rank> which) {
    return new ArrayList<>(causes.stream().filter(c -> which.test(c.rank())).toList());
  }

  /** What follows from the first cause becomes its evidence. */
  private static List<Cause> explaining(List<Cause> causes, List<Cause> consequences) {
    List<Cause> all = new ArrayList<>(causes);
    all.set(
        0,
        all.getFirst()
            .with(consequences.stream().map(s -> "consequence: " + s.explanation()).toList()));
    return all;
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
}
