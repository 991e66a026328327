package dev.slipway.validation.observe;

import dev.slipway.validation.observe.Traffic.Sighting;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.ecs.model.ServiceDeploymentStatus;
import software.amazon.awssdk.services.ecs.model.Task;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetHealthDescription;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetHealthStateEnum;

/** Reads from a snapshot what matters to whoever sends requests. Pure. */
final class Sightings {

  private Sightings() {}

  static Sighting of(Snapshot snapshot) {
    List<TargetHealthDescription> targets =
        snapshot.frontDoor().health().values().stream().flatMap(List::stream).toList();
    return new Sighting(
        snapshot.observedAt(),
        count(targets, s -> s == TargetHealthStateEnum.HEALTHY),
        count(targets, s -> s != TargetHealthStateEnum.DRAINING),
        ids(snapshot, Sightings::leaves),
        ids(snapshot, Tasks::failed),
        complete(snapshot.rollout()),
        rolledBack(snapshot.rollout()));
  }

  private static int count(
      List<TargetHealthDescription> targets, Predicate<TargetHealthStateEnum> which) {
    return (int) targets.stream().filter(t -> which.test(t.targetHealth().state())).count();
  }

  private static boolean leaves(Task task) {
    return "STOPPED".equals(task.desiredStatus()) && !Tasks.stopped(task);
  }

  private static boolean complete(Rollout rollout) {
    return rollout.service().deployments().size() == 1 && rollout.completed().isPresent();
  }

  private static boolean rolledBack(Rollout rollout) {
    return rollout
        .newest()
        .filter(d -> d.status() == ServiceDeploymentStatus.ROLLBACK_SUCCESSFUL)
        .isPresent();
  }

  private static Set<String> ids(Snapshot snapshot, Predicate<Task> which) {
    return snapshot.tasks().stream()
        .filter(which)
        .map(Tasks::id)
        .collect(Collectors.toUnmodifiableSet());
  }
}
