package dev.slipway.validation.check.posture;

import dev.slipway.validation.check.Finding;
import dev.slipway.validation.check.Goal;
import dev.slipway.validation.check.Severity;
import dev.slipway.validation.observe.Snapshot;
import java.util.List;
import software.amazon.awssdk.services.ecs.model.CapacityProviderStrategyItem;
import software.amazon.awssdk.services.ecs.model.DeploymentConfiguration;
import software.amazon.awssdk.services.ecs.model.DeploymentControllerType;
import software.amazon.awssdk.services.ecs.model.Service;

/** What the next rollout will be like. */
final class RolloutAspects {

  static final List<Aspect> ALL =
      List.of(
          Aspect.of(RolloutAspects::noBreaker),
          Aspect.of(RolloutAspects::noRollback),
          Aspect.of(RolloutAspects::stopsFirst),
          Aspect.of(RolloutAspects::deadlock),
          Aspect.of(RolloutAspects::spotOnly));

  private RolloutAspects() {}

  private static boolean rolling(Service service) {
    return service.deploymentController() == null
        || service.deploymentController().type() == DeploymentControllerType.ECS;
  }

  private static List<Finding> noBreaker(Snapshot snapshot, Goal goal) {
    Service service = snapshot.rollout().service();
    DeploymentConfiguration configuration = service.deploymentConfiguration();
    boolean guarded =
        configuration != null
            && configuration.deploymentCircuitBreaker() != null
            && Boolean.TRUE.equals(configuration.deploymentCircuitBreaker().enable());
    if (guarded || !rolling(service)) {
      return List.of();
    }
    return List.of(
        new Finding(
            "svc-breaker-off-hang",
            Severity.HIGH,
            service.serviceArn(),
            "Service %s has no deployment circuit breaker: a rollout whose tasks fail goes on for ever."
                .formatted(service.serviceName()),
            "enable the circuit breaker with rollback",
            "deployment_circuit_breaker {\n  enable   = true\n  rollback = true\n}",
            Aspects.updateService(snapshot, goal)
                + " --deployment-configuration 'deploymentCircuitBreaker={enable=true,rollback=true}'",
            List.of("deploymentCircuitBreaker.enable false")));
  }

  private static List<Finding> noRollback(Snapshot snapshot, Goal goal) {
    Service service = snapshot.rollout().service();
    DeploymentConfiguration configuration = service.deploymentConfiguration();
    boolean stuck =
        configuration != null
            && configuration.deploymentCircuitBreaker() != null
            && Boolean.TRUE.equals(configuration.deploymentCircuitBreaker().enable())
            && Boolean.FALSE.equals(configuration.deploymentCircuitBreaker().rollback());
    if (!stuck) {
      return List.of();
    }
    return List.of(
        new Finding(
            "svc-breaker-no-rollback",
            Severity.LOW,
            service.serviceArn(),
            "The circuit breaker of service %s does not roll back: a failed rollout stays half done."
                .formatted(service.serviceName()),
            "let it roll back, or act on a FAILED deployment",
            "deployment_circuit_breaker {\n  enable   = true\n  rollback = true\n}",
            Aspects.updateService(snapshot, goal)
                + " --deployment-configuration 'deploymentCircuitBreaker={enable=true,rollback=true}'",
            List.of("deploymentCircuitBreaker.rollback false")));
  }

  private static List<Finding> stopsFirst(Snapshot snapshot, Goal goal) {
    Service service = snapshot.rollout().service();
    DeploymentConfiguration configuration = service.deploymentConfiguration();
    boolean none =
        configuration != null
            && configuration.minimumHealthyPercent() != null
            && configuration.minimumHealthyPercent() == 0;
    if (!none || !rolling(service) || service.loadBalancers().isEmpty()) {
      return List.of();
    }
    return List.of(
        new Finding(
            "svc-min-zero-downtime",
            Severity.HIGH,
            service.serviceArn(),
            "minimumHealthyPercent of service %s is 0: a rollout may stop every task before a new one is healthy."
                .formatted(service.serviceName()),
            "set minimumHealthyPercent 100 and maximumPercent 200",
            "deployment_minimum_healthy_percent = 100\ndeployment_maximum_percent         = 200",
            Aspects.updateService(snapshot, goal)
                + " --deployment-configuration minimumHealthyPercent=100,maximumPercent=200",
            List.of("minimumHealthyPercent 0")));
  }

  /** Source: ECS API, DeploymentConfiguration: the lower limit is rounded up, the upper down. */
  private static List<Finding> deadlock(Snapshot snapshot, Goal goal) {
    Service service = snapshot.rollout().service();
    DeploymentConfiguration configuration = service.deploymentConfiguration();
    int desired = service.desiredCount() == null ? 0 : service.desiredCount();
    if (configuration == null
        || configuration.minimumHealthyPercent() == null
        || configuration.maximumPercent() == null
        || desired == 0
        || !rolling(service)) {
      return List.of();
    }
    int lower = Math.ceilDiv(desired * configuration.minimumHealthyPercent(), 100);
    int upper = desired * configuration.maximumPercent() / 100;
    if (lower < desired || upper > desired) {
      return List.of();
    }
    return List.of(
        new Finding(
            "svc-min-max-deadlock",
            Severity.HIGH,
            service.serviceArn(),
            "With %d desired tasks, minimumHealthyPercent %d keeps %d and maximumPercent %d allows %d: the next rollout can neither start nor stop a task."
                .formatted(
                    desired,
                    configuration.minimumHealthyPercent(),
                    lower,
                    configuration.maximumPercent(),
                    upper),
            "set minimumHealthyPercent 100 and maximumPercent 200",
            "deployment_minimum_healthy_percent = 100\ndeployment_maximum_percent         = 200",
            Aspects.updateService(snapshot, goal)
                + " --deployment-configuration minimumHealthyPercent=100,maximumPercent=200",
            List.of("lower limit %d, upper limit %d of %d".formatted(lower, upper, desired))));
  }

  private static List<Finding> spotOnly(Snapshot snapshot, Goal goal) {
    Service service = snapshot.rollout().service();
    List<String> providers =
        service.capacityProviderStrategy().stream()
            .map(CapacityProviderStrategyItem::capacityProvider)
            .distinct()
            .toList();
    if (!providers.equals(List.of("FARGATE_SPOT"))) {
      return List.of();
    }
    return List.of(
        new Finding(
            "svc-spot-interruption",
            Severity.MEDIUM,
            service.serviceArn(),
            "All tasks of service %s run on FARGATE_SPOT, which AWS may take back with two minutes' notice."
                .formatted(service.serviceName()),
            "keep a base of tasks on FARGATE",
            "capacity_provider_strategy {\n  capacity_provider = \"FARGATE\"\n  base              = 1\n  weight            = 1\n}",
            Aspects.updateService(snapshot, goal)
                + " --force-new-deployment --capacity-provider-strategy capacityProvider=FARGATE,base=1,weight=1 capacityProvider=FARGATE_SPOT,weight=1",
            List.of("capacityProviderStrategy FARGATE_SPOT only")));
  }
}
