package dev.slipway.validation.check.posture;

import dev.slipway.validation.check.Goal;
import dev.slipway.validation.observe.Arns;
import dev.slipway.validation.observe.Snapshot;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;

/** What several aspects ask. */
final class Aspects {

  private Aspects() {}

  /** The task definition that ought to run. */
  static Optional<TaskDefinition> definition(Snapshot snapshot, Goal goal) {
    return snapshot.rollout().taskDefinition(goal.taskDefinition());
  }

  /** Its containers; none when it could not be read. */
  static List<ContainerDefinition> containers(Snapshot snapshot, Goal goal) {
    return definition(snapshot, goal).map(TaskDefinition::containerDefinitions).orElse(List.of());
  }

  /** The ARNs of the roles of the task definition that ought to run. */
  static Stream<String> roles(Snapshot snapshot, Goal goal) {
    return definition(snapshot, goal).stream()
        .flatMap(d -> Stream.of(text(d.executionRoleArn()), text(d.taskRoleArn())))
        .filter(arn -> !arn.isEmpty())
        .distinct();
  }

  /** {@code aws ecs update-service} for the service, to be followed by what changes. */
  static String updateService(Snapshot snapshot, Goal goal) {
    return "aws ecs update-service --cluster %s --service %s"
        .formatted(Arns.last(goal.wanted().cluster()), snapshot.rollout().service().serviceName());
  }

  /** Several lists as one. */
  @SafeVarargs
  static List<Aspect> all(List<Aspect>... lists) {
    return Stream.of(lists).flatMap(List::stream).toList();
  }

  /** A text, or an empty one in place of null. */
  static String text(String value) {
    return value == null ? "" : value;
  }
}
