package dev.slipway.validation.diagnose;

import dev.slipway.topology.Place;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ecs.model.AwsVpcConfiguration;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;

/**
 * One thing that can be foretold of a rollout.
 *
 * @param id its id in reports
 * @param title what it makes sure of
 * @param expected what has to be
 * @param needs the IAM actions without whose answers nothing can be said
 * @param rules who foretells
 * @param idle why it does not apply; empty when it does
 * @param fine what is said when nothing stands in the way
 */
record Topic(
    String id,
    String title,
    String expected,
    List<String> needs,
    List<Rule> rules,
    Function<Case, Optional<String>> idle,
    Function<Case, String> fine) {

  static final String DEFINITION = "ecs:DescribeTaskDefinition";

  private static final List<String> NETWORK =
      List.of(
          "ec2:DescribeSubnets",
          "ec2:DescribeVpcs",
          "ec2:DescribeVpcAttribute",
          "ec2:DescribeRouteTables",
          "ec2:DescribeNetworkAcls",
          "ec2:DescribeSecurityGroups",
          "ec2:DescribeInternetGateways",
          "ec2:DescribeNatGateways",
          "ec2:DescribeVpcEndpoints",
          "ec2:DescribeManagedPrefixLists",
          "ec2:GetManagedPrefixListEntries",
          "ecs:DescribeServices");

  private static final List<String> FRONT =
      List.of(
          "elasticloadbalancing:DescribeTargetGroups",
          "elasticloadbalancing:DescribeListeners",
          "elasticloadbalancing:DescribeRules");

  static final List<Topic> ALL =
      List.of(
          new Topic(
              "definition",
              "AWS takes the task definition and the service",
              "a size that Fargate has, and the same container, port and target group on all sides",
              with(FRONT, DEFINITION),
              List.of(new RefusalRule()),
              _ -> Optional.empty(),
              Topic::definition),
          new Topic(
              "roles",
              "its roles let it start",
              "roles that ecs-tasks.amazonaws.com may assume, and an execution role that may pull"
                  + " and log",
              List.of(
                  DEFINITION,
                  "iam:GetRole",
                  "iam:ListRolePolicies",
                  "iam:GetRolePolicy",
                  "iam:ListAttachedRolePolicies",
                  "iam:GetPolicy",
                  "iam:GetPolicyVersion"),
              List.of(new RoleRule()),
              seen -> roles(seen).isEmpty() ? Optional.of("it has no roles") : Optional.empty(),
              seen -> "roles %s, with %s".formatted(String.join(", ", roles(seen)), actions(seen))),
          new Topic(
              "image",
              "its image is there",
              "an image that the registry has",
              List.of(
                  DEFINITION,
                  "ecr:DescribeRepositories",
                  "ecr:DescribeImages",
                  "ecr:DescribePullThroughCacheRules"),
              List.of(new ImageRule()),
              Topic::elsewhere,
              seen -> String.join(", ", images(seen).toList())),
          new Topic(
              "log-group",
              "its log groups are there",
              "every log group that its containers name",
              List.of(DEFINITION, "logs:DescribeLogGroups"),
              List.of(new LogGroupRule()),
              seen ->
                  LogGroupRule.names(seen).isEmpty()
                      ? Optional.of("no container logs to a group that must be there")
                      : Optional.empty(),
              seen -> String.join(", ", LogGroupRule.names(seen))),
          new Topic(
              "rollout",
              "its scheduler may start new tasks and stop old ones",
              "percentages that leave room to replace a task, and a grace period for its start",
              List.of(DEFINITION),
              List.of(new RolloutRule()),
              seen ->
                  seen.service().deploymentConfiguration() == null
                      ? Optional.of("the service names no percentages")
                      : Optional.empty(),
              Patience::words),
          new Topic(
              "way-out",
              "its tasks reach what they need to start",
              "a route, open groups and endpoints or a NAT gateway from each of its subnets",
              with(NETWORK, DEFINITION),
              List.of(new NetworkRule(), new EndpointPolicyRule()),
              Topic::noInterface,
              seen ->
                  "%d subnets reach %s"
                      .formatted(
                          seen.vpcConfiguration().map(c -> c.subnets().size()).orElse(0),
                          String.join(
                              ", ", StartNeeds.places(seen).stream().map(Topic::name).toList()))),
          new Topic(
              "way-in",
              "the load balancer reaches its tasks, and clients the load balancer",
              "security groups that let clients in to the listener, and the load balancer to the"
                  + " container port",
              with(with(NETWORK, FRONT), "elasticloadbalancing:DescribeLoadBalancers"),
              List.of(new WayInRule()),
              seen ->
                  seen.service().loadBalancers().isEmpty()
                      ? Optional.of("the service has no load balancer")
                      : Optional.empty(),
              seen ->
                  "%s to port %s"
                      .formatted(
                          seen.snapshot().frontDoor().loadBalancers().stream()
                              .map(b -> b.loadBalancerName())
                              .collect(Collectors.joining(", ")),
                          seen.service().loadBalancers().stream()
                              .map(l -> String.valueOf(l.containerPort()))
                              .distinct()
                              .collect(Collectors.joining(", ")))));

  List<Cause> foretell(Case seen) {
    return rules.stream().flatMap(r -> r.foretell(seen).stream()).toList();
  }

  private static List<String> with(List<String> some, String more) {
    return Stream.concat(some.stream(), Stream.of(more)).toList();
  }

  private static List<String> with(List<String> some, List<String> more) {
    return Stream.concat(some.stream(), more.stream()).toList();
  }

  private static String definition(Case seen) {
    return seen.definition()
        .filter(d -> d.cpu() != null && d.memory() != null)
        .map(d -> "%s, cpu %s, memory %s".formatted(seen.goal().revision(), d.cpu(), d.memory()))
        .orElse(seen.goal().revision());
  }

  private static List<String> roles(Case seen) {
    return seen.definition().stream()
        .flatMap(d -> Stream.of(d.executionRoleArn(), d.taskRoleArn()))
        .filter(a -> a != null)
        .map(dev.slipway.validation.observe.Arns::last)
        .distinct()
        .toList();
  }

  private static String actions(Case seen) {
    List<String> actions = StartNeeds.actions(seen);
    return actions.isEmpty() ? "nothing to allow" : String.join(", ", actions);
  }

  private static Stream<String> images(Case seen) {
    return seen.definition().stream()
        .flatMap(d -> d.containerDefinitions().stream())
        .map(ContainerDefinition::image);
  }

  private static Optional<String> elsewhere(Case seen) {
    boolean ours =
        seen.definition().isEmpty() || images(seen).anyMatch(i -> StartNeeds.inEcr(seen, i));
    return ours ? Optional.empty() : Optional.of("no image is kept in ECR");
  }

  private static Optional<String> noInterface(Case seen) {
    Optional<AwsVpcConfiguration> configuration = seen.vpcConfiguration();
    return configuration.isPresent() || seen.snapshot().gap("ecs:DescribeServices").isPresent()
        ? Optional.empty()
        : Optional.of("its tasks have no network interfaces of their own");
  }

  private static String name(Place place) {
    return place instanceof Place.AwsService s ? s.name() : "the internet";
  }
}
