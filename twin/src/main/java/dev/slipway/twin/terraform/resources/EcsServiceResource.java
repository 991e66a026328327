package dev.slipway.twin.terraform.resources;

import dev.slipway.twin.terraform.engine.CallFailed;
import dev.slipway.twin.terraform.engine.Context;
import dev.slipway.twin.terraform.engine.ResourceHandler;
import dev.slipway.twin.terraform.engine.Waiter;
import dev.slipway.twin.terraform.plan.PlanEdit;
import dev.slipway.twin.terraform.plan.Traits;
import dev.slipway.twin.terraform.value.Attributes;
import dev.slipway.twin.world.Differs;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.ecs.model.CreateServiceRequest;
import software.amazon.awssdk.services.ecs.model.CreateServiceResponse;
import software.amazon.awssdk.services.ecs.model.DeleteServiceRequest;
import software.amazon.awssdk.services.ecs.model.DeleteServiceResponse;
import software.amazon.awssdk.services.ecs.model.Deployment;
import software.amazon.awssdk.services.ecs.model.DeploymentRolloutState;
import software.amazon.awssdk.services.ecs.model.SchedulingStrategy;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.ecs.model.UpdateServiceRequest;
import software.amazon.awssdk.services.ecs.model.UpdateServiceResponse;

/** {@code aws_ecs_service}, with the rolling deployments of ECS. */
final class EcsServiceResource implements ResourceHandler {

  private static final Duration TIMEOUT = Duration.ofMinutes(20);

  /** What an update sends when it changes. */
  private static final String[] UPDATED = {
    "alarms",
    "availability_zone_rebalancing",
    "capacity_provider_strategy",
    "deployment_circuit_breaker",
    "deployment_maximum_percent",
    "deployment_minimum_healthy_percent",
    "desired_count",
    "enable_ecs_managed_tags",
    "enable_execute_command",
    "force_new_deployment",
    "health_check_grace_period_seconds",
    "load_balancer",
    "network_configuration",
    "platform_version",
    "propagate_tags",
    "task_definition",
    "triggers"
  };

  @Override
  public String type() {
    return "aws_ecs_service";
  }

  @Override
  public String label() {
    return "ECS Service";
  }

  @Override
  public Traits traits() {
    return new Traits()
        .keep(
            "alarms",
            "capacity_provider_strategy",
            "deployment_circuit_breaker",
            "deployment_controller",
            "propagate_tags");
  }

  @Override
  public void customize(PlanEdit plan) {
    if (plan.changes("capacity_provider_strategy")
        && !plan.planned().flag("force_new_deployment")) {
      plan.replace("capacity_provider_strategy");
    }
  }

  @Override
  public void create(Context context, Attributes planned) {
    EcsServiceBlocks.refuseUnsupported(planned);
    CreateServiceRequest request = EcsServiceBlocks.create(context, planned);
    CreateServiceResponse response =
        context
            .waiter()
            .retry(
                TIMEOUT,
                EcsServiceResource::mayPass,
                () -> context.call(request, CreateServiceResponse.class));
    planned.set("id", response.service().serviceArn());
    await(context, planned, "create");
  }

  @Override
  public boolean read(Context context, Attributes state) {
    Optional<Service> found =
        find(context, state).filter(service -> !"INACTIVE".equals(service.status()));
    if (found.isEmpty()) {
      return false;
    }
    Service service = found.get();
    boolean clusterByArn = state.text("cluster", "arn:").startsWith("arn:");
    boolean taskByArn = state.text("task_definition", "arn:").startsWith("arn:");
    String task = service.taskDefinition();
    state
        .set("id", service.serviceArn())
        .set("arn", service.serviceArn())
        .set("name", service.serviceName())
        .set("cluster", clusterByArn ? service.clusterArn() : name(service.clusterArn()))
        .set("task_definition", task == null || taskByArn ? task : writtenTask(state, task))
        .set("desired_count", service.desiredCount())
        .setText("launch_type", service.launchTypeAsString())
        .setText("platform_version", service.platformVersion())
        .setText("scheduling_strategy", service.schedulingStrategyAsString())
        .setText("propagate_tags", service.propagateTagsAsString())
        .set("enable_ecs_managed_tags", Boolean.TRUE.equals(service.enableECSManagedTags()))
        .set("enable_execute_command", Boolean.TRUE.equals(service.enableExecuteCommand()))
        .set("health_check_grace_period_seconds", service.healthCheckGracePeriodSeconds())
        .setText("availability_zone_rebalancing", service.availabilityZoneRebalancingAsString())
        .set("wait_for_steady_state", state.flag("wait_for_steady_state"));
    if (state.get("triggers").isUnknown() || state.get("triggers").isNull()) {
      state.setTexts("triggers", Map.of());
    }
    EcsServiceBlocks.set(state, service);
    EcsCalls.setTags(context, state, service.tags());
    return true;
  }

  @Override
  public void update(Context context, Attributes prior, Attributes planned) {
    EcsServiceBlocks.refuseUnsupported(planned);
    if (planned.differs(prior, UPDATED)) {
      UpdateServiceRequest request = EcsServiceBlocks.update(prior, planned);
      context
          .waiter()
          .retry(
              TIMEOUT,
              EcsServiceResource::mayPass,
              () -> context.call(request, UpdateServiceResponse.class));
      await(context, planned, "update");
    }
    EcsCalls.updateTags(context, planned.id(), prior, planned);
  }

  @Override
  public void delete(Context context, Attributes state) {
    String cluster = state.text("cluster");
    Optional<Service> found = find(context, state);
    if (found.isEmpty() || "INACTIVE".equals(found.get().status())) {
      return;
    }
    boolean replicas = found.get().schedulingStrategy() != SchedulingStrategy.DAEMON;
    if (!"DRAINING".equals(found.get().status())) {
      if (replicas && !state.flag("force_delete")) {
        context.call(
            UpdateServiceRequest.builder()
                .cluster(cluster)
                .service(state.id())
                .desiredCount(0)
                .build(),
            UpdateServiceResponse.class);
      }
      DeleteServiceRequest request =
          DeleteServiceRequest.builder()
              .cluster(cluster)
              .service(state.id())
              .force(!replicas || state.flag("force_delete"))
              .build();
      context
          .waiter()
          .retry(
              context.timeout(state, "delete", TIMEOUT),
              e ->
                  e.is("DependencyViolation")
                      || e.awsMessage()
                          .contains("The service cannot be stopped while deployments are active."),
              () -> context.call(request, DeleteServiceResponse.class));
    }
    Waiter.Until inactive =
        new Waiter.Until(
            Duration.ZERO,
            Duration.ofSeconds(1),
            context.timeout(state, "delete", TIMEOUT),
            List.of("ACTIVE", "DRAINING"),
            List.of("INACTIVE", ""));
    context.waiter().until(inactive, () -> find(context, state).map(Service::status).orElse(""));
  }

  @Override
  public void importById(Context context, String id, Attributes state) {
    String[] parts = id.split("/", -1);
    if (parts.length != 2) {
      throw new IllegalArgumentException(
          "wrong format of resource: %s. Please follow 'cluster-name/service-name'".formatted(id));
    }
    state
        .set("id", context.arn("ecs", "service/" + id))
        .set("cluster", context.arn("ecs", "cluster/" + parts[0]))
        .set("name", parts[1]);
  }

  /** Roles, clusters and listeners that were made a moment ago may not be known everywhere yet. */
  private static boolean mayPass(CallFailed e) {
    return e.is("ClusterNotFoundException")
        || (e.is("InvalidParameterException")
            && (e.awsMessage()
                    .contains(
                        "verify that the ECS service role being passed has the proper permissions")
                || e.awsMessage().contains("does not have an associated load balancer")));
  }

  private static void await(Context context, Attributes planned, String operation) {
    boolean steady = planned.flag("wait_for_steady_state");
    Waiter.Until wanted =
        new Waiter.Until(
            Duration.ZERO,
            Duration.ZERO,
            context.timeout(planned, operation, TIMEOUT),
            steady ? List.of("PENDING", "DRAINING") : List.of("INACTIVE", "DRAINING"),
            steady ? List.of("STABLE") : List.of("ACTIVE"));
    context
        .waiter()
        .until(
            wanted,
            () ->
                find(context, planned)
                    .map(service -> steady ? stability(service) : service.status())
                    .orElse(""));
  }

  /** As the provider sees it: one deployment, and as many tasks as are wanted. */
  @Differs(
      value = "A deployment that failed ends the wait at once, as with the provider's version 6.",
      because = "How version 6 words it was not observed; version 5 waits for its time-out.")
  private static String stability(Service service) {
    for (Deployment deployment : service.deployments()) {
      if ("PRIMARY".equals(deployment.status())
          && deployment.rolloutState() == DeploymentRolloutState.FAILED) {
        throw new IllegalStateException("deployment failed: " + deployment.rolloutStateReason());
      }
    }
    boolean stable =
        "ACTIVE".equals(service.status())
            && service.deployments().size() == 1
            && service.desiredCount().equals(service.runningCount());
    return stable ? "STABLE" : "ACTIVE".equals(service.status()) ? "PENDING" : service.status();
  }

  private static Optional<Service> find(Context context, Attributes state) {
    return EcsCalls.service(context, state.text("cluster"), state.id());
  }

  /** The task definition as the configuration writes it: with or without a revision. */
  private static String writtenTask(Attributes state, String arn) {
    String familyAndRevision = name(arn);
    boolean withRevision = state.text("task_definition").contains(":");
    return withRevision
        ? familyAndRevision
        : familyAndRevision.substring(0, familyAndRevision.indexOf(':'));
  }

  private static String name(String arn) {
    return arn.substring(arn.lastIndexOf('/') + 1);
  }
}
