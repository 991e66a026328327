package dev.slipway.validation.diagnose;

import dev.slipway.validation.check.Goal;
import dev.slipway.validation.observe.Snapshot;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.ecs.model.AwsVpcConfiguration;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.ecs.model.Task;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;

/**
 * What a rule looks at.
 *
 * @param snapshot the deployment
 * @param goal what it ought to be
 */
record Case(Snapshot snapshot, Goal goal) {

  Service service() {
    return snapshot.rollout().service();
  }

  /** The tasks of the wanted revision, newest first. */
  List<Task> tasks() {
    return snapshot.tasks().stream()
        .filter(t -> goal.taskDefinition().equals(t.taskDefinitionArn()))
        .toList();
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
