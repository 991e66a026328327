package dev.slipway.twin.emulators;

import java.util.List;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.IpPermission;

/**
 * A network with two public subnets, a balancer's group open to the world and a task's group open
 * to the balancer.
 */
final class Network {

  static final String VPC_CIDR = "10.42.0.0/16";

  final String vpc;
  final String gateway;
  final List<String> subnets;
  final String balancerGroup;
  final String taskGroup;
  final String otherGroup;
  private final Ec2Client ec2;

  /**
   * Makes it.
   *
   * @param wayOut whether the subnets' route table leads to the internet
   * @param opened whether the task's group lets the balancer in
   */
  Network(Ec2Client ec2, boolean wayOut, boolean opened) {
    this.ec2 = ec2;
    vpc = ec2.createVpc(r -> r.cidrBlock(VPC_CIDR)).vpc().vpcId();
    gateway = ec2.createInternetGateway(r -> {}).internetGateway().internetGatewayId();
    ec2.attachInternetGateway(r -> r.vpcId(vpc).internetGatewayId(gateway));
    subnets = List.of(subnet("10.42.1.0/24", "us-east-1a"), subnet("10.42.2.0/24", "us-east-1b"));
    String table = ec2.createRouteTable(r -> r.vpcId(vpc)).routeTable().routeTableId();
    subnets.forEach(s -> ec2.associateRouteTable(r -> r.routeTableId(table).subnetId(s)));
    if (wayOut) {
      ec2.createRoute(
          r -> r.routeTableId(table).destinationCidrBlock("0.0.0.0/0").gatewayId(gateway));
    }
    balancerGroup = group("balancer");
    taskGroup = group("task");
    otherGroup = group("other");
    IpPermission web =
        IpPermission.builder()
            .ipProtocol("tcp")
            .fromPort(80)
            .toPort(80)
            .ipRanges(i -> i.cidrIp("0.0.0.0/0"))
            .build();
    ec2.authorizeSecurityGroupIngress(r -> r.groupId(balancerGroup).ipPermissions(web));
    IpPermission service =
        IpPermission.builder()
            .ipProtocol("tcp")
            .fromPort(1)
            .toPort(65535)
            .userIdGroupPairs(g -> g.groupId(opened ? balancerGroup : otherGroup))
            .build();
    ec2.authorizeSecurityGroupIngress(r -> r.groupId(taskGroup).ipPermissions(service));
  }

  private String subnet(String cidr, String zone) {
    return ec2.createSubnet(r -> r.vpcId(vpc).cidrBlock(cidr).availabilityZone(zone))
        .subnet()
        .subnetId();
  }

  private String group(String name) {
    return ec2.createSecurityGroup(r -> r.vpcId(vpc).groupName(name).description(name)).groupId();
  }
}
