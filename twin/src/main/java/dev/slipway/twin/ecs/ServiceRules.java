package dev.slipway.twin.ecs;

import java.util.List;
import software.amazon.awssdk.services.ecs.model.CapacityProviderStrategyItem;
import software.amazon.awssdk.services.ecs.model.Cluster;
import software.amazon.awssdk.services.ecs.model.CreateServiceRequest;
import software.amazon.awssdk.services.ecs.model.DeploymentConfiguration;
import software.amazon.awssdk.services.ecs.model.DeploymentControllerType;
import software.amazon.awssdk.services.ecs.model.DeploymentStrategy;
import software.amazon.awssdk.services.ecs.model.LaunchType;
import software.amazon.awssdk.services.ecs.model.SchedulingStrategy;
import software.amazon.awssdk.services.ecs.model.ServiceConnectConfiguration;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;
import software.amazon.awssdk.services.ecs.model.TaskDefinitionStatus;
import software.amazon.awssdk.services.ecs.model.UpdateServiceRequest;

/** What CreateService and UpdateService refuse, and the defaults that they fill in. */
final class ServiceRules {

  private final EcsState state;

  ServiceRules(EcsState state) {
    this.state = state;
  }

  void check(CreateServiceRequest request) {
    String name = request.serviceName();
    if (name == null || !name.matches("[A-Za-z0-9_-]{1,255}")) {
      throw EcsErrors.invalid(
          "Invalid service name: up to 255 letters, numbers, hyphens and underscores are"
              + " allowed.");
    }
    if (request.schedulingStrategy() == SchedulingStrategy.DAEMON) {
      throw EcsErrors.unsupported("schedulingStrategy DAEMON");
    }
    if (request.desiredCount() == null) {
      throw EcsErrors.invalid("desiredCount is required when schedulingStrategy is REPLICA.");
    }
    if (request.role() != null) {
      throw EcsErrors.invalid(
          "You cannot specify an IAM role for services that require a service linked role.");
    }
    checkCount(request.desiredCount());
    checkPlacement(request.placementConstraints(), request.placementStrategy());
    if (request.deploymentController() != null
        && request.deploymentController().type() != DeploymentControllerType.ECS) {
      throw EcsErrors.unsupported(
          "deploymentController " + request.deploymentController().typeAsString());
    }
    new Parameters()
        .without("serviceRegistries", request.serviceRegistries())
        .without("serviceConnectConfiguration", enabled(request.serviceConnectConfiguration()))
        .without("volumeConfigurations", request.volumeConfigurations())
        .without("vpcLatticeConfigurations", request.vpcLatticeConfigurations())
        .refuse();
  }

  void check(UpdateServiceRequest request) {
    if (request.desiredCount() != null) {
      checkCount(request.desiredCount());
    }
    checkPlacement(request.placementConstraints(), request.placementStrategy());
    if (request.deploymentController() != null
        && request.deploymentController().type() != DeploymentControllerType.ECS) {
      throw EcsErrors.unsupported(
          "deploymentController " + request.deploymentController().typeAsString());
    }
    new Parameters()
        .without("serviceRegistries", request.serviceRegistries())
        .without("serviceConnectConfiguration", enabled(request.serviceConnectConfiguration()))
        .without("volumeConfigurations", request.volumeConfigurations())
        .without("vpcLatticeConfigurations", request.vpcLatticeConfigurations())
        .refuse();
  }

  private static Boolean enabled(ServiceConnectConfiguration configuration) {
    return configuration == null ? null : configuration.enabled();
  }

  private static void checkCount(int desired) {
    if (desired < 0) {
      throw EcsErrors.invalid("Desired count can not be negative.");
    }
  }

  private static void checkPlacement(List<?> constraints, List<?> strategy) {
    if (!constraints.isEmpty()) {
      throw EcsErrors.invalid("Placement constraints are not supported with FARGATE launch type.");
    }
    if (!strategy.isEmpty()) {
      throw EcsErrors.invalid("Placement strategies are not supported with FARGATE launch type.");
    }
  }

  /** The task definition of a name, ACTIVE. */
  TaskDefinition definition(String name) {
    if (name == null || name.isEmpty()) {
      throw EcsErrors.invalid("TaskDefinition can not be blank.");
    }
    TaskDefinition found =
        state.taskDefinition(name).orElseThrow(() -> EcsErrors.client("TaskDefinition not found."));
    if (found.status() != TaskDefinitionStatus.ACTIVE) {
      throw EcsErrors.client("TaskDefinition is inactive");
    }
    return found;
  }

  /** The capacity provider strategy in force, empty when a launch type was given. */
  static List<CapacityProviderStrategyItem> strategy(
      Cluster cluster, LaunchType launchType, List<CapacityProviderStrategyItem> given) {
    if (launchType != null && !given.isEmpty()) {
      throw EcsErrors.invalid(
          "Specify either Launch Type or Capacity Provider Strategy, but not both.");
    }
    if (launchType != null) {
      if (launchType != LaunchType.FARGATE) {
        throw EcsErrors.unsupported("launchType " + launchType);
      }
      return List.of();
    }
    List<CapacityProviderStrategyItem> inForce =
        given.isEmpty() ? cluster.defaultCapacityProviderStrategy() : given;
    if (inForce.isEmpty()) {
      throw EcsErrors.unsupported(
          "launchType EC2, which applies without launchType and capacityProviderStrategy,");
    }
    for (CapacityProviderStrategyItem item : inForce) {
      CapacityProviders.require(item.capacityProvider());
      if (!cluster.capacityProviders().contains(item.capacityProvider())) {
        throw EcsErrors.invalid(
            "The specified capacity provider strategy contains a capacity provider that is not"
                + " associated with the cluster.");
      }
    }
    return inForce.stream()
        .map(i ->
            i.copy(b ->
                b.base(i.base() == null ? 0 : i.base())
                    .weight(i.weight() == null ? 0 : i.weight())))
        .toList();
  }

  /** A deployment configuration with its defaults, on top of what was there. */
  static DeploymentConfiguration deployment(
      DeploymentConfiguration present, DeploymentConfiguration given) {
    DeploymentConfiguration merged = given == null ? present : merge(present, given);
    if (merged.minimumHealthyPercent() < 0 || merged.maximumPercent() < 0) {
      throw EcsErrors.invalid("Percentages of the deployment configuration can not be negative.");
    }
    EarlySuccess.check(merged);
    CircuitBreaker.check(merged.deploymentCircuitBreaker());
    if (merged.minimumHealthyPercent() == 100 && merged.maximumPercent() == 100) {
      throw EcsErrors.invalid(
          "Both maximumPercent and minimumHealthyPercent cannot be 100 as this will block"
              + " deployments.");
    }
    return merged;
  }

  static DeploymentConfiguration defaults() {
    return DeploymentConfiguration.builder()
        .minimumHealthyPercent(100)
        .maximumPercent(200)
        .strategy(DeploymentStrategy.ROLLING)
        .bakeTimeInMinutes(0)
        .deploymentCircuitBreaker(b -> b.enable(false).rollback(false))
        .build();
  }

  private static DeploymentConfiguration merge(
      DeploymentConfiguration present, DeploymentConfiguration given) {
    if (given.strategy() != null && given.strategy() != DeploymentStrategy.ROLLING) {
      throw EcsErrors.unsupported("deployment strategy " + given.strategyAsString());
    }
    new Parameters()
        .without("deploymentConfiguration.lifecycleHooks", given.lifecycleHooks())
        .without("deploymentConfiguration.linearConfiguration", given.linearConfiguration())
        .without("deploymentConfiguration.canaryConfiguration", given.canaryConfiguration())
        .without(
            "deploymentConfiguration.bakeTimeInMinutes",
            given.bakeTimeInMinutes() != null && given.bakeTimeInMinutes() > 0)
        .refuse();
    return present.copy(d -> {
      if (given.minimumHealthyPercent() != null) {
        d.minimumHealthyPercent(given.minimumHealthyPercent());
      }
      if (given.maximumPercent() != null) {
        d.maximumPercent(given.maximumPercent());
      }
      if (given.deploymentCircuitBreaker() != null) {
        d.deploymentCircuitBreaker(given.deploymentCircuitBreaker());
      }
      if (given.earlySuccessCriteria() != null) {
        d.earlySuccessCriteria(given.earlySuccessCriteria());
      }
      if (given.alarms() != null) {
        d.alarms(given.alarms());
      }
    });
  }
}
