package dev.slipway.validation.check.posture;

import dev.slipway.validation.check.Finding;
import dev.slipway.validation.check.Goal;
import dev.slipway.validation.observe.Snapshot;
import java.util.List;

/** All posture checks. */
public final class Postures {

  /** The checks. */
  public static final List<PostureCheck> ALL =
      List.of(
          new PostureCheck(
              "network-posture",
              "its tasks are private and spread",
              "private tasks in two zones or more, reachable through the load balancer only, and a"
                  + " way out for the next one",
              Aspects.all(NetworkAspects.ALL, List.of(WayOutAspect.ASPECT))),
          new PostureCheck(
              "identity-posture",
              "its roles may do no more than they must",
              "roles without wildcards, no static keys, OIDC trust scoped to a repository",
              IdentityAspects.ALL),
          new PostureCheck(
              "definition-posture",
              "its task definition is sound",
              "an active revision that logs, without root, secrets in the environment or a"
                  + " writable root",
              DefinitionAspects.ALL),
          new PostureCheck(
              "image-posture",
              "its image is kept and scanned",
              "an image that is scanned, without critical findings, whose tag cannot move and"
                  + " that does not expire",
              Aspects.all(ImageAspects.ALL, LifecycleAspects.ALL)),
          new PostureCheck(
              "front-door-posture",
              "its load balancer is set up well",
              "valid certificates, HTTP redirected where HTTPS exists, a narrow matcher",
              FrontDoorAspects.ALL),
          new PostureCheck(
              "rollout-posture",
              "its rollouts are safe",
              "a circuit breaker, and percentages that neither block a rollout nor stop the"
                  + " service",
              RolloutAspects.ALL),
          new PostureCheck(
              "observability",
              "it is watched",
              "log groups with retention, quiet alarms that tell somebody, and no errors counted",
              Aspects.all(ObservabilityAspects.ALL, MetricAspects.ALL)),
          new PostureCheck(
              "drift",
              "it is what Terraform's state says",
              "no difference from the state that was given",
              DriftAspects.ALL,
              s -> s.state().given()));

  private Postures() {}

  /**
   * A check by its id.
   *
   * @throws IllegalArgumentException when there is none
   */
  public static PostureCheck of(String id) {
    return ALL.stream()
        .filter(c -> c.id().equals(id))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no posture check " + id));
  }

  /** Everything that is found wrong, in the order of the checks. */
  public static List<Finding> findings(Snapshot snapshot, Goal goal) {
    return ALL.stream().flatMap(c -> c.findings(snapshot, goal).stream()).toList();
  }
}
