package dev.slipway.validation.sweep;

import dev.slipway.validation.observe.Aws;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.ec2.model.NatGatewayState;
import software.amazon.awssdk.services.ec2.model.VpcEndpoint;

/** EC2's networks. The default VPC and default security groups are nobody's leftovers. */
final class NetworkKinds {

  static final List<Kind> ALL =
      List.of(
          new Kind("nat-gateway", "ec2:DescribeNatGateways", NetworkKinds::natGateways),
          new Kind("elastic-ip", "ec2:DescribeAddresses", NetworkKinds::addresses),
          new Kind("vpc-endpoint", "ec2:DescribeVpcEndpoints", NetworkKinds::endpoints),
          new Kind("network-interface", "ec2:DescribeNetworkInterfaces", NetworkKinds::interfaces),
          new Kind("internet-gateway", "ec2:DescribeInternetGateways", NetworkKinds::gateways),
          new Kind("security-group", "ec2:DescribeSecurityGroups", NetworkKinds::groups),
          new Kind("vpc", "ec2:DescribeVpcs", NetworkKinds::vpcs));

  private NetworkKinds() {}

  /** A deleted NAT gateway stays listed for an hour. Source: VPC user guide. */
  private static List<Leftover> natGateways(Aws aws) {
    return aws.ec2().describeNatGatewaysPaginator(r -> {}).natGateways().stream()
        .filter(n -> n.state() != NatGatewayState.DELETED && n.state() != NatGatewayState.FAILED)
        .map(n ->
            new Leftover(
                    "nat-gateway",
                    n.natGatewayId(),
                    n.vpcId(),
                    n.state() == NatGatewayState.DELETING)
                .at(Prices.NAT_GATEWAY))
        .toList();
  }

  private static List<Leftover> addresses(Aws aws) {
    return aws.ec2().describeAddresses().addresses().stream()
        .map(a ->
            Leftover.of("elastic-ip", a.allocationId(), a.publicIp()).at(Prices.PUBLIC_ADDRESS))
        .toList();
  }

  private static List<Leftover> endpoints(Aws aws) {
    return aws.ec2().describeVpcEndpointsPaginator(r -> {}).vpcEndpoints().stream()
        .filter(e -> !isEndpoint(e, "deleted"))
        .map(e ->
            new Leftover(
                    "vpc-endpoint", e.vpcEndpointId(), e.serviceName(), isEndpoint(e, "deleting"))
                .at(endpoint(e)))
        .toList();
  }

  /** A gateway endpoint is free, an interface endpoint is paid for in each zone. */
  private static double endpoint(VpcEndpoint endpoint) {
    return "interface".equalsIgnoreCase(endpoint.vpcEndpointTypeAsString())
        ? Prices.ENDPOINT_IN_A_ZONE * Math.max(1, endpoint.subnetIds().size())
        : 0;
  }

  /** The SDK spells these states with a capital, EC2 answers with small letters. */
  private static boolean isEndpoint(VpcEndpoint endpoint, String state) {
    return state.equalsIgnoreCase(endpoint.stateAsString());
  }

  /** An interface that a service of AWS made goes when the service lets go of it. */
  private static List<Leftover> interfaces(Aws aws) {
    return aws.ec2().describeNetworkInterfacesPaginator(r -> {}).networkInterfaces().stream()
        .map(i ->
            new Leftover(
                "network-interface",
                i.networkInterfaceId(),
                text(i.description()),
                Boolean.TRUE.equals(i.requesterManaged())))
        .toList();
  }

  private static List<Leftover> gateways(Aws aws) {
    List<String> defaults =
        aws.ec2().describeVpcsPaginator(r -> {}).vpcs().stream()
            .filter(v -> Boolean.TRUE.equals(v.isDefault()))
            .map(v -> v.vpcId())
            .toList();
    return aws.ec2().describeInternetGatewaysPaginator(r -> {}).internetGateways().stream()
        .filter(g -> g.attachments().stream().noneMatch(a -> defaults.contains(a.vpcId())))
        .map(g -> Leftover.of("internet-gateway", g.internetGatewayId(), ""))
        .toList();
  }

  private static List<Leftover> groups(Aws aws) {
    return aws.ec2().describeSecurityGroupsPaginator(r -> {}).securityGroups().stream()
        .filter(g -> !"default".equals(g.groupName()))
        .map(g -> Leftover.of("security-group", g.groupId(), text(g.groupName())))
        .toList();
  }

  private static List<Leftover> vpcs(Aws aws) {
    return aws.ec2().describeVpcsPaginator(r -> {}).vpcs().stream()
        .filter(v -> !Boolean.TRUE.equals(v.isDefault()))
        .map(v -> Leftover.of("vpc", v.vpcId(), text(v.cidrBlock())))
        .toList();
  }

  private static String text(String value) {
    return Optional.ofNullable(value).orElse("");
  }
}
