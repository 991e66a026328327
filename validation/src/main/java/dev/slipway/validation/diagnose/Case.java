package dev.slipway.validation.diagnose;

import dev.slipway.validation.check.Goal;
import dev.slipway.validation.observe.Snapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ecs.model.AwsVpcConfiguration;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.ecs.model.ServiceDeployment;
import software.amazon.awssdk.services.ecs.model.ServiceDeploymentStatus;
import software.amazon.awssdk.services.ecs.model.ServiceEvent;
import software.amazon.awssdk.services.ecs.model.Task;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;

/**
 * What a rule looks at.
 *
 * @param snapshot the deployment
 * @param goal what it ought to be
 */
record Case(Snapshot snapshot, Goal goal) {

  private static final int RECENT = 40;
  private static final Duration SILENCE = Duration.ofHours(6);
  private static final String STEADY = "has reached a steady state";

  private static final Set<ServiceDeploymentStatus> ROLLED_BACK =
      Set.of(
          ServiceDeploymentStatus.ROLLBACK_REQUESTED,
          ServiceDeploymentStatus.ROLLBACK_IN_PROGRESS,
          ServiceDeploymentStatus.ROLLBACK_SUCCESSFUL,
          ServiceDeploymentStatus.ROLLBACK_FAILED);

  Service service() {
    return snapshot.rollout().service();
  }

  /** The tasks of the wanted revision, newest first. */
  List<Task> tasks() {
    return snapshot.tasks().stream()
        .filter(t -> goal.taskDefinition().equals(t.taskDefinitionArn()))
        .toList();
  }

  /** Those of them that run, and are meant to. */
  List<Task> running() {
    return goal.running(snapshot);
  }

  /** Whether the newest deployment is of the wanted revision, and complete. */
  boolean rolledOut() {
    return snapshot
        .rollout()
        .completed()
        .filter(p -> goal.taskDefinition().equals(p.taskDefinition()))
        .isPresent();
  }

  /** Whether the rollout of the wanted revision was rolled back, be it to the same revision. */
  boolean rolledBack() {
    return rollback().isPresent()
        || snapshot
            .rollout()
            .primary()
            .map(p -> String.valueOf(p.rolloutStateReason()).contains("rolling back"))
            .orElse(false);
  }

  /** The newest service deployment of the wanted revision, if it was rolled back. */
  Optional<ServiceDeployment> rollback() {
    return snapshot
        .rollout()
        .to(goal.taskDefinition())
        .findFirst()
        .filter(d -> ROLLED_BACK.contains(d.status()));
  }

  /**
   * The service's newest events that speak of what is looked at, newest first: those since its
   * deployment began, when that was rolled back; else those since the service was last steady, for
   * ECS says the same again only after six hours. Source: ECS developer guide, service events.
   */
  List<String> events() {
    boolean ended = rolledBack();
    Optional<Instant> since = since().map(s -> ended ? s : s.minus(SILENCE));
    Stream<ServiceEvent> young =
        service().events().stream()
            .limit(RECENT)
            .filter(e ->
                since.isEmpty() || e.createdAt() == null || !e.createdAt().isBefore(since.get()));
    return (ended ? young : young.takeWhile(e -> !e.message().contains(STEADY)))
        .map(ServiceEvent::message)
        .toList();
  }

  /** Those that hold these words, as evidence. */
  List<String> events(String words) {
    return events().stream()
        .filter(m -> m.contains(words))
        .map(m -> "event: " + m)
        .distinct()
        .toList();
  }

  /** When the newest deployment of the wanted revision began, by AWS's clock. */
  private Optional<Instant> since() {
    return snapshot
        .rollout()
        .to(goal.taskDefinition())
        .map(d -> d.createdAt())
        .filter(t -> t != null)
        .max(Comparator.naturalOrder());
  }

  Optional<TaskDefinition> definition() {
    return snapshot.rollout().taskDefinition(goal.taskDefinition());
  }

  Optional<ContainerDefinition> container() {
    return definition()
        .flatMap(d ->
            d.containerDefinitions().stream()
                .filter(c -> goal.container().equals(c.name()))
                .findFirst());
  }

  Optional<AwsVpcConfiguration> vpcConfiguration() {
    return Optional.ofNullable(service().networkConfiguration()).map(n -> n.awsvpcConfiguration());
  }
}
