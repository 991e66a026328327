package dev.slipway.validation.report;

import dev.slipway.validation.check.Builds;
import dev.slipway.validation.check.CheckResult;
import dev.slipway.validation.check.Goal;
import dev.slipway.validation.observe.Arns;
import dev.slipway.validation.observe.Entrance;
import dev.slipway.validation.observe.ImageName;
import dev.slipway.validation.observe.Registry;
import dev.slipway.validation.observe.Snapshot;
import dev.slipway.validation.observe.Tasks;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.ecs.model.Task;

/**
 * The identity chain: commit, digest, revision, deployment, tasks, targets, rule, answer. Each link
 * is what was seen, and whether it belongs to the link before.
 *
 * @param links in that order
 */
public record Chain(List<Link> links) {

  /** Nothing was seen. */
  public static final Chain EMPTY = new Chain(List.of());

  /**
   * One link.
   *
   * @param name its name in the JSON report
   * @param title its name for people
   * @param values what was seen, one value or several; empty when nothing was
   * @param state whether it holds
   */
  public record Link(String name, String title, List<String> values, State state) {}

  /** Whether a link holds. */
  public enum State {
    /** It does. */
    OK,
    /** It does not. */
    BROKEN,
    /** Nothing was asked of it, or it could not be read. */
    UNKNOWN;

    static State of(boolean ok) {
      return ok ? OK : BROKEN;
    }
  }

  /** The chain in a snapshot, after the checks. */
  public static Chain of(Snapshot snapshot, Goal goal, List<CheckResult> results) {
    List<Task> running = goal.running(snapshot);
    var primary = snapshot.rollout().primary();
    return new Chain(
        List.of(
            commit(snapshot, goal),
            link("imageDigest", "image digest", one(goal.digest()), digestState(running, goal)),
            link(
                "taskDefinition",
                "task definition",
                one(goal.revision()),
                State.of(
                    primary
                        .map(p -> goal.taskDefinition().equals(p.taskDefinition()))
                        .orElse(false))),
            link(
                "deploymentId",
                "deployment",
                primary.map(p -> List.of(p.id())).orElse(List.of()),
                state(results, "rollout")),
            link(
                "taskIds",
                "tasks",
                running.stream().map(Tasks::id).sorted().toList(),
                state(results, "tasks")),
            link("targetIds", "targets", targets(snapshot, running), state(results, "targets")),
            rule(snapshot, goal),
            served(snapshot, goal)));
  }

  private static Link commit(Snapshot snapshot, Goal goal) {
    String wanted = goal.wanted().commit();
    List<String> tags = tags(snapshot, goal);
    if (wanted.isEmpty()) {
      List<String> revisions = tags.stream().filter(t -> t.matches("[0-9a-f]{7,40}")).toList();
      return link("commit", "commit", revisions, State.UNKNOWN);
    }
    boolean tagged = tags.stream().anyMatch(t -> Builds.revision(t, wanted).isPresent());
    State state = tagged ? State.OK : tags.isEmpty() ? State.UNKNOWN : State.BROKEN;
    boolean serves = !Builds.served(snapshot.probe(), goal).isEmpty();
    return link(
        "commit", "commit", List.of(wanted), state == State.OK || !serves ? state : State.OK);
  }

  private static List<String> tags(Snapshot snapshot, Goal goal) {
    ImageName named = ImageName.parse(goal.image());
    ImageName image = goal.digest().isEmpty() ? named : named.at(goal.digest());
    return snapshot
        .registry()
        .lookup(image)
        .filter(Registry.Lookup::found)
        .map(l -> l.detail().imageTags())
        .orElse(List.of());
  }

  private static State digestState(List<Task> running, Goal goal) {
    if (goal.digest().isEmpty() || running.isEmpty()) {
      return goal.digest().isEmpty() ? State.UNKNOWN : State.BROKEN;
    }
    return State.of(
        running.stream()
            .allMatch(
                t -> Tasks.digest(t, goal.container()).filter(goal.digest()::equals).isPresent()));
  }

  private static List<String> targets(Snapshot snapshot, List<Task> running) {
    List<String> addresses = running.stream().flatMap(t -> Tasks.ip(t).stream()).toList();
    return snapshot.frontDoor().health().values().stream()
        .flatMap(List::stream)
        .filter(h -> "healthy".equals(h.targetHealth().stateAsString()))
        .filter(h -> addresses.contains(h.target().id()))
        .map(h -> h.target().id() + ":" + h.target().port())
        .sorted()
        .distinct()
        .toList();
  }

  private static Link rule(Snapshot snapshot, Goal goal) {
    Optional<Entrance> entrance =
        Entrance.find(snapshot.frontDoor(), snapshot.rollout().service(), goal.wanted());
    State state =
        entrance
            .map(e -> State.of(e.serves()))
            .orElse(
                snapshot.rollout().service().loadBalancers().isEmpty()
                    ? State.UNKNOWN
                    : State.BROKEN);
    return link(
        "listenerRule",
        "listener rule",
        entrance.map(e -> List.of(e.rule().ruleArn())).orElse(List.of()),
        state);
  }

  private static Link served(Snapshot snapshot, Goal goal) {
    if (Builds.wanted(goal).isEmpty()) {
      return link("servedBuild", "served build", List.of(), State.UNKNOWN);
    }
    String served = Builds.served(snapshot.probe(), goal);
    return link("servedBuild", "served build", one(served), State.of(!served.isEmpty()));
  }

  private static State state(List<CheckResult> results, String id) {
    return results.stream()
        .filter(r -> r.id().equals(id))
        .findFirst()
        .map(r ->
            switch (r.status()) {
              case PASS -> State.OK;
              case FAIL -> State.BROKEN;
              case SKIP -> State.UNKNOWN;
            })
        .orElse(State.UNKNOWN);
  }

  private static Link link(String name, String title, List<String> values, State state) {
    return new Link(name, title, values, state);
  }

  private static List<String> one(String value) {
    return value.isEmpty() ? List.of() : List.of(Arns.revision(value));
  }
}
