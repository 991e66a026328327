package dev.slipway.topology;

import dev.slipway.topology.Network.VpcDns;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import software.amazon.awssdk.services.ec2.model.InternetGateway;
import software.amazon.awssdk.services.ec2.model.NatGateway;
import software.amazon.awssdk.services.ec2.model.NatGatewayState;
import software.amazon.awssdk.services.ec2.model.NetworkAcl;
import software.amazon.awssdk.services.ec2.model.NetworkInterface;
import software.amazon.awssdk.services.ec2.model.RouteTable;
import software.amazon.awssdk.services.ec2.model.SecurityGroup;
import software.amazon.awssdk.services.ec2.model.Subnet;
import software.amazon.awssdk.services.ec2.model.Vpc;
import software.amazon.awssdk.services.ec2.model.VpcEndpoint;

/** Finds things in a network. */
record Directory(Network network) {

  Optional<Vpc> vpc(String id) {
    return first(network.vpcs(), v -> v.vpcId().equals(id));
  }

  Optional<Subnet> subnet(String id) {
    return first(network.subnets(), s -> s.subnetId().equals(id));
  }

  Optional<NetworkInterface> networkInterface(String id) {
    return InterfaceIndex.of(network.networkInterfaces()).byId(id);
  }

  Optional<NetworkInterface> interfaceAt(String vpcId, String address) {
    return InterfaceIndex.of(network.networkInterfaces()).at(vpcId, address);
  }

  Optional<SecurityGroup> securityGroup(String id) {
    return first(network.securityGroups(), g -> g.groupId().equals(id));
  }

  Optional<SecurityGroup> defaultGroup(String vpcId) {
    return first(
        network.securityGroups(), g -> vpcId.equals(g.vpcId()) && "default".equals(g.groupName()));
  }

  /** The table associated with the subnet itself. */
  Optional<RouteTable> ownRouteTable(String subnetId) {
    return first(
        network.routeTables(),
        t -> t.associations().stream().anyMatch(a -> subnetId.equals(a.subnetId())));
  }

  Optional<RouteTable> mainRouteTable(String vpcId) {
    return first(
        network.routeTables(),
        t ->
            vpcId.equals(t.vpcId())
                && t.associations().stream().anyMatch(a -> Boolean.TRUE.equals(a.main())));
  }

  /** The subnet's network ACL, else the VPC's default one. */
  Optional<NetworkAcl> networkAcl(String vpcId, String subnetId) {
    return first(
            network.networkAcls(),
            n -> n.associations().stream().anyMatch(a -> subnetId.equals(a.subnetId())))
        .or(() ->
            first(
                network.networkAcls(),
                n -> vpcId.equals(n.vpcId()) && Boolean.TRUE.equals(n.isDefault())));
  }

  Optional<InternetGateway> attachedGateway(String vpcId) {
    return first(network.internetGateways(), g -> isAttached(g, vpcId));
  }

  boolean isAttached(String gatewayId, String vpcId) {
    return network.internetGateways().stream()
        .anyMatch(g -> g.internetGatewayId().equals(gatewayId) && isAttached(g, vpcId));
  }

  private static boolean isAttached(InternetGateway gateway, String vpcId) {
    return gateway.attachments().stream().anyMatch(a -> vpcId.equals(a.vpcId()));
  }

  Optional<NatGateway> natGateway(String id) {
    return first(network.natGateways(), n -> n.natGatewayId().equals(id));
  }

  Optional<NatGateway> availableNat(String vpcId) {
    return first(
        network.natGateways(),
        n -> vpcId.equals(n.vpcId()) && n.state() == NatGatewayState.AVAILABLE);
  }

  /** The VPC's endpoints that exist, those on their way out left aside. */
  List<VpcEndpoint> endpoints(String vpcId) {
    return network.vpcEndpoints().stream()
        .filter(e -> vpcId.equals(e.vpcId()))
        .filter(e -> !stateOf(e).startsWith("delet"))
        .toList();
  }

  /** The VPC's endpoints of a type for a service of this region. */
  List<VpcEndpoint> endpoints(String vpcId, String type, String service) {
    String name = serviceName(service);
    return endpoints(vpcId).stream()
        .filter(e -> type.equalsIgnoreCase(e.vpcEndpointTypeAsString()))
        .filter(e -> name.equals(e.serviceName()))
        .toList();
  }

  /** Whether an endpoint is in use; EC2 spells the states with and without a capital. */
  static boolean isAvailable(VpcEndpoint endpoint) {
    return stateOf(endpoint).equals("available");
  }

  private static String stateOf(VpcEndpoint endpoint) {
    String state = endpoint.stateAsString();
    return state == null ? "" : state.toLowerCase(Locale.ROOT);
  }

  /** Whether the prefix list is the one that AWS keeps for a service. */
  boolean isPrefixListOf(String prefixListId, String service) {
    String name = serviceName(service);
    return !service.isEmpty()
        && network.prefixLists().stream()
            .anyMatch(
                p -> p.prefixListId().equals(prefixListId) && name.equals(p.prefixListName()));
  }

  /** The length of the longest block of a customer's prefix list that has the address, or -1. */
  int longestBlock(String prefixListId, String address) {
    return network.prefixListBlocks().stream()
        .filter(l -> l.prefixListId().equals(prefixListId))
        .flatMap(l -> l.blocks().stream())
        .filter(Cidr::isValid)
        .map(Cidr::parse)
        .filter(b -> b.contains(address))
        .mapToInt(Cidr::prefix)
        .max()
        .orElse(-1);
  }

  /** The interface, of whatever VPC, that has a public address. */
  Optional<NetworkInterface> interfaceWithPublic(String address) {
    return InterfaceIndex.of(network.networkInterfaces()).withPublic(address);
  }

  /** The VPC's DNS attributes; AWS's defaults when they were not looked up. */
  VpcDns dns(String vpcId) {
    return first(network.vpcDns(), d -> d.vpcId().equals(vpcId))
        .orElse(new VpcDns(vpcId, true, true));
  }

  String serviceName(String service) {
    return "com.amazonaws." + network.region() + "." + service;
  }

  private static <T> Optional<T> first(List<T> all, Predicate<T> condition) {
    return all.stream().filter(condition).findFirst();
  }
}
