package dev.slipway.twin.elbv2;

import dev.slipway.topology.Network;
import dev.slipway.twin.world.AwsError;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import software.amazon.awssdk.services.ec2.model.SecurityGroup;
import software.amazon.awssdk.services.ec2.model.Subnet;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateLoadBalancerRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancerSchemeEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.SubnetMapping;

/**
 * Where a load balancer is to stand: checked subnets and security groups of one VPC.
 *
 * @param vpcId the VPC
 * @param subnets one in each zone, at least two
 * @param securityGroupIds at least one
 */
record Placement(String vpcId, List<Subnet> subnets, List<String> securityGroupIds) {

  private static final int LEAST_FREE_ADDRESSES = 8;

  /** The placement that a request asks for. */
  static Placement of(CreateLoadBalancerRequest request, Network network) {
    List<String> ids = subnetIds(request.subnets(), request.subnetMappings());
    boolean internetFacing = request.scheme() != LoadBalancerSchemeEnum.INTERNAL;
    List<Subnet> subnets = subnets(ids, network, internetFacing);
    String vpcId = subnets.getFirst().vpcId();
    return new Placement(vpcId, subnets, groups(request.securityGroups(), vpcId, network));
  }

  /** The subnets of a request that may name them in two ways. */
  static List<String> subnetIds(List<String> subnets, List<SubnetMapping> mappings) {
    for (SubnetMapping mapping : mappings) {
      Refusal.unlessOnly(mapping, Set.of("SubnetId"));
    }
    return mappings.isEmpty()
        ? List.copyOf(subnets)
        : mappings.stream().map(SubnetMapping::subnetId).toList();
  }

  /** Checks subnets. Source: ELBv2 API reference, CreateLoadBalancer and SetSubnets. */
  static List<Subnet> subnets(List<String> ids, Network network, boolean internetFacing) {
    List<Subnet> subnets = ids.stream().distinct().map(id -> subnet(id, network)).toList();
    if (subnets.stream().map(Subnet::vpcId).distinct().count() > 1) {
      throw AwsError.of(
          "InvalidConfigurationRequest", "All subnets must belong to the same VPC: " + ids);
    }
    Set<String> zones = new HashSet<>();
    for (Subnet subnet : subnets) {
      if (!zones.add(subnet.availabilityZone())) {
        throw AwsError.of(
            "InvalidConfigurationRequest",
            "A load balancer cannot be attached to multiple subnets in the same Availability Zone");
      }
    }
    if (zones.size() < 2) {
      throw Refusal.validation(
          "At least two subnets in two different Availability Zones must be specified");
    }
    for (Subnet subnet : subnets) {
      Integer free = subnet.availableIpAddressCount();
      if (free != null && free < LEAST_FREE_ADDRESSES) {
        throw AwsError.of(
            "InvalidSubnet",
            "Not enough IP space available in "
                + subnet.subnetId()
                + ". ELB requires at least 8 free IP addresses in each subnet.");
      }
    }
    String vpcId = subnets.getFirst().vpcId();
    if (internetFacing && !hasInternetGateway(vpcId, network)) {
      throw AwsError.of("InvalidSubnet", "VPC " + vpcId + " has no internet gateway");
    }
    return subnets;
  }

  /** Checks security groups; without any, the VPC's default group is taken. */
  static List<String> groups(List<String> ids, String vpcId, Network network) {
    List<SecurityGroup> inVpc =
        network.securityGroups().stream().filter(group -> vpcId.equals(group.vpcId())).toList();
    if (ids.isEmpty()) {
      return inVpc.stream()
          .filter(group -> group.groupName().equals("default"))
          .map(SecurityGroup::groupId)
          .toList();
    }
    for (String id : ids) {
      if (inVpc.stream().noneMatch(group -> group.groupId().equals(id))) {
        throw AwsError.of(
            "InvalidSecurityGroup",
            "One or more security groups are invalid: " + id + " is not a group of " + vpcId);
      }
    }
    return List.copyOf(ids);
  }

  private static Subnet subnet(String id, Network network) {
    return network.subnets().stream()
        .filter(subnet -> subnet.subnetId().equals(id))
        .findFirst()
        .orElseThrow(
            () -> AwsError.of("SubnetNotFound", "The subnet ID '" + id + "' does not exist"));
  }

  private static boolean hasInternetGateway(String vpcId, Network network) {
    return network.internetGateways().stream()
        .anyMatch(gateway ->
            gateway.attachments().stream()
                .anyMatch(attachment -> vpcId.equals(attachment.vpcId())));
  }
}
