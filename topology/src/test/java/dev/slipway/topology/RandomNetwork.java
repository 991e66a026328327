package dev.slipway.topology;

import dev.slipway.topology.Network.PrefixListBlocks;
import dev.slipway.topology.Network.VpcDns;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
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
import software.amazon.awssdk.services.ec2.model.SecurityGroupIdentifier;
import software.amazon.awssdk.services.ec2.model.Subnet;
import software.amazon.awssdk.services.ec2.model.Vpc;
import software.amazon.awssdk.services.ec2.model.VpcEndpoint;

/** A network whose parts are drawn by chance, from few values so that they often meet. */
@SuppressWarnings("unchecked") // the SDK takes varargs of consumers
final class RandomNetwork {

  static final List<Integer> PORTS = List.of(80, 443, 5000);

  private final RandomGenerator random;
  private final List<Vpc> vpcs = new ArrayList<>();
  private final List<VpcDns> dns = new ArrayList<>();
  private final List<Subnet> subnets = new ArrayList<>();
  private final List<RouteTable> tables = new ArrayList<>();
  private final List<NetworkAcl> acls = new ArrayList<>();
  private final List<SecurityGroup> groups = new ArrayList<>();
  private final List<NetworkInterface> interfaces = new ArrayList<>();
  private final List<InternetGateway> gateways = new ArrayList<>();
  private final List<NatGateway> nats = new ArrayList<>();
  private final List<VpcEndpoint> endpoints = new ArrayList<>();

  RandomNetwork(RandomGenerator random) {
    this.random = random;
    for (int v = 0; v < 2; v++) {
      vpc(v);
    }
  }

  Network network() {
    return new Network(
        "eu-west-1",
        vpcs,
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
                .build()),
        List.of(new PrefixListBlocks("pl-own", List.of("198.51.100.0/24", "10.0.2.0/24"))));
  }

  private boolean chance(double p) {
    return random.nextDouble() < p;
  }

  private <T> T any(List<T> all) {
    return all.get(random.nextInt(all.size()));
  }

  private void vpc(int v) {
    String vpc = "vpc-" + v;
    vpcs.add(Vpc.builder().vpcId(vpc).cidrBlock("10." + v + ".0.0/16").build());
    dns.add(new VpcDns(vpc, chance(0.9), chance(0.8)));
    InternetGateway.Builder gateway = InternetGateway.builder().internetGatewayId("igw-" + v);
    gateways.add(chance(0.85) ? gateway.attachments(a -> a.vpcId(vpc)).build() : gateway.build());
    for (int g = 0; g < 3; g++) {
      group(vpc, "sg-" + v + g);
    }
    for (int s = 0; s < 3; s++) {
      subnet(v, s);
    }
    endpoints(vpc, v);
    table(vpc, v, "main", RouteTableAssociation.builder().main(true).build());
    for (int s = 0; s < 2; s++) {
      if (chance(0.8)) {
        String subnet = "subnet-" + v + s;
        table(vpc, v, "" + s, RouteTableAssociation.builder().main(false).subnetId(subnet).build());
      }
    }
    acl(vpc, "acl-" + v + "default", List.of(), true);
    acl(vpc, "acl-" + v + "own", List.of("subnet-" + v + random.nextInt(3)), false);
  }

  private void subnet(int v, int s) {
    String vpc = "vpc-" + v;
    String subnet = "subnet-" + v + s;
    subnets.add(
        Subnet.builder()
            .subnetId(subnet)
            .vpcId(vpc)
            .cidrBlock("10." + v + "." + s + ".0/24")
            .availabilityZone("eu-west-1" + (char) ('a' + s))
            .build());
    for (int i = 0; i < 2; i++) {
      String id = "eni-" + v + s + i;
      NetworkInterface.Builder made =
          NetworkInterface.builder()
              .networkInterfaceId(id)
              .vpcId(vpc)
              .subnetId(subnet)
              .privateIpAddress("10." + v + "." + s + "." + (10 + i))
              .groups(GroupIdentifier.builder().groupId("sg-" + v + random.nextInt(3)).build());
      if (chance(0.5)) {
        String ip = "203.0.113." + (v * 100 + s * 10 + i + 1);
        made.association(a -> a.publicIp(ip));
      }
      interfaces.add(made.build());
    }
    if (s == 0) {
      nats.add(
          NatGateway.builder()
              .natGatewayId("nat-" + v)
              .vpcId(vpc)
              .subnetId(subnet)
              .state(chance(0.85) ? "available" : "pending")
              .natGatewayAddresses(a -> a.publicIp("203.0.113.25" + v))
              .build());
    }
  }

  private void endpoints(String vpc, int v) {
    if (chance(0.6)) {
      String group = "sg-" + v + random.nextInt(3);
      String subnet = "subnet-" + v + random.nextInt(3);
      String address = subnet.replace("subnet-" + v, "10." + v + ".") + ".99";
      interfaces.add(
          NetworkInterface.builder()
              .networkInterfaceId("eni-vpce" + v)
              .vpcId(vpc)
              .subnetId(subnet)
              .privateIpAddress(address)
              .groups(GroupIdentifier.builder().groupId(group).build())
              .build());
      endpoints.add(
          VpcEndpoint.builder()
              .vpcEndpointId("vpce-logs" + v)
              .vpcId(vpc)
              .serviceName("com.amazonaws.eu-west-1.logs")
              .vpcEndpointType("Interface")
              .state(chance(0.85) ? "available" : "pending")
              .privateDnsEnabled(chance(0.8))
              .subnetIds(subnet)
              .networkInterfaceIds("eni-vpce" + v)
              .groups(SecurityGroupIdentifier.builder().groupId(group).build())
              .build());
    }
    endpoints.add(
        VpcEndpoint.builder()
            .vpcEndpointId("vpce-s3" + v)
            .vpcId(vpc)
            .serviceName("com.amazonaws.eu-west-1.s3")
            .vpcEndpointType("Gateway")
            .state("available")
            .build());
  }

  private void table(String vpc, int v, String name, RouteTableAssociation association) {
    List<Route> routes = new ArrayList<>();
    routes.add(Sketch.to("10." + v + ".0.0/16", "local"));
    String way = any(List.of("igw-" + v, "igw-" + v, "nat-" + v, "nat-" + v, ""));
    if (!way.isEmpty()) {
      Route route = Sketch.to("0.0.0.0/0", way);
      routes.add(chance(0.9) ? route : route.toBuilder().state(RouteState.BLACKHOLE).build());
    }
    if (chance(0.3)) {
      routes.add(Sketch.to("198.51.100.0/24", any(List.of("igw-" + v, "nat-" + v))));
    }
    if (chance(0.3)) {
      routes.add(Sketch.to("pl-own", any(List.of("igw-" + v, "nat-" + v))));
    }
    if (chance(0.4)) {
      routes.add(Sketch.to("pl-s3", "vpce-s3" + v));
    }
    tables.add(
        RouteTable.builder()
            .routeTableId("rtb-" + v + name)
            .vpcId(vpc)
            .associations(association)
            .routes(routes)
            .build());
  }

  private void group(String vpc, String id) {
    groups.add(
        SecurityGroup.builder()
            .groupId(id)
            .groupName(id.endsWith("0") ? "default" : id)
            .vpcId(vpc)
            .ipPermissions(permissions(id))
            .ipPermissionsEgress(chance(0.6) ? List.of(Sketch.all("0.0.0.0/0")) : permissions(id))
            .build());
  }

  private List<IpPermission> permissions(String own) {
    List<IpPermission> rules = new ArrayList<>();
    String stem = own.substring(0, own.length() - 1);
    for (int i = random.nextInt(3); i >= 0; i--) {
      String peer =
          any(List.of("0.0.0.0/0", stem + "0", stem + "1", "10.0.0.0/8", "pl-own", "pl-s3"));
      rules.add(chance(0.3) ? Sketch.all(peer) : Sketch.tcp(any(PORTS), peer));
    }
    return rules;
  }

  private void acl(String vpc, String id, List<String> subnetIds, boolean isDefault) {
    List<NetworkAclEntry> entries = new ArrayList<>();
    for (boolean egress : new boolean[] {true, false}) {
      for (int n = chance(0.5) ? 1 : 0; n > 0; n--) {
        int from = any(List.of(0, 443, 1024, 32768, 50000));
        int to = Math.max(from, any(List.of(443, 5000, 60999, 65535)));
        RuleAction action = chance(0.6) ? RuleAction.ALLOW : RuleAction.DENY;
        entries.add(
            Sketch.entry(10 + n, egress, action, from, to).toBuilder()
                .cidrBlock(any(List.of("0.0.0.0/0", "10.0.0.0/15", "198.51.100.7/32")))
                .build());
      }
      if (chance(0.8)) {
        entries.add(Sketch.allow(egress));
      }
    }
    acls.add(
        NetworkAcl.builder()
            .networkAclId(id)
            .vpcId(vpc)
            .isDefault(isDefault)
            .entries(entries)
            .associations(
                subnetIds.stream()
                    .map(s ->
                        software.amazon.awssdk.services.ec2.model.NetworkAclAssociation.builder()
                            .subnetId(s)
                            .build())
                    .toList())
            .build());
  }
}
