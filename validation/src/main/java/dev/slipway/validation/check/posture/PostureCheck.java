package dev.slipway.validation.check.posture;

import dev.slipway.validation.check.Check;
import dev.slipway.validation.check.Finding;
import dev.slipway.validation.check.Goal;
import dev.slipway.validation.check.Judgement;
import dev.slipway.validation.check.Severity;
import dev.slipway.validation.observe.Gap;
import dev.slipway.validation.observe.Snapshot;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Looks at how a deployment is guarded, watched and kept. What could not be read makes it a skip
 * that names the missing permission; whether the service serves is for other checks to say.
 */
public final class PostureCheck implements Check {

  /** How long the reading may take, which goes on beside the polls. */
  private static final Duration READING = Duration.ofSeconds(60);

  private final String id;
  private final String title;
  private final String expected;
  private final List<Aspect> aspects;
  private final Predicate<Snapshot> asked;

  PostureCheck(String id, String title, String expected, List<Aspect> aspects) {
    this(id, title, expected, aspects, _ -> true);
  }

  PostureCheck(
      String id, String title, String expected, List<Aspect> aspects, Predicate<Snapshot> asked) {
    this.asked = asked;
    this.id = id;
    this.title = title;
    this.expected = expected;
    this.aspects = aspects;
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public String title() {
    return title;
  }

  @Override
  public String expected(Goal goal) {
    return expected;
  }

  @Override
  public Judgement judge(Snapshot snapshot, Goal goal) {
    if (!asked.test(snapshot)) {
      return new Judgement.Skipped("not asked for", false);
    }
    if (!snapshot.posture().read()) {
      return Judgement.notYet("not read yet", List.of(), READING);
    }
    List<Finding> findings = findings(snapshot, goal);
    Set<String> missing = new LinkedHashSet<>();
    for (Aspect aspect : aspects) {
      aspect.needs().stream()
          .flatMap(a -> snapshot.gap(a).stream())
          .map(Gap::sentence)
          .forEach(missing::add);
    }
    if (findings.isEmpty()) {
      return missing.isEmpty()
          ? Judgement.holds("nothing found", List.of())
          : new Judgement.Skipped(String.join("; ", missing), false);
    }
    List<String> evidence = new ArrayList<>();
    findings.forEach(f -> {
      evidence.add(f.cause() + " (" + f.severity().word() + ") " + f.explanation());
      evidence.addAll(f.evidence());
    });
    evidence.addAll(missing);
    Severity worst =
        findings.stream().map(Finding::severity).max(Comparator.naturalOrder()).orElseThrow();
    String observed =
        findings.size() == 1
            ? findings.getFirst().explanation()
            : findings.size() + " findings: " + findings.getFirst().explanation();
    return new Judgement.Flawed(observed, List.copyOf(evidence), worst, List.copyOf(missing));
  }

  /** Whether it can be made at all, for this snapshot. */
  public boolean asked(Snapshot snapshot) {
    return asked.test(snapshot);
  }

  /** What is wrong; aspects that could not be read say nothing. */
  public List<Finding> findings(Snapshot snapshot, Goal goal) {
    List<Finding> all = new ArrayList<>();
    if (!snapshot.posture().read() || !asked.test(snapshot)) {
      return all;
    }
    for (Aspect aspect : aspects) {
      if (aspect.needs().stream().noneMatch(a -> snapshot.gap(a).isPresent())) {
        all.addAll(aspect.look().at(snapshot, goal));
      }
    }
    return List.copyOf(all);
  }
}
