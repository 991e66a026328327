package dev.slipway.validation.check.posture;

import dev.slipway.topology.Network;
import dev.slipway.topology.Place;
import dev.slipway.topology.Reachability;
import dev.slipway.topology.Verdict;
import dev.slipway.validation.check.Finding;
import dev.slipway.validation.check.Goal;
import dev.slipway.validation.check.Severity;
import dev.slipway.validation.observe.Arns;
import dev.slipway.validation.observe.ImageName;
import dev.slipway.validation.observe.Snapshot;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.ecs.model.AssignPublicIp;
import software.amazon.awssdk.services.ecs.model.AwsVpcConfiguration;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.Service;

/**
 * Whether the next task could start where the running ones once did: what is taken out of the
 * network afterwards shows only when a task is replaced. While tasks come and go they tell it
 * themselves.
 */
final class WayOutAspect {

  private static final int HTTPS = 443;

  static final Aspect ASPECT =
      Aspect.of(
          WayOutAspect::closed,
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
          "ecr:DescribeRepositories");

  private WayOutAspect() {}

  private static List<Finding> closed(Snapshot snapshot, Goal goal) {
    Service service = snapshot.rollout().service();
    AwsVpcConfiguration configuration =
        service.networkConfiguration() == null
            ? null
            : service.networkConfiguration().awsvpcConfiguration();
    if (configuration == null || !settled(service)) {
      return List.of();
    }
    Network network = snapshot.posture().network();
    boolean publicIp = configuration.assignPublicIp() == AssignPublicIp.ENABLED;
    Map<String, Finding> found = new LinkedHashMap<>();
    for (String subnet : configuration.subnets()) {
      if (network.subnets().stream().noneMatch(s -> subnet.equals(s.subnetId()))) {
        continue;
      }
      Place from = new Place.Planned(subnet, configuration.securityGroups(), publicIp);
      for (String name : services(snapshot, goal)) {
        if (Reachability.check(network, from, new Place.AwsService(name), HTTPS)
            instanceof Verdict.Blocked blocked) {
          Verdict.Obstacle obstacle = blocked.obstacle();
          found.putIfAbsent(
              obstacle.kind() + " " + obstacle.resourceId(),
              finding(snapshot, goal, subnet, name, obstacle));
        }
      }
    }
    return List.copyOf(found.values());
  }

  private static boolean settled(Service service) {
    return service.deployments().size() == 1
        && "COMPLETED".equals(service.deployments().getFirst().rolloutStateAsString())
        && service.runningCount() != null
        && service.runningCount() > 0
        && service.runningCount().equals(service.desiredCount());
  }

  /** The services of AWS without which no task starts. Source: ECR user guide, VPC endpoints. */
  private static List<String> services(Snapshot snapshot, Goal goal) {
    List<ContainerDefinition> containers = Aspects.containers(snapshot, goal);
    List<String> names = new ArrayList<>();
    boolean ecr =
        containers.stream()
            .map(c -> ImageName.parse(c.image()))
            .anyMatch(i -> snapshot.registry().repositoryOf(i).isPresent());
    if (ecr) {
      names.addAll(List.of("ecr.api", "ecr.dkr", "s3"));
    }
    boolean logs =
        containers.stream()
            .anyMatch(c ->
                c.logConfiguration() != null
                    && "awslogs".equals(c.logConfiguration().logDriverAsString()));
    if (logs) {
      names.add("logs");
    }
    return names;
  }

  private static Finding finding(
      Snapshot snapshot, Goal goal, String subnet, String name, Verdict.Obstacle obstacle) {
    Service service = snapshot.rollout().service();
    return new Finding(
        "net-next-task-cannot-start",
        Severity.HIGH,
        obstacle.resourceId(),
        "The tasks of service %s run, but the next one in subnet %s could not start, as it could not reach %s: %s"
            .formatted(service.serviceName(), subnet, name, obstacle.explanation()),
        "open the way again, before a task is replaced",
        "# slipway preflight names the resource and the change",
        "slipway preflight --cluster %s --service %s"
            .formatted(Arns.last(goal.wanted().cluster()), service.serviceName()),
        List.of("a task in subnet %s cannot reach %s".formatted(subnet, name)));
  }
}
