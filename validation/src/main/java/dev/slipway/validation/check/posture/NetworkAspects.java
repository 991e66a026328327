package dev.slipway.validation.check.posture;

import dev.slipway.validation.check.Finding;
import dev.slipway.validation.check.Goal;
import dev.slipway.validation.check.Severity;
import dev.slipway.validation.observe.Snapshot;
import dev.slipway.validation.observe.Tasks;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ec2.model.IpPermission;
import software.amazon.awssdk.services.ec2.model.SecurityGroup;
import software.amazon.awssdk.services.ec2.model.Subnet;
import software.amazon.awssdk.services.ecs.model.AssignPublicIp;
import software.amazon.awssdk.services.ecs.model.AwsVpcConfiguration;
import software.amazon.awssdk.services.ecs.model.LoadBalancer;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.ecs.model.Task;

/** Where tasks live and who reaches them. */
final class NetworkAspects {

  static final List<Aspect> ALL =
      List.of(
          Aspect.of(NetworkAspects::publicAddress),
          Aspect.of(NetworkAspects::openToTheWorld, "ec2:DescribeSecurityGroups"),
          Aspect.of(NetworkAspects::oneZone, "ec2:DescribeSubnets"),
          Aspect.of(NetworkAspects::unbalanced, "ec2:DescribeSubnets", "ecs:DescribeTasks"));

  private NetworkAspects() {}

  private static Optional<AwsVpcConfiguration> configuration(Snapshot snapshot) {
    return Optional.ofNullable(snapshot.rollout().service().networkConfiguration())
        .map(n -> n.awsvpcConfiguration());
  }

  private static List<Finding> publicAddress(Snapshot snapshot, Goal goal) {
    Service service = snapshot.rollout().service();
    boolean exposed =
        configuration(snapshot)
            .filter(c -> c.assignPublicIp() == AssignPublicIp.ENABLED)
            .isPresent();
    if (!exposed || service.loadBalancers().isEmpty()) {
      return List.of();
    }
    return List.of(
        new Finding(
            "sec-task-public-ip",
            Severity.HIGH,
            service.serviceArn(),
            "Every task of service %s gets a public address, though a load balancer stands before it."
                .formatted(service.serviceName()),
            "place the tasks in private subnets and set assignPublicIp to DISABLED",
            "network_configuration {\n  subnets          = module.network.private_subnet_ids\n  assign_public_ip = false\n}",
            "aws ecs update-service --cluster %s --service %s --network-configuration 'awsvpcConfiguration={subnets=[PRIVATE_SUBNETS],securityGroups=[GROUPS],assignPublicIp=DISABLED}'"
                .formatted(goal.wanted().cluster(), service.serviceName()),
            List.of("assignPublicIp ENABLED")));
  }

  private static List<Finding> openToTheWorld(Snapshot snapshot, Goal goal) {
    List<Integer> ports =
        snapshot.rollout().service().loadBalancers().stream()
            .map(LoadBalancer::containerPort)
            .filter(p -> p != null)
            .toList();
    List<String> groups = configuration(snapshot).map(c -> c.securityGroups()).orElse(List.of());
    List<Finding> found = new ArrayList<>();
    for (SecurityGroup group : snapshot.posture().network().securityGroups()) {
      if (!groups.contains(group.groupId())) {
        continue;
      }
      for (int port : ports) {
        group.ipPermissions().stream()
            .filter(p -> covers(p, port))
            .flatMap(NetworkAspects::everybody)
            .findFirst()
            .ifPresent(cidr -> found.add(open(group.groupId(), port, cidr)));
      }
    }
    return found;
  }

  private static Finding open(String group, int port, String cidr) {
    return new Finding(
        "sec-task-sg-open-world",
        Severity.HIGH,
        group,
        "Security group %s of the tasks lets %s in on port %d, past the load balancer."
            .formatted(group, cidr, port),
        "let only the load balancer's security group in on port " + port,
        """
        resource "aws_vpc_security_group_ingress_rule" "from_load_balancer" {
          security_group_id            = "%s"
          ip_protocol                  = "tcp"
          from_port                    = %d
          to_port                      = %d
          referenced_security_group_id = aws_security_group.load_balancer.id
        }\
        """
            .formatted(group, port, port),
        "aws ec2 revoke-security-group-ingress --group-id %s --protocol tcp --port %d --cidr %s"
            .formatted(group, port, cidr),
        List.of("ingress %s on %d".formatted(cidr, port)));
  }

  private static boolean covers(IpPermission permission, int port) {
    return "-1".equals(permission.ipProtocol())
        || ("tcp".equals(permission.ipProtocol())
            && permission.fromPort() != null
            && permission.fromPort() <= port
            && permission.toPort() >= port);
  }

  private static Stream<String> everybody(IpPermission permission) {
    return Stream.concat(
            permission.ipRanges().stream().map(r -> r.cidrIp()),
            permission.ipv6Ranges().stream().map(r -> r.cidrIpv6()))
        .filter(c -> "0.0.0.0/0".equals(c) || "::/0".equals(c));
  }

  private static List<String> zones(Snapshot snapshot) {
    List<String> ids = configuration(snapshot).map(c -> c.subnets()).orElse(List.of());
    return snapshot.posture().network().subnets().stream()
        .filter(s -> ids.contains(s.subnetId()))
        .map(Subnet::availabilityZone)
        .filter(z -> z != null)
        .distinct()
        .toList();
  }

  private static List<Finding> oneZone(Snapshot snapshot, Goal goal) {
    List<String> zones = zones(snapshot);
    if (zones.size() != 1) {
      return List.of();
    }
    Service service = snapshot.rollout().service();
    return List.of(
        new Finding(
            "net-single-az",
            Severity.MEDIUM,
            service.serviceArn(),
            "All subnets of service %s lie in zone %s: when it fails, nothing runs."
                .formatted(service.serviceName(), zones.getFirst()),
            "add subnets in another zone",
            "network_configuration {\n  subnets = [SUBNET_IN_ONE_ZONE, SUBNET_IN_ANOTHER]\n}",
            "aws ecs update-service --cluster %s --service %s --network-configuration 'awsvpcConfiguration={subnets=[SUBNETS_IN_TWO_ZONES],securityGroups=[GROUPS]}'"
                .formatted(goal.wanted().cluster(), service.serviceName()),
            List.of("subnets in " + zones.getFirst() + " only")));
  }

  private static List<Finding> unbalanced(Snapshot snapshot, Goal goal) {
    List<Task> running = snapshot.tasks().stream().filter(Tasks::runs).toList();
    List<String> used =
        running.stream().map(Task::availabilityZone).filter(z -> z != null).distinct().toList();
    if (running.size() < 2 || used.size() != 1 || zones(snapshot).size() < 2) {
      return List.of();
    }
    Service service = snapshot.rollout().service();
    return List.of(
        new Finding(
            "svc-az-imbalance",
            Severity.LOW,
            service.serviceArn(),
            "All %d tasks of service %s run in zone %s, though its subnets span %d zones."
                .formatted(
                    running.size(), service.serviceName(), used.getFirst(), zones(snapshot).size()),
            "turn availability zone rebalancing on, or deploy anew",
            "availability_zone_rebalancing = \"ENABLED\"",
            "aws ecs update-service --cluster %s --service %s --availability-zone-rebalancing ENABLED"
                .formatted(goal.wanted().cluster(), service.serviceName()),
            List.of("tasks in " + used.getFirst() + " only")));
  }
}
