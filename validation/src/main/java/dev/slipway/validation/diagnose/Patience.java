package dev.slipway.validation.diagnose;

import java.util.Optional;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.DeploymentConfiguration;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroup;

/**
 * How long a new task may take until it answers, in words. Whether it will take that long only the
 * program knows: so it is told and fails nothing. Source: ECS API, healthCheckGracePeriodSeconds;
 * ELB user guide, target group health checks.
 */
final class Patience {

  private Patience() {}

  /** The percentages of a rollout, and what its grace period is too short for, if anything. */
  static String words(Case seen) {
    DeploymentConfiguration d = seen.service().deploymentConfiguration();
    String room =
        "%s to %s percent of %d tasks"
            .formatted(
                d.minimumHealthyPercent(), d.maximumPercent(), seen.service().desiredCount());
    return room + tight(seen).map(t -> "; " + t).orElse("");
  }

  private static Optional<String> tight(Case seen) {
    Integer given = seen.service().healthCheckGracePeriodSeconds();
    int grace = given == null ? 0 : given;
    return seen.service().loadBalancers().stream()
        .filter(l -> l.targetGroupArn() != null)
        .flatMap(l ->
            seen.snapshot().frontDoor().targetGroup(l.targetGroupArn()).stream()
                .flatMap(g ->
                    container(seen, l.containerName()).stream()
                        .flatMap(c -> tight(c, g, grace).stream())))
        .findFirst();
  }

  private static Optional<String> tight(
      ContainerDefinition container, TargetGroup group, int grace) {
    Integer starts = container.healthCheck() == null ? null : container.healthCheck().startPeriod();
    if (starts == null
        || group.healthCheckIntervalSeconds() == null
        || group.unhealthyThresholdCount() == null) {
      return Optional.empty();
    }
    int until =
        Math.max(grace, group.healthCheckIntervalSeconds() * group.unhealthyThresholdCount());
    return starts <= until
        ? Optional.empty()
        : Optional.of(
            "container %s is given %d s to start, and the load balancer has its task stopped after %d s: a grace period of %d s would let it"
                .formatted(container.name(), starts, until, starts));
  }

  private static Optional<ContainerDefinition> container(Case seen, String name) {
    return seen.definition().stream()
        .flatMap(d -> d.containerDefinitions().stream())
        .filter(c -> c.name().equals(name))
        .findFirst();
  }
}
