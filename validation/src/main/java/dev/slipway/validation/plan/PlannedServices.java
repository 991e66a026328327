package dev.slipway.validation.plan;

import dev.slipway.topology.Network;
import dev.slipway.validation.observe.Arns;
import dev.slipway.validation.plan.Planned.Block;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ecs.model.AssignPublicIp;
import software.amazon.awssdk.services.ecs.model.AwsVpcConfiguration;
import software.amazon.awssdk.services.ecs.model.LoadBalancer;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;

/** Services as the plan will have them. */
final class PlannedServices {

  /** What the way in depends on and nothing else does. */
  static final String WAY_IN = "elasticloadbalancing:DescribeLoadBalancers";

  private static final String DEFINITION = "ecs:DescribeTaskDefinition";

  private final Reading reading;

  /** What a service runs before the apply. */
  private static final String NOW = "arn:planned:now";

  PlannedServices(Reading reading) {
    this.reading = reading;
  }

  /** The task definition of a service, by its ARN; none when nobody can know it yet. */
  Map<String, TaskDefinition> definitions(Planned service, Account account) {
    Map<String, TaskDefinition> found = new LinkedHashMap<>();
    String known = service.text("task_definition");
    Optional<Planned> planned =
        known.isEmpty()
            ? reading.resolve(service, List.of("task_definition"), "aws_ecs_task_definition").one()
            : reading.plan().all("aws_ecs_task_definition").stream()
                .filter(d -> names(d, known))
                .findFirst();
    if (planned.isPresent()) {
      new PlannedDefinitions(reading)
          .definition(planned.get())
          .ifPresentOrElse(
              d -> found.put(d.taskDefinitionArn(), d),
              () ->
                  reading.unknown(DEFINITION, planned.get().address() + ": container_definitions"));
    } else if (!known.isEmpty()) {
      account
          .definition(known)
          .ifPresentOrElse(
              d -> found.put(d.taskDefinitionArn(), d),
              () ->
                  reading.open(
                      DEFINITION,
                      "task definition %s is not of the plan, and AWS was not asked"
                          .formatted(Arns.revision(known))));
    } else {
      reading.unknown(DEFINITION, service.address() + ": task_definition");
    }
    return Map.copyOf(found);
  }

  /** A service names a definition by ARN, by family and revision, or by its family. */
  private static boolean names(Planned definition, String wanted) {
    String family = definition.text("family");
    return wanted.equals(definition.text("arn"))
        || (!family.isEmpty() && wanted.equals(family))
        || (!family.isEmpty() && wanted.equals(family + ":" + definition.text("revision")));
  }

  Service service(Planned planned, Map<String, TaskDefinition> definitions) {
    Service.Builder service =
        Service.builder()
            .serviceArn(planned.text("id").isEmpty() ? reading.arn(planned) : reading.id(planned))
            .serviceName(planned.text("name", planned.address()))
            .taskDefinition(
                definitions.keySet().stream().findFirst().orElse(planned.text("task_definition")))
            .desiredCount(planned.number("desired_count").orElse(1))
            .deploymentConfiguration(d ->
                d.minimumHealthyPercent(
                        planned.number("deployment_minimum_healthy_percent").orElse(100))
                    .maximumPercent(planned.number("deployment_maximum_percent").orElse(200)));
    if (!planned.text("id").isEmpty() && planned.unknown("task_definition")) {
      // It is there, and runs something else than what is registered while the plan is applied.
      service.deployments(d -> d.status("PRIMARY").id("ecs-svc/now").taskDefinition(NOW));
    }
    if (!planned.text("launch_type").isEmpty()) {
      service.launchType(planned.text("launch_type"));
    }
    planned
        .number("health_check_grace_period_seconds")
        .ifPresent(service::healthCheckGracePeriodSeconds);
    planned.blocks("network_configuration").stream()
        .findFirst()
        .ifPresent(n -> service.networkConfiguration(c -> c.awsvpcConfiguration(vpc(planned, n))));
    service.loadBalancers(
        planned.blocks("load_balancer").stream().map(b -> balancer(planned, b)).toList());
    return service.build();
  }

  private AwsVpcConfiguration vpc(Planned service, Block block) {
    Set<String> subnets =
        reading.list(
            "ec2:DescribeSubnets",
            service,
            "network_configuration",
            block,
            "subnets",
            PlannedNetwork.SUBNETS);
    if (subnets.isEmpty() || open(service, block, "subnets", PlannedNetwork.SUBNETS)) {
      reading.unknown("ec2:DescribeSubnets", service.address() + ": subnets");
    }
    Set<String> groups =
        reading.list(
            "ec2:DescribeSecurityGroups",
            service,
            "network_configuration",
            block,
            "security_groups",
            PlannedGroups.GROUPS);
    return AwsVpcConfiguration.builder()
        .subnets(subnets)
        .securityGroups(groups)
        .assignPublicIp(
            block.flag("assign_public_ip") ? AssignPublicIp.ENABLED : AssignPublicIp.DISABLED)
        .build();
  }

  private boolean open(Planned service, Block block, String attribute, String... types) {
    return block.unknown(attribute)
        && !reading.resolve(service, List.of("network_configuration", attribute), types).sure();
  }

  private LoadBalancer balancer(Planned service, Block block) {
    String known = block.text("target_group_arn");
    LoadBalancer.Builder balancer = LoadBalancer.builder();
    if (!known.isEmpty()) {
      balancer.targetGroupArn(known);
    } else if (block.unknown("target_group_arn")) {
      reading
          .resolve(service, List.of("load_balancer", "target_group_arn"), PlannedFrontDoor.GROUPS)
          .one()
          .map(reading::arn)
          .ifPresentOrElse(
              balancer::targetGroupArn,
              () ->
                  reading.unknown(
                      "elasticloadbalancing:DescribeTargetGroups",
                      service.address() + ": target_group_arn"));
    }
    if (!block.text("container_name").isEmpty()) {
      balancer.containerName(block.text("container_name"));
    }
    block.number("container_port").ifPresent(balancer::containerPort);
    return balancer.build();
  }

  /** The cluster's name. */
  String cluster(Planned service) {
    String known = service.text("cluster");
    if (!known.isEmpty()) {
      return Arns.last(known);
    }
    return reading
        .resolve(service, List.of("cluster"), "aws_ecs_cluster")
        .one()
        .map(c -> c.text("name", c.address()))
        .orElse("default");
  }

  static List<String> subnets(Service service) {
    return vpc(service).map(AwsVpcConfiguration::subnets).orElse(List.of());
  }

  private static Optional<AwsVpcConfiguration> vpc(Service service) {
    return Optional.ofNullable(service.networkConfiguration()).map(n -> n.awsvpcConfiguration());
  }

  /** The subnets and groups of a service that a network does not have. */
  static List<String> missing(Service service, Network network) {
    Set<String> known =
        Stream.concat(
                network.subnets().stream().map(s -> s.subnetId()),
                network.securityGroups().stream().map(g -> g.groupId()))
            .collect(Collectors.toSet());
    List<String> used = new ArrayList<>(subnets(service));
    vpc(service).ifPresent(v -> used.addAll(v.securityGroups()));
    return used.stream().filter(id -> !known.contains(id)).toList();
  }

  /** The ARNs of the roles of definitions. */
  static Set<String> roles(Map<String, TaskDefinition> definitions) {
    Set<String> all = new LinkedHashSet<>();
    for (TaskDefinition definition : definitions.values()) {
      Stream.of(definition.executionRoleArn(), definition.taskRoleArn())
          .filter(a -> a != null && !a.isEmpty())
          .forEach(all::add);
    }
    return all;
  }

  /** The log groups that containers write to and do not make themselves. */
  static Collection<String> logGroups(Map<String, TaskDefinition> definitions) {
    Set<String> all = new LinkedHashSet<>();
    definitions.values().stream()
        .flatMap(d -> d.containerDefinitions().stream())
        .filter(c -> c.logConfiguration() != null)
        .filter(c -> "awslogs".equals(c.logConfiguration().logDriverAsString()))
        .map(c -> c.logConfiguration().options())
        .filter(o -> !"true".equals(o.get("awslogs-create-group")))
        .map(o -> o.getOrDefault("awslogs-group", ""))
        .filter(g -> !g.isEmpty())
        .forEach(all::add);
    return all;
  }
}
