package dev.slipway.twin.terraform.resources;

import dev.slipway.twin.terraform.engine.Context;
import dev.slipway.twin.terraform.engine.TagChanges;
import dev.slipway.twin.terraform.value.Attributes;
import java.util.List;
import software.amazon.awssdk.services.ecs.model.AssignPublicIp;
import software.amazon.awssdk.services.ecs.model.AwsVpcConfiguration;
import software.amazon.awssdk.services.ecs.model.CapacityProviderStrategyItem;
import software.amazon.awssdk.services.ecs.model.CreateServiceRequest;
import software.amazon.awssdk.services.ecs.model.DeploymentAlarms;
import software.amazon.awssdk.services.ecs.model.DeploymentCircuitBreaker;
import software.amazon.awssdk.services.ecs.model.DeploymentConfiguration;
import software.amazon.awssdk.services.ecs.model.LoadBalancer;
import software.amazon.awssdk.services.ecs.model.NetworkConfiguration;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.ecs.model.Tag;
import software.amazon.awssdk.services.ecs.model.UpdateServiceRequest;

/** The nested blocks of {@code aws_ecs_service}, and the requests that they go into. */
final class EcsServiceBlocks {

  private static final List<String> UNSUPPORTED =
      List.of(
          "ordered_placement_strategy",
          "placement_constraints",
          "service_connect_configuration",
          "service_registries");

  private EcsServiceBlocks() {}

  static void refuseUnsupported(Attributes planned) {
    for (String block : UNSUPPORTED) {
      if (!planned.blocks(block).isEmpty()) {
        throw new UnsupportedOperationException(block + " of an ECS service");
      }
    }
  }

  static CreateServiceRequest create(Context context, Attributes planned) {
    CreateServiceRequest.Builder request =
        CreateServiceRequest.builder()
            .clientToken(context.token())
            .serviceName(planned.text("name"))
            .cluster(planned.text("cluster"))
            .taskDefinition(planned.text("task_definition"))
            .schedulingStrategy(planned.text("scheduling_strategy"))
            .launchType(planned.text("launch_type"))
            .platformVersion(planned.text("platform_version"))
            .propagateTags(planned.text("propagate_tags"))
            .role(planned.text("iam_role"))
            .enableECSManagedTags(planned.flag("enable_ecs_managed_tags"))
            .enableExecuteCommand(planned.flag("enable_execute_command"))
            .availabilityZoneRebalancing(planned.text("availability_zone_rebalancing"))
            .healthCheckGracePeriodSeconds(planned.integer("health_check_grace_period_seconds"))
            .loadBalancers(loadBalancers(planned))
            .deploymentConfiguration(deployment(planned))
            .networkConfiguration(network(planned));
    if (!"DAEMON".equals(planned.text("scheduling_strategy"))) {
      Integer count = planned.integer("desired_count");
      request.desiredCount(count == null ? 0 : count);
    }
    if (!planned.blocks("capacity_provider_strategy").isEmpty()) {
      request.capacityProviderStrategy(strategy(planned));
    }
    planned
        .block("deployment_controller")
        .ifPresent(block -> request.deploymentController(c -> c.type(block.text("type"))));
    List<Tag> tags = TagChanges.all(planned, EcsCalls::tag);
    if (!tags.isEmpty()) {
      request.tags(tags);
    }
    return request.build();
  }

  static UpdateServiceRequest update(Attributes prior, Attributes planned) {
    UpdateServiceRequest.Builder request =
        UpdateServiceRequest.builder()
            .cluster(planned.text("cluster"))
            .service(planned.id())
            .forceNewDeployment(planned.flag("force_new_deployment"));
    if (planned.differs(prior, "task_definition")) {
      request.taskDefinition(planned.text("task_definition"));
    }
    if (planned.differs(prior, "desired_count")) {
      request.desiredCount(planned.integer("desired_count"));
    }
    if (planned.differs(prior, "platform_version")) {
      request.platformVersion(planned.text("platform_version"));
    }
    if (planned.differs(prior, "health_check_grace_period_seconds")) {
      request.healthCheckGracePeriodSeconds(planned.integer("health_check_grace_period_seconds"));
    }
    if (planned.differs(prior, "enable_ecs_managed_tags")) {
      request.enableECSManagedTags(planned.flag("enable_ecs_managed_tags"));
    }
    if (planned.differs(prior, "enable_execute_command")) {
      request.enableExecuteCommand(planned.flag("enable_execute_command"));
    }
    if (planned.differs(prior, "propagate_tags")) {
      request.propagateTags(planned.text("propagate_tags", "NONE"));
    }
    if (planned.differs(prior, "availability_zone_rebalancing")) {
      request.availabilityZoneRebalancing(planned.text("availability_zone_rebalancing"));
    }
    if (planned.differs(prior, "load_balancer")) {
      request.loadBalancers(loadBalancers(planned));
    }
    if (planned.differs(prior, "network_configuration")) {
      request.networkConfiguration(network(planned));
    }
    if (planned.differs(prior, "capacity_provider_strategy")) {
      request.capacityProviderStrategy(strategy(planned));
    }
    if (planned.differs(
        prior,
        "alarms",
        "deployment_circuit_breaker",
        "deployment_maximum_percent",
        "deployment_minimum_healthy_percent")) {
      request.deploymentConfiguration(deployment(planned));
    }
    return request.build();
  }

  static void set(Attributes state, Service service) {
    DeploymentConfiguration deployment = service.deploymentConfiguration();
    state
        .setBlocks(
            "load_balancer",
            service.loadBalancers().stream()
                .map(one ->
                    new Attributes()
                        .setText("elb_name", one.loadBalancerName())
                        .setText("target_group_arn", one.targetGroupArn())
                        .set("container_name", one.containerName())
                        .set("container_port", one.containerPort()))
                .toList())
        .setBlocks(
            "capacity_provider_strategy",
            service.capacityProviderStrategy().stream()
                .map(one ->
                    new Attributes()
                        .set("capacity_provider", one.capacityProvider())
                        .set("base", one.base() == null ? 0 : one.base())
                        .set("weight", one.weight() == null ? 0 : one.weight()))
                .toList())
        .setBlock(
            "deployment_controller",
            new Attributes()
                .set(
                    "type",
                    service.deploymentController() == null
                        ? "ECS"
                        : service.deploymentController().typeAsString()))
        .setNoBlocks(UNSUPPORTED.toArray(String[]::new))
        .setNoBlocks("alarms", "deployment_circuit_breaker", "network_configuration");
    if (deployment != null) {
      setDeployment(state, deployment);
    }
    if (service.networkConfiguration() != null) {
      AwsVpcConfiguration network = service.networkConfiguration().awsvpcConfiguration();
      state.setBlock(
          "network_configuration",
          new Attributes()
              .set("assign_public_ip", network.assignPublicIp() == AssignPublicIp.ENABLED)
              .setTexts("security_groups", network.securityGroups())
              .setTexts("subnets", network.subnets()));
    }
  }

  private static void setDeployment(Attributes state, DeploymentConfiguration deployment) {
    state
        .set("deployment_maximum_percent", deployment.maximumPercent())
        .set("deployment_minimum_healthy_percent", deployment.minimumHealthyPercent());
    DeploymentCircuitBreaker breaker = deployment.deploymentCircuitBreaker();
    if (breaker != null) {
      state.setBlock(
          "deployment_circuit_breaker",
          new Attributes().set("enable", breaker.enable()).set("rollback", breaker.rollback()));
    }
    DeploymentAlarms alarms = deployment.alarms();
    if (alarms != null && !alarms.alarmNames().isEmpty()) {
      state.setBlock(
          "alarms",
          new Attributes()
              .setTexts("alarm_names", alarms.alarmNames())
              .set("enable", alarms.enable())
              .set("rollback", alarms.rollback()));
    }
  }

  private static DeploymentConfiguration deployment(Attributes planned) {
    DeploymentConfiguration.Builder deployment =
        DeploymentConfiguration.builder()
            .maximumPercent(planned.integer("deployment_maximum_percent"))
            .minimumHealthyPercent(planned.integer("deployment_minimum_healthy_percent"));
    planned
        .block("deployment_circuit_breaker")
        .ifPresent(block ->
            deployment.deploymentCircuitBreaker(
                c -> c.enable(block.flag("enable")).rollback(block.flag("rollback"))));
    planned
        .block("alarms")
        .ifPresent(block ->
            deployment.alarms(a ->
                a.alarmNames(block.texts("alarm_names"))
                    .enable(block.flag("enable"))
                    .rollback(block.flag("rollback"))));
    return deployment.build();
  }

  private static NetworkConfiguration network(Attributes planned) {
    return planned
        .block("network_configuration")
        .map(block ->
            NetworkConfiguration.builder()
                .awsvpcConfiguration(c ->
                    c.subnets(block.texts("subnets"))
                        .securityGroups(block.texts("security_groups"))
                        .assignPublicIp(
                            block.flag("assign_public_ip")
                                ? AssignPublicIp.ENABLED
                                : AssignPublicIp.DISABLED))
                .build())
        .orElse(null);
  }

  private static List<LoadBalancer> loadBalancers(Attributes planned) {
    return planned.blocks("load_balancer").stream()
        .map(block ->
            LoadBalancer.builder()
                .containerName(block.text("container_name"))
                .containerPort(block.integer("container_port"))
                .loadBalancerName(block.text("elb_name"))
                .targetGroupArn(block.text("target_group_arn"))
                .build())
        .toList();
  }

  private static List<CapacityProviderStrategyItem> strategy(Attributes planned) {
    return planned.blocks("capacity_provider_strategy").stream()
        .map(block ->
            CapacityProviderStrategyItem.builder()
                .capacityProvider(block.text("capacity_provider"))
                .base(block.integer("base"))
                .weight(block.integer("weight"))
                .build())
        .toList();
  }
}
