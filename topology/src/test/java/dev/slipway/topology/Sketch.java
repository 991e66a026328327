package dev.slipway.topology;

import dev.slipway.topology.Network.VpcDns;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.services.ec2.model.GroupIdentifier;
import software.amazon.awssdk.services.ec2.model.InternetGateway;
import software.amazon.awssdk.services.ec2.model.IpPermission;
import software.amazon.awssdk.services.ec2.model.ManagedPrefixList;
import software.amazon.awssdk.services.ec2.model.NatGateway;
import software.amazon.awssdk.services.ec2.model.NetworkAcl;
import software.amazon.awssdk.services.ec2.model.NetworkAclEntry;
import software.amazon.awssdk.services.ec2.model.NetworkInterface;
import software.amazon.awssdk.services.ec2.model.Route;
import software.amazon.awssdk.services.ec2.model.RouteState;
import software.amazon.awssdk.services.ec2.model.RouteTable;
import software.amazon.awssdk.services.ec2.model.RouteTableAssociation;
import software.amazon.awssdk.services.ec2.model.RuleAction;
import software.amazon.awssdk.services.ec2.model.SecurityGroup;
import software.amazon.awssdk.services.ec2.model.Subnet;
import software.amazon.awssdk.services.ec2.model.Vpc;
import software.amazon.awssdk.services.ec2.model.VpcEndpoint;

/**
 * A network to draw in a test. It starts as the usual one: a public subnet with an internet gateway
 * and a NAT gateway, a private subnet that leads to the NAT, a load balancer in the public subnet
 * and a task in the private one.
 */
@SuppressWarnings("unchecked") // the SDK takes varargs of consumers
final class Sketch {

  static final String VPC = "vpc-1";
  static final String PUBLIC = "subnet-public";
  static final String PRIVATE = "subnet-private";
  static final String TASK = "eni-task";
  static final String ALB = "eni-alb";

  private final List<VpcDns> dns = new ArrayList<>(List.of(new VpcDns(VPC, true, true)));
  private final List<Subnet> subnets = new ArrayList<>();
  private final List<RouteTable> tables = new ArrayList<>();
  private final List<NetworkAcl> acls = new ArrayList<>();
  private final List<SecurityGroup> groups = new ArrayList<>();
  private final List<NetworkInterface> interfaces = new ArrayList<>();
  private final List<InternetGateway> gateways = new ArrayList<>();
  private final List<NatGateway> nats = new ArrayList<>();
  private final List<VpcEndpoint> endpoints = new ArrayList<>();

  static Sketch usual() {
    Sketch sketch = new Sketch();
    sketch.subnet(PUBLIC, "10.0.0.0/24", "eu-west-1a");
    sketch.subnet(PRIVATE, "10.0.10.0/24", "eu-west-1a");
    sketch.table("rtb-main", "", local());
    sketch.table("rtb-public", PUBLIC, local(), to("0.0.0.0/0", "igw-1"));
    sketch.table("rtb-private", PRIVATE, local(), to("0.0.0.0/0", "nat-1"));
    sketch.acl("acl-default", "", allow(true), allow(false));
    sketch.group("sg-alb", List.of(tcp(80, "0.0.0.0/0")), List.of(tcp(5000, "sg-task")));
    sketch.group("sg-task", List.of(tcp(5000, "sg-alb")), List.of(all("0.0.0.0/0")));
    sketch.networkInterface(ALB, PUBLIC, "10.0.0.10", "203.0.113.10", "sg-alb");
    sketch.networkInterface(TASK, PRIVATE, "10.0.10.20", "", "sg-task");
    sketch.gateways.add(
        InternetGateway.builder()
            .internetGatewayId("igw-1")
            .attachments(a -> a.vpcId(VPC).state("available"))
            .build());
    sketch.nats.add(
        NatGateway.builder()
            .natGatewayId("nat-1")
            .vpcId(VPC)
            .subnetId(PUBLIC)
            .state("available")
            .build());
    return sketch;
  }

  Network network() {
    return new Network(
        "eu-west-1",
        List.of(Vpc.builder().vpcId(VPC).cidrBlock("10.0.0.0/16").build()),
        dns,
        subnets,
        tables,
        acls,
        groups,
        interfaces,
        gateways,
        nats,
        endpoints,
        List.of(
            ManagedPrefixList.builder()
                .prefixListId("pl-s3")
                .prefixListName("com.amazonaws.eu-west-1.s3")
                .build()));
  }

  Sketch dns(boolean support, boolean hostnames) {
    dns.set(0, new VpcDns(VPC, support, hostnames));
    return this;
  }

  Sketch subnet(String id, String cidr, String zone) {
    subnets.add(
        Subnet.builder().subnetId(id).vpcId(VPC).cidrBlock(cidr).availabilityZone(zone).build());
    return this;
  }

  /** Adds or replaces a route table; without a subnet it is the main one. */
  Sketch table(String id, String subnetId, Route... routes) {
    tables.removeIf(t -> t.routeTableId().equals(id));
    RouteTableAssociation association =
        subnetId.isEmpty()
            ? RouteTableAssociation.builder().main(true).build()
            : RouteTableAssociation.builder().main(false).subnetId(subnetId).build();
    tables.add(
        RouteTable.builder()
            .routeTableId(id)
            .vpcId(VPC)
            .associations(association)
            .routes(routes)
            .build());
    return this;
  }

  Sketch acl(String id, String subnetId, NetworkAclEntry... entries) {
    NetworkAcl.Builder acl =
        NetworkAcl.builder()
            .networkAclId(id)
            .vpcId(VPC)
            .isDefault(subnetId.isEmpty())
            .entries(entries);
    if (!subnetId.isEmpty()) {
      acl.associations(a -> a.subnetId(subnetId));
    }
    acls.add(acl.build());
    return this;
  }

  Sketch group(String id, List<IpPermission> ingress, List<IpPermission> egress) {
    groups.removeIf(g -> g.groupId().equals(id));
    groups.add(
        SecurityGroup.builder()
            .groupId(id)
            .groupName(id.equals("sg-default") ? "default" : id)
            .vpcId(VPC)
            .ipPermissions(ingress)
            .ipPermissionsEgress(egress)
            .build());
    return this;
  }

  Sketch networkInterface(
      String id, String subnetId, String address, String publicIp, String... groupIds) {
    interfaces.removeIf(i -> i.networkInterfaceId().equals(id));
    NetworkInterface.Builder made =
        NetworkInterface.builder()
            .networkInterfaceId(id)
            .vpcId(VPC)
            .subnetId(subnetId)
            .privateIpAddress(address)
            .description(id.equals(ALB) ? "ELB app/a/1" : "")
            .groups(
                Arrays.stream(groupIds)
                    .map(g -> GroupIdentifier.builder().groupId(g).build())
                    .toList());
    if (!publicIp.isEmpty()) {
      made.association(a -> a.publicIp(publicIp));
    }
    interfaces.add(made.build());
    return this;
  }

  Sketch nat(UnaryOperator<NatGateway.Builder> change) {
    nats.replaceAll(n -> change.apply(n.toBuilder()).build());
    return this;
  }

  Sketch withoutNat() {
    nats.clear();
    return this;
  }

  Sketch withoutGateway() {
    gateways.clear();
    return this;
  }

  Sketch endpoint(String service, UnaryOperator<VpcEndpoint.Builder> change) {
    endpoints.add(
        change
            .apply(
                VpcEndpoint.builder()
                    .vpcEndpointId("vpce-" + service)
                    .vpcId(VPC)
                    .serviceName("com.amazonaws.eu-west-1." + service)
                    .vpcEndpointType(service.equals("s3") ? "Gateway" : "Interface")
                    .state("available")
                    .privateDnsEnabled(true))
            .build());
    return this;
  }

  /** An interface endpoint in the private subnet that admits 443 from the task's group. */
  Sketch endpoint(String service) {
    group("sg-endpoint", List.of(tcp(443, "sg-task")), List.of());
    networkInterface("eni-" + service, PRIVATE, "10.0.10.99", "", "sg-endpoint");
    return endpoint(
        service,
        e ->
            e.networkInterfaceIds("eni-" + service)
                .subnetIds(PRIVATE)
                .groups(g -> g.groupId("sg-endpoint")));
  }

  /** The private subnet has no way out but endpoints. */
  Sketch isolated() {
    return withoutNat().table("rtb-private", PRIVATE, local());
  }

  static Route local() {
    return to("10.0.0.0/16", "local");
  }

  static Route to(String destination, String target) {
    Route.Builder route = Route.builder().state(RouteState.ACTIVE);
    if (destination.startsWith("pl-")) {
      route.destinationPrefixListId(destination);
    } else {
      route.destinationCidrBlock(destination);
    }
    return (target.startsWith("nat-") ? route.natGatewayId(target) : route.gatewayId(target))
        .build();
  }

  static Route blackhole(String destination, String target) {
    return to(destination, target).toBuilder().state(RouteState.BLACKHOLE).build();
  }

  static IpPermission tcp(int port, String peer) {
    return permission("tcp", peer).toBuilder().fromPort(port).toPort(port).build();
  }

  static IpPermission all(String peer) {
    return permission("-1", peer);
  }

  private static IpPermission permission(String protocol, String peer) {
    IpPermission.Builder rule = IpPermission.builder().ipProtocol(protocol);
    if (peer.startsWith("sg-")) {
      return rule.userIdGroupPairs(g -> g.groupId(peer)).build();
    }
    return peer.startsWith("pl-")
        ? rule.prefixListIds(p -> p.prefixListId(peer)).build()
        : rule.ipRanges(r -> r.cidrIp(peer)).build();
  }

  static NetworkAclEntry allow(boolean egress) {
    return entry(100, egress, RuleAction.ALLOW, 0, 65535);
  }

  static NetworkAclEntry entry(int number, boolean egress, RuleAction action, int from, int to) {
    return NetworkAclEntry.builder()
        .ruleNumber(number)
        .egress(egress)
        .ruleAction(action)
        .protocol("6")
        .cidrBlock("0.0.0.0/0")
        .portRange(p -> p.from(from).to(to))
        .build();
  }
}
