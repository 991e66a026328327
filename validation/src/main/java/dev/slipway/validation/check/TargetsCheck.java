package dev.slipway.validation.check;

import dev.slipway.validation.observe.Gap;
import dev.slipway.validation.observe.Snapshot;
import dev.slipway.validation.observe.Tasks;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.ecs.model.LoadBalancer;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetHealthDescription;

/**
 * In every target group of the service, the healthy targets are exactly its tasks' own addresses.
 */
public final class TargetsCheck implements Check {

  /** A task that starts or stops between two reads looks foreign for a moment. */
  static final Duration FOREIGN = Duration.ofSeconds(15);

  private static final String HEALTH = "elasticloadbalancing:DescribeTargetHealth";

  @Override
  public String id() {
    return "targets";
  }

  @Override
  public String title() {
    return "its healthy targets are exactly its tasks";
  }

  @Override
  public String expected(Goal goal) {
    return "every task of "
        + goal.revision()
        + " is a healthy target, and nothing else is a target";
  }

  @Override
  public Judgement judge(Snapshot snapshot, Goal goal) {
    List<LoadBalancer> attached =
        snapshot.rollout().service().loadBalancers().stream()
            .filter(l -> l.targetGroupArn() != null)
            .toList();
    if (attached.isEmpty()) {
      return new Judgement.Skipped("the service has no target group", false);
    }
    Optional<Gap> gap =
        snapshot
            .gap(HEALTH)
            .or(() -> snapshot.gap("elasticloadbalancing:DescribeTargetGroups"))
            .or(() -> snapshot.gap("ecs:ListTasks"))
            .or(() -> snapshot.gap("ecs:DescribeTasks"));
    if (gap.isPresent()) {
      return new Judgement.Skipped(gap.get().sentence(), true);
    }
    List<Judgement> each = attached.stream().map(l -> judge(snapshot, goal, l)).toList();
    return each.stream()
        .filter(j -> j instanceof Judgement.NotYet)
        .findFirst()
        .orElseGet(() ->
            Judgement.holds(
                each.stream().map(Judgement::observed).collect(Collectors.joining("; ")),
                each.stream().flatMap(j -> j.evidence().stream()).toList()));
  }

  private static Judgement judge(Snapshot snapshot, Goal goal, LoadBalancer attached) {
    String group = name(attached.targetGroupArn());
    Set<String> own = addresses(snapshot, goal, attached.containerPort());
    Set<String> known = known(snapshot, attached.containerPort());
    Set<String> healthy = new TreeSet<>();
    Set<String> foreign = new TreeSet<>();
    Set<String> others = new TreeSet<>();
    List<String> evidence = new ArrayList<>();
    for (TargetHealthDescription target : snapshot.frontDoor().targets(attached.targetGroupArn())) {
      String address = target.target().id() + ":" + target.target().port();
      String state = target.targetHealth().stateAsString();
      evidence.add(line(group, address, target));
      if ("healthy".equals(state) && own.contains(address)) {
        healthy.add(address);
      } else if (!own.contains(address) && !"draining".equals(state)) {
        (known.contains(address) ? others : foreign).add(address);
      }
    }
    String counts = "%s: %d of %d tasks healthy".formatted(group, healthy.size(), own.size());
    if (!foreign.isEmpty()) {
      return Judgement.notYet(
          counts + ", foreign target " + String.join(", ", foreign), evidence, FOREIGN);
    }
    if (!others.isEmpty()) {
      return Judgement.notYet(counts + ", " + others.size() + " of another revision", evidence);
    }
    // While a task is replaced the rest may all be healthy, and yet are not what was wanted.
    int wanted = snapshot.rollout().service().desiredCount();
    if (own.size() < wanted && healthy.equals(own)) {
      return Judgement.notYet(counts + ", of %d wanted".formatted(wanted), evidence);
    }
    return own.isEmpty() || !healthy.equals(own)
        ? Judgement.notYet(counts, evidence)
        : Judgement.holds(counts, evidence);
  }

  private static Set<String> addresses(Snapshot snapshot, Goal goal, int port) {
    return goal.running(snapshot).stream()
        .flatMap(t -> Tasks.ip(t).stream())
        .map(ip -> ip + ":" + port)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** The addresses of all tasks that the service has or had. */
  private static Set<String> known(Snapshot snapshot, int port) {
    return snapshot.tasks().stream()
        .flatMap(t -> Tasks.ip(t).stream())
        .map(ip -> ip + ":" + port)
        .collect(Collectors.toSet());
  }

  private static String line(String group, String address, TargetHealthDescription target) {
    String description = target.targetHealth().description();
    return "target %s in %s %s%s"
        .formatted(
            address,
            group,
            target.targetHealth().stateAsString(),
            description == null ? "" : ": " + description);
  }

  /** {@code arn:…:targetgroup/name/id}. */
  static String name(String targetGroupArn) {
    String[] parts = targetGroupArn.split("/", -1);
    return parts.length == 3 ? parts[1] : targetGroupArn;
  }
}
