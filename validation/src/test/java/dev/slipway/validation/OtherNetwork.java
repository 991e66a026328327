package dev.slipway.validation;

import dev.slipway.topology.Network;
import java.util.List;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ec2.model.ConnectivityType;
import software.amazon.awssdk.services.ec2.model.InternetGateway;
import software.amazon.awssdk.services.ec2.model.InternetGatewayAttachment;
import software.amazon.awssdk.services.ec2.model.IpPermission;
import software.amazon.awssdk.services.ec2.model.NatGateway;
import software.amazon.awssdk.services.ec2.model.NatGatewayState;
import software.amazon.awssdk.services.ec2.model.NetworkInterface;
import software.amazon.awssdk.services.ec2.model.Route;
import software.amazon.awssdk.services.ec2.model.RouteTable;
import software.amazon.awssdk.services.ec2.model.RouteTableAssociation;
import software.amazon.awssdk.services.ec2.model.SecurityGroup;
import software.amazon.awssdk.services.ec2.model.Subnet;
import software.amazon.awssdk.services.ec2.model.Vpc;
import software.amazon.awssdk.services.ec2.model.VpcEndpoint;

/** Another VPC of the same account, in which all is well: it must change no answer. */
final class OtherNetwork {

  private static final String VPC = "vpc-0";

  private OtherNetwork() {}

  /** The network with the other VPC before it in every list. */
  static Network beside(Network network) {
    return new Network(
        network.region(),
        before(network.vpcs(), Vpc.builder().vpcId(VPC).cidrBlock("10.9.0.0/16").build()),
        before(network.vpcDns(), new Network.VpcDns(VPC, true, true)),
        before(
            network.subnets(),
            Subnet.builder()
                .subnetId("subnet-0")
                .vpcId(VPC)
                .cidrBlock("10.9.1.0/24")
                .availabilityZone("eu-central-1a")
                .build()),
        before(network.routeTables(), table("rtb-0", true), table("rtb-00", false)),
        network.networkAcls(),
        before(network.securityGroups(), group()),
        before(network.networkInterfaces(), face()),
        before(network.internetGateways(), gateway()),
        before(network.natGateways(), nat()),
        before(network.vpcEndpoints(), endpoint("logs"), endpoint("ecr.api")),
        network.prefixLists());
  }

  @SafeVarargs
  private static <T> List<T> before(List<T> own, T... others) {
    return Stream.concat(Stream.of(others), own.stream()).toList();
  }

  private static RouteTable table(String id, boolean main) {
    return RouteTable.builder()
        .routeTableId(id)
        .vpcId(VPC)
        .routes(Route.builder().destinationCidrBlock("0.0.0.0/0").natGatewayId("nat-0").build())
        .associations(
            main
                ? RouteTableAssociation.builder().main(true).build()
                : RouteTableAssociation.builder().main(false).subnetId("subnet-0").build())
        .build();
  }

  private static SecurityGroup group() {
    IpPermission all = SampleNetwork.anywhere(-1);
    return SecurityGroup.builder()
        .groupId("sg-0")
        .groupName("default")
        .vpcId(VPC)
        .ipPermissions(all)
        .ipPermissionsEgress(all)
        .build();
  }

  @SuppressWarnings("unchecked")
  private static NetworkInterface face() {
    return NetworkInterface.builder()
        .networkInterfaceId("eni-0")
        .vpcId(VPC)
        .subnetId("subnet-0")
        .privateIpAddress("10.9.1.10")
        .description("ELB app/other/0123456789abcdef")
        .groups(g -> g.groupId("sg-0"))
        .build();
  }

  private static InternetGateway gateway() {
    return InternetGateway.builder()
        .internetGatewayId("igw-0")
        .attachments(InternetGatewayAttachment.builder().vpcId(VPC).build())
        .build();
  }

  private static NatGateway nat() {
    return NatGateway.builder()
        .natGatewayId("nat-0")
        .vpcId(VPC)
        .subnetId("subnet-0")
        .connectivityType(ConnectivityType.PUBLIC)
        .state(NatGatewayState.AVAILABLE)
        .build();
  }

  @SuppressWarnings("unchecked")
  private static VpcEndpoint endpoint(String service) {
    return VpcEndpoint.builder()
        .vpcEndpointId("vpce-0-" + service)
        .vpcId(VPC)
        .serviceName("com.amazonaws.eu-central-1." + service)
        .vpcEndpointType("Interface")
        .state("available")
        .privateDnsEnabled(true)
        .subnetIds("subnet-0")
        .groups(g -> g.groupId("sg-0"))
        .build();
  }
}
