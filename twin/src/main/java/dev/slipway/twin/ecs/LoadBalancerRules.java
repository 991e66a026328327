package dev.slipway.twin.ecs;

import java.util.List;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.LoadBalancer;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroup;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetTypeEnum;

/** Checks the load balancers of a service. Source: CreateService and UpdateService. */
final class LoadBalancerRules {

  private final TargetGroups targetGroups;

  LoadBalancerRules(TargetGroups targetGroups) {
    this.targetGroups = targetGroups;
  }

  void check(List<LoadBalancer> balancers, TaskDefinition definition) {
    if (balancers.size() > 5) {
      throw EcsErrors.invalid("load balancers can have at most 5 items.");
    }
    balancers.forEach(b -> check(b, definition));
  }

  private void check(LoadBalancer balancer, TaskDefinition definition) {
    new Parameters()
        .without("loadBalancers.loadBalancerName", balancer.loadBalancerName())
        .without("loadBalancers.advancedConfiguration", balancer.advancedConfiguration())
        .refuse();
    if (balancer.targetGroupArn() == null || balancer.targetGroupArn().isEmpty()) {
      throw EcsErrors.invalid("The target group ARN cannot be empty.");
    }
    ContainerDefinition container =
        definition.containerDefinitions().stream()
            .filter(c -> c.name().equals(balancer.containerName()))
            .findFirst()
            .orElseThrow(() ->
                EcsErrors.invalid(
                    "The container "
                        + balancer.containerName()
                        + " does not exist in the task definition."));
    if (container.portMappings().stream()
        .noneMatch(p -> p.containerPort().equals(balancer.containerPort()))) {
      throw EcsErrors.invalid(
          "The container "
              + balancer.containerName()
              + " did not have a container port "
              + balancer.containerPort()
              + " defined.");
    }
    checkGroup(balancer.targetGroupArn());
  }

  private void checkGroup(String arn) {
    TargetGroup group =
        targetGroups
            .find(arn)
            .orElseThrow(() ->
                EcsErrors.invalid(
                    "The specified target group does not exist. Specify a valid target group"
                        + " and try again."));
    if (group.targetType() != TargetTypeEnum.IP) {
      throw EcsErrors.invalid(
          "The provided target group "
              + arn
              + " has target type "
              + group.targetTypeAsString()
              + ", which is incompatible with the awsvpc network mode specified in the task"
              + " definition.");
    }
    if (group.loadBalancerArns().isEmpty()) {
      throw EcsErrors.invalid(
          "The target group with targetGroupArn "
              + arn
              + " does not have an associated load balancer.");
    }
  }
}
