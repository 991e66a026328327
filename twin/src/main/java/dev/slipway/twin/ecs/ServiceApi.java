package dev.slipway.twin.ecs;

import dev.slipway.twin.world.Caller;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.ecs.model.AvailabilityZoneRebalancing;
import software.amazon.awssdk.services.ecs.model.CapacityProviderStrategyItem;
import software.amazon.awssdk.services.ecs.model.Cluster;
import software.amazon.awssdk.services.ecs.model.CreateServiceRequest;
import software.amazon.awssdk.services.ecs.model.CreateServiceResponse;
import software.amazon.awssdk.services.ecs.model.DeleteServiceRequest;
import software.amazon.awssdk.services.ecs.model.DeleteServiceResponse;
import software.amazon.awssdk.services.ecs.model.DeploymentControllerType;
import software.amazon.awssdk.services.ecs.model.LaunchType;
import software.amazon.awssdk.services.ecs.model.NetworkConfiguration;
import software.amazon.awssdk.services.ecs.model.PropagateTags;
import software.amazon.awssdk.services.ecs.model.SchedulingStrategy;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;
import software.amazon.awssdk.services.ecs.model.UpdateServiceRequest;
import software.amazon.awssdk.services.ecs.model.UpdateServiceResponse;

/** The operations that change services. Source: ECS API reference. */
final class ServiceApi {

  private final EcsState state;
  private final ServiceRules rules;
  private final NetworkRules network;
  private final LoadBalancerRules balancers;
  private final Rollouts rollouts;
  private final ServiceScheduler scheduler;
  private final ServiceView view;
  private final Timings timings;

  ServiceApi(
      EcsState state,
      NetworkRules network,
      LoadBalancerRules balancers,
      Rollouts rollouts,
      ServiceScheduler scheduler,
      Timings timings) {
    this.state = state;
    this.rules = new ServiceRules(state);
    this.network = network;
    this.balancers = balancers;
    this.rollouts = rollouts;
    this.scheduler = scheduler;
    this.view = new ServiceView(state);
    this.timings = timings;
  }

  /** CreateService; the same call again returns the service that is there. */
  public CreateServiceResponse createService(CreateServiceRequest request) {
    Cluster cluster = state.cluster(request.cluster());
    rules.check(request);
    TaskDefinition definition = rules.definition(request.taskDefinition());
    List<CapacityProviderStrategyItem> strategy =
        ServiceRules.strategy(cluster, request.launchType(), request.capacityProviderStrategy());
    NetworkConfiguration checked = network.checked(request.networkConfiguration());
    balancers.check(request.loadBalancers(), definition);
    Service wanted = service(request, cluster, definition, strategy, checked);
    ServiceRow existing = state.services().find(wanted.serviceArn()).orElse(null);
    if (existing != null && !existing.inactive()) {
      return CreateServiceResponse.builder().service(repeated(existing, wanted)).build();
    }
    state.tags().put(wanted.serviceArn(), Tags.merged(List.of(), request.tags()));
    ServiceRow row = rollouts.begin(new ServiceRow(wanted, List.of(), Instant.MAX, Map.of()));
    scheduler.tickAt(row, state.world().now().plus(timings.firstTask()));
    return CreateServiceResponse.builder().service(shown(row)).build();
  }

  private Service repeated(ServiceRow existing, Service wanted) {
    if (!existing.active()) {
      throw EcsErrors.invalid("Unable to Start a service that is still Draining.");
    }
    Service present = existing.service();
    boolean same =
        wanted
            .copy(s ->
                s.createdAt(present.createdAt())
                    .createdBy(present.createdBy())
                    .events(present.events())
                    .currentServiceDeployment(present.currentServiceDeployment()))
            .equals(present);
    if (!same) {
      throw EcsErrors.invalid("Creation of service was not idempotent.");
    }
    return shown(existing);
  }

  private Service service(
      CreateServiceRequest request,
      Cluster cluster,
      TaskDefinition definition,
      List<CapacityProviderStrategyItem> strategy,
      NetworkConfiguration checked) {
    var builder =
        Service.builder()
            .serviceArn(state.serviceArn(cluster, request.serviceName()))
            .serviceName(request.serviceName())
            .clusterArn(cluster.clusterArn())
            .status("ACTIVE")
            .desiredCount(request.desiredCount())
            .taskDefinition(definition.taskDefinitionArn())
            .loadBalancers(request.loadBalancers())
            .serviceRegistries(List.of())
            .platformVersion(PlatformVersions.checked(request.platformVersion()))
            .platformFamily("Linux")
            .deploymentConfiguration(
                ServiceRules.deployment(ServiceRules.defaults(), request.deploymentConfiguration()))
            .roleArn(
                "arn:aws:iam::"
                    + state.world().account()
                    + ":role/aws-service-role/ecs.amazonaws.com/AWSServiceRoleForECS")
            .events(List.of())
            .createdAt(state.world().now())
            .placementConstraints(List.of())
            .placementStrategy(List.of())
            .networkConfiguration(checked)
            .healthCheckGracePeriodSeconds(
                request.healthCheckGracePeriodSeconds() == null
                    ? 0
                    : request.healthCheckGracePeriodSeconds())
            .schedulingStrategy(SchedulingStrategy.REPLICA)
            .deploymentController(c -> c.type(DeploymentControllerType.ECS))
            .createdBy(Caller.current(state.world().account()).arn())
            .enableECSManagedTags(Boolean.TRUE.equals(request.enableECSManagedTags()))
            .propagateTags(
                request.propagateTags() == null ? PropagateTags.NONE : request.propagateTags())
            .enableExecuteCommand(Boolean.TRUE.equals(request.enableExecuteCommand()))
            .availabilityZoneRebalancing(
                request.availabilityZoneRebalancing() == null
                    ? AvailabilityZoneRebalancing.ENABLED
                    : request.availabilityZoneRebalancing());
    if (strategy.isEmpty()) {
      builder.launchType(LaunchType.FARGATE);
    } else {
      builder.capacityProviderStrategy(strategy);
    }
    return builder.build();
  }

  /** UpdateService; begins a deployment when the tasks have to change. */
  public UpdateServiceResponse updateService(UpdateServiceRequest request) {
    Cluster cluster = state.cluster(request.cluster());
    ServiceRow row = state.service(cluster, request.service());
    if (!row.active()) {
      throw EcsErrors.serviceNotActive();
    }
    rules.check(request);
    Service changed = changed(row.service(), request, cluster);
    boolean rollout =
        Boolean.TRUE.equals(request.forceNewDeployment()) || tasksChange(row.service(), changed);
    ServiceRow next =
        new ServiceRow(changed, row.rollouts(), row.nextTick(), row.standing())
            .cleared(Messages.STEADY);
    if (rollout) {
      next = rollouts.begin(next.cleared(""));
    }
    scheduler.tickAt(next, state.world().now().plus(timings.reaction()));
    return UpdateServiceResponse.builder().service(shown(next)).build();
  }

  private Service changed(Service present, UpdateServiceRequest request, Cluster cluster) {
    TaskDefinition definition =
        request.taskDefinition() == null
            ? state.taskDefinition(present.taskDefinition()).orElse(null)
            : rules.definition(request.taskDefinition());
    boolean newBalancers = request.hasLoadBalancers();
    if (definition != null && (newBalancers || request.taskDefinition() != null)) {
      balancers.check(newBalancers ? request.loadBalancers() : present.loadBalancers(), definition);
    }
    return present.copy(s -> {
      if (request.desiredCount() != null) {
        s.desiredCount(request.desiredCount());
      }
      if (request.taskDefinition() != null) {
        s.taskDefinition(definition.taskDefinitionArn());
      }
      if (newBalancers) {
        s.loadBalancers(request.loadBalancers());
      }
      if (request.networkConfiguration() != null) {
        s.networkConfiguration(network.checked(request.networkConfiguration()));
      }
      if (request.hasCapacityProviderStrategy()) {
        List<CapacityProviderStrategyItem> strategy =
            ServiceRules.strategy(cluster, null, request.capacityProviderStrategy());
        s.capacityProviderStrategy(strategy).launchType((LaunchType) null);
      }
      if (request.platformVersion() != null) {
        s.platformVersion(PlatformVersions.checked(request.platformVersion()));
      }
      if (request.healthCheckGracePeriodSeconds() != null) {
        s.healthCheckGracePeriodSeconds(request.healthCheckGracePeriodSeconds());
      }
      if (request.availabilityZoneRebalancing() != null) {
        s.availabilityZoneRebalancing(request.availabilityZoneRebalancing());
      }
      if (request.enableExecuteCommand() != null) {
        s.enableExecuteCommand(request.enableExecuteCommand());
      }
      if (request.enableECSManagedTags() != null) {
        s.enableECSManagedTags(request.enableECSManagedTags());
      }
      if (request.propagateTags() != null) {
        s.propagateTags(request.propagateTags());
      }
      s.deploymentConfiguration(
          ServiceRules.deployment(
              present.deploymentConfiguration(), request.deploymentConfiguration()));
    });
  }

  private static boolean tasksChange(Service before, Service after) {
    return !before.taskDefinition().equals(after.taskDefinition())
        || !before.loadBalancers().equals(after.loadBalancers())
        || !before.networkConfiguration().equals(after.networkConfiguration())
        || !before.capacityProviderStrategy().equals(after.capacityProviderStrategy())
        || !before.platformVersion().equals(after.platformVersion())
        || !before.enableExecuteCommand().equals(after.enableExecuteCommand())
        || !before.enableECSManagedTags().equals(after.enableECSManagedTags())
        || before.propagateTags() != after.propagateTags();
  }

  /** DeleteService: DRAINING at once, INACTIVE when its tasks are stopping. */
  public DeleteServiceResponse deleteService(DeleteServiceRequest request) {
    Cluster cluster = state.cluster(request.cluster());
    ServiceRow row = state.service(cluster, request.service());
    if (row.inactive()) {
      throw EcsErrors.serviceNotFound();
    }
    if (!Boolean.TRUE.equals(request.force()) && row.service().desiredCount() > 0) {
      throw EcsErrors.invalid("The service cannot be stopped while it is scaled above 0.");
    }
    rollouts.abandon(row);
    ServiceRow draining = row.with(s -> s.status("DRAINING").desiredCount(0));
    scheduler.tickAt(draining, state.world().now().plus(timings.reaction()));
    return DeleteServiceResponse.builder().service(shown(draining)).build();
  }

  private Service shown(ServiceRow row) {
    return view.of(row).copy(s -> s.tags(state.tags(row.arn())));
  }
}
