package dev.slipway.validation.diagnose;

import dev.slipway.validation.diagnose.Cause.Fix;
import dev.slipway.validation.diagnose.Cause.Rank;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ecs.model.Compatibility;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.LaunchType;
import software.amazon.awssdk.services.ecs.model.LoadBalancer;
import software.amazon.awssdk.services.ecs.model.NetworkMode;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroup;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetTypeEnum;

/**
 * What AWS will not take: it refuses the task definition or the service, so that none of this is
 * ever seen on a deployment that exists. Source: botocore ecs and elbv2 models; the messages of
 * RegisterTaskDefinition, CreateService and CreateTargetGroup.
 */
final class RefusalRule implements Rule {

  private static final Pattern ROLE =
      Pattern.compile("arn:aws[\\w-]*:iam::\\d{1,12}:role/([\\x21-\\x7e]+/)?[\\w+=,.@-]{1,64}");

  @Override
  public List<Cause> look(Case seen) {
    return List.of();
  }

  @Override
  public List<Cause> foretell(Case seen) {
    List<Cause> causes = new ArrayList<>();
    seen.definition()
        .ifPresent(d -> {
          size(seen, d).ifPresent(causes::add);
          d.containerDefinitions().stream()
              .flatMap(c -> memory(seen, d, c).stream())
              .forEach(causes::add);
          Stream.of(Stream.ofNullable(d.executionRoleArn()), Stream.ofNullable(d.taskRoleArn()))
              .flatMap(s -> s)
              .distinct()
              .flatMap(r -> role(seen, r).stream())
              .forEach(causes::add);
          seen.service().loadBalancers().stream()
              .flatMap(l -> port(seen, d, l).stream())
              .forEach(causes::add);
        });
    seen.service().loadBalancers().stream()
        .filter(l -> l.targetGroupArn() != null)
        .flatMap(l -> seen.snapshot().frontDoor().targetGroup(l.targetGroupArn()).stream())
        .distinct()
        .flatMap(g -> Stream.of(type(seen, g), detached(seen, g), health(g)))
        .flatMap(Optional::stream)
        .forEach(causes::add);
    return causes;
  }

  private static Optional<Cause> size(Case seen, TaskDefinition definition) {
    boolean fargate =
        definition.requiresCompatibilities().contains(Compatibility.FARGATE)
            || seen.service().launchType() == LaunchType.FARGATE;
    boolean linux =
        definition.runtimePlatform() == null
            || !String.valueOf(definition.runtimePlatform().operatingSystemFamilyAsString())
                .startsWith("WINDOWS");
    if (!fargate || !linux) {
      return Optional.empty();
    }
    return FargateSizes.wrong(definition.cpu(), definition.memory())
        .map(sizes ->
            sizeCause(
                seen,
                "Fargate has no task of %s CPU units and %s MiB: %s."
                    .formatted(definition.cpu(), definition.memory(), sizes)));
  }

  private static Optional<Cause> memory(
      Case seen, TaskDefinition definition, ContainerDefinition container) {
    String task = String.valueOf(definition.memory());
    if (container.memory() == null
        || !task.matches("\\d{1,9}")
        || container.memory() <= Integer.parseInt(task)) {
      return Optional.empty();
    }
    return Optional.of(
        sizeCause(
            seen,
            "Container %s asks for %d MiB of memory, and the whole task has %s MiB."
                .formatted(container.name(), container.memory(), task)));
  }

  private static Cause sizeCause(Case seen, String explanation) {
    return refused(
        "td-invalid-cpu-memory",
        seen.goal().taskDefinition(),
        explanation,
        new Fix(
            "choose a pair of cpu and memory that Fargate has",
            "cpu    = 512\nmemory = 1024",
            "aws ecs register-task-definition --family %s --cpu 512 --memory 1024 --container-definitions FILE"
                .formatted(seen.goal().revision().replaceFirst(":\\d+$", ""))));
  }

  /**
   * An ARN that is no role's. A short name is one, and what Terraform has yet to make has no ARN.
   * Source: ECS API reference, TaskDefinition; IAM user guide, reference_identifiers.
   */
  private static Optional<Cause> role(Case seen, String role) {
    if (!role.startsWith("arn:")
        || role.startsWith("arn:planned:")
        || ROLE.matcher(role).matches()) {
      return Optional.empty();
    }
    return Optional.of(
        refused(
            "iam-role-not-valid",
            seen.goal().taskDefinition(),
            "%s, which task definition %s names as a role, is not the ARN of a role."
                .formatted(role, seen.goal().revision()),
            new Fix(
                "name the full ARN of a role, or none",
                "task_role_arn = aws_iam_role.task.arn",
                "aws iam list-roles --query 'Roles[].Arn'")));
  }

  private static Optional<Cause> port(Case seen, TaskDefinition definition, LoadBalancer wanted) {
    if (wanted.containerName() == null || wanted.containerPort() == null) {
      return Optional.empty();
    }
    Optional<ContainerDefinition> container =
        definition.containerDefinitions().stream()
            .filter(c -> wanted.containerName().equals(c.name()))
            .findFirst();
    boolean mapped =
        container.stream()
            .flatMap(c -> c.portMappings().stream())
            .anyMatch(p ->
                wanted.containerPort().equals(p.containerPort())
                    || within(p.containerPortRange(), wanted.containerPort()));
    if (mapped) {
      return Optional.empty();
    }
    String has =
        container
            .map(c ->
                c.portMappings().isEmpty()
                    ? "maps no port"
                    : "maps port "
                        + String.join(
                            ", ",
                            c.portMappings().stream()
                                .map(p -> String.valueOf(p.containerPort()))
                                .toList()))
            .orElse("is not in the task definition");
    return Optional.of(
        refused(
            "td-container-port-mismatch",
            seen.service().serviceArn(),
            "Service %s sends requests to port %d of container %s, which %s."
                .formatted(
                    seen.service().serviceName(),
                    wanted.containerPort(),
                    wanted.containerName(),
                    has),
            new Fix(
                "let load_balancer of the service and portMappings of the container name the same container and port",
                "load_balancer {\n  container_name = \"%s\"\n  container_port = %d\n}\nportMappings = [{ containerPort = %d }]"
                    .formatted(
                        wanted.containerName(), wanted.containerPort(), wanted.containerPort()),
                "aws ecs describe-task-definition --task-definition %s --query 'taskDefinition.containerDefinitions[].[name,portMappings]'"
                    .formatted(seen.goal().revision()))));
  }

  /** A range as ECS has it: {@code 8000-8010}. */
  private static boolean within(String range, int port) {
    if (range == null || !range.matches("\\d{1,5}-\\d{1,5}")) {
      return false;
    }
    String[] ends = range.split("-", 2);
    return Integer.parseInt(ends[0]) <= port && port <= Integer.parseInt(ends[1]);
  }

  private static Optional<Cause> type(Case seen, TargetGroup group) {
    boolean awsvpc =
        seen.definition().filter(d -> d.networkMode() == NetworkMode.AWSVPC).isPresent();
    if (!awsvpc || group.targetType() != TargetTypeEnum.INSTANCE) {
      return Optional.empty();
    }
    return Optional.of(
        refused(
            "alb-tg-target-type-instance",
            group.targetGroupArn(),
            "Target group %s takes instances, and tasks with the awsvpc network mode are registered by their IP addresses."
                .formatted(group.targetGroupName()),
            new Fix(
                "make a target group of type ip",
                "resource \"aws_lb_target_group\" \"this\" {\n  target_type = \"ip\"\n}",
                "aws elbv2 create-target-group --name NAME --target-type ip --protocol HTTP --port 80 --vpc-id "
                    + group.vpcId())));
  }

  /** Only when listeners and rules are known: whoever shows none of them says nothing. */
  private static Optional<Cause> detached(Case seen, TargetGroup group) {
    if (!group.loadBalancerArns().isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        refused(
            "alb-tg-without-lb",
            group.targetGroupArn(),
            "No listener and no rule forwards to target group %s, so ECS refuses the service: the group has no load balancer."
                .formatted(group.targetGroupName()),
            new Fix(
                "let a listener or a rule forward to it, and the service depend on that",
                "default_action {\n  type             = \"forward\"\n  target_group_arn = aws_lb_target_group.this.arn\n}",
                "aws elbv2 create-rule --listener-arn LISTENER --priority 10 --conditions Field=path-pattern,Values='/*' --actions Type=forward,TargetGroupArn="
                    + group.targetGroupArn())));
  }

  /** Source: ELB API reference, CreateTargetGroup: the time-out is shorter than the interval. */
  private static Optional<Cause> health(TargetGroup group) {
    Integer interval = group.healthCheckIntervalSeconds();
    Integer timeout = group.healthCheckTimeoutSeconds();
    if (interval == null || timeout == null || timeout < interval) {
      return Optional.empty();
    }
    return Optional.of(
        refused(
            "alb-health-check-invalid",
            group.targetGroupArn(),
            "The health check of target group %s waits %d s for an answer and asks every %d s; the time-out must be shorter than the interval."
                .formatted(group.targetGroupName(), timeout, interval),
            new Fix(
                "make the time-out shorter than the interval",
                "health_check {\n  interval = 30\n  timeout  = 5\n}",
                "aws elbv2 modify-target-group --target-group-arn %s --health-check-interval-seconds 30 --health-check-timeout-seconds 5"
                    .formatted(group.targetGroupArn()))));
  }

  private static Cause refused(String id, String resource, String explanation, Fix fix) {
    return new Cause(id, resource, explanation, fix, List.of(), Rank.START, true);
  }
}
