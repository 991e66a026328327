package dev.slipway.twin.elbv2;

import dev.slipway.twin.ec2.NetworkInterfaces;
import dev.slipway.twin.ec2.NetworkInterfaces.Order;
import dev.slipway.twin.elbv2.Store.LbNode;
import dev.slipway.twin.elbv2.Store.LeavingInterface;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import software.amazon.awssdk.services.ec2.model.NetworkInterface;
import software.amazon.awssdk.services.ec2.model.Subnet;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.AvailabilityZone;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancer;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancerSchemeEnum;

/** The nodes of load balancers: a network interface in each subnet. Under the world's lock. */
final class Nodes {

  /** Observed on AWS: the interfaces outlive their load balancer by seconds to minutes. */
  private static final Duration LINGERING = Duration.ofSeconds(30);

  private final Store store;
  private final NetworkInterfaces interfaces;

  Nodes(Store store, NetworkInterfaces interfaces) {
    this.store = store;
    this.interfaces = interfaces;
  }

  /** The zones of subnets as DescribeLoadBalancers shows them. */
  static List<AvailabilityZone> zones(List<Subnet> subnets) {
    return subnets.stream()
        .map(subnet ->
            AvailabilityZone.builder()
                .zoneName(subnet.availabilityZone())
                .subnetId(subnet.subnetId())
                .build())
        .toList();
  }

  /** Gives a load balancer exactly one node in each of the subnets. */
  void set(LoadBalancer lb, List<Subnet> subnets) {
    String arn = lb.loadBalancerArn();
    List<LbNode> before = store.nodesOf(arn);
    for (Subnet subnet : subnets) {
      if (before.stream().noneMatch(node -> node.subnetId().equals(subnet.subnetId()))) {
        add(lb, subnet);
      }
    }
    for (LbNode node : before) {
      if (subnets.stream().noneMatch(subnet -> subnet.subnetId().equals(node.subnetId()))) {
        leave(node);
      }
    }
  }

  private void add(LoadBalancer lb, Subnet subnet) {
    String arn = lb.loadBalancerArn();
    NetworkInterface created =
        interfaces.create(
            new Order(
                subnet.subnetId(),
                lb.securityGroups(),
                lb.scheme() != LoadBalancerSchemeEnum.INTERNAL,
                "ELB " + arn.substring(arn.indexOf("/") + 1),
                "interface",
                "amazon-elb"));
    store
        .nodes()
        .put(
            created.networkInterfaceId(),
            new LbNode(
                arn,
                created.networkInterfaceId(),
                subnet.subnetId(),
                subnet.availabilityZone(),
                created.privateIpAddress()));
  }

  /** Changes the security groups of every node. */
  void setSecurityGroups(String loadBalancerArn, List<String> groups) {
    store
        .nodesOf(loadBalancerArn)
        .forEach(node -> interfaces.setSecurityGroups(node.interfaceId(), groups));
  }

  /** Ends the nodes of a load balancer that is deleted. */
  void leave(String loadBalancerArn) {
    store.nodesOf(loadBalancerArn).forEach(this::leave);
  }

  private void leave(LbNode node) {
    store.nodes().remove(node.interfaceId());
    LeavingInterface leaving =
        new LeavingInterface(node.interfaceId(), store.world().now().plus(LINGERING));
    store.leavingInterfaces().put(node.interfaceId(), leaving);
    deleteLater(leaving);
  }

  /** Arms the deletions that are pending. */
  void resume() {
    store.leavingInterfaces().all().forEach(this::deleteLater);
  }

  private void deleteLater(LeavingInterface leaving) {
    Instant now = store.world().now();
    store
        .world()
        .after(
            Duration.between(now, leaving.deleteAt()),
            () -> {
              if (store.leavingInterfaces().remove(leaving.interfaceId()).isPresent()) {
                interfaces.delete(leaving.interfaceId());
              }
            });
  }
}
