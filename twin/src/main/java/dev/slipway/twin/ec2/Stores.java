package dev.slipway.twin.ec2;

import dev.slipway.twin.world.World;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.ec2.model.Address;
import software.amazon.awssdk.services.ec2.model.DhcpOptions;
import software.amazon.awssdk.services.ec2.model.FlowLog;
import software.amazon.awssdk.services.ec2.model.InternetGateway;
import software.amazon.awssdk.services.ec2.model.ManagedPrefixList;
import software.amazon.awssdk.services.ec2.model.NatGateway;
import software.amazon.awssdk.services.ec2.model.NetworkAcl;
import software.amazon.awssdk.services.ec2.model.NetworkInterface;
import software.amazon.awssdk.services.ec2.model.RouteTable;
import software.amazon.awssdk.services.ec2.model.SecurityGroup;
import software.amazon.awssdk.services.ec2.model.SecurityGroupRule;
import software.amazon.awssdk.services.ec2.model.Subnet;
import software.amazon.awssdk.services.ec2.model.Vpc;
import software.amazon.awssdk.services.ec2.model.VpcEndpoint;

/** Everything that EC2 keeps in a world. */
final class Stores {

  final Store<Vpc> vpcs;
  final Store<Subnet> subnets;
  final Store<InternetGateway> internetGateways;
  final Store<RouteTable> routeTables;
  final Store<NetworkAcl> networkAcls;
  final Store<SecurityGroup> securityGroups;
  final Store<SecurityGroupRule> securityGroupRules;
  final Store<NetworkInterface> networkInterfaces;
  final Store<Address> addresses;
  final Store<NatGateway> natGateways;
  final Store<VpcEndpoint> vpcEndpoints;
  final Store<FlowLog> flowLogs;
  final Store<ManagedPrefixList> prefixLists;
  final Store<DhcpOptions> dhcpOptions;

  Stores(World world) {
    vpcs =
        new Store<>(
            world,
            new Kind<>(
                "ec2.vpcs",
                "vpc",
                "vpc",
                Vpc::vpcId,
                Vpc::tags,
                (v, t) -> v.toBuilder().tags(t).build(),
                "InvalidVpcID.NotFound",
                "The vpc ID '%s' does not exist"));
    subnets =
        new Store<>(
            world,
            new Kind<>(
                "ec2.subnets",
                "subnet",
                "subnet",
                Subnet::subnetId,
                Subnet::tags,
                (v, t) -> v.toBuilder().tags(t).build(),
                "InvalidSubnetID.NotFound",
                "The subnet ID '%s' does not exist"));
    internetGateways =
        new Store<>(
            world,
            new Kind<>(
                "ec2.internetGateways",
                "igw",
                "internet-gateway",
                InternetGateway::internetGatewayId,
                InternetGateway::tags,
                (v, t) -> v.toBuilder().tags(t).build(),
                "InvalidInternetGatewayID.NotFound",
                "The internetGateway ID '%s' does not exist"));
    routeTables =
        new Store<>(
            world,
            new Kind<>(
                "ec2.routeTables",
                "rtb",
                "route-table",
                RouteTable::routeTableId,
                RouteTable::tags,
                (v, t) -> v.toBuilder().tags(t).build(),
                "InvalidRouteTableID.NotFound",
                "The routeTable ID '%s' does not exist"));
    networkAcls =
        new Store<>(
            world,
            new Kind<>(
                "ec2.networkAcls",
                "acl",
                "network-acl",
                NetworkAcl::networkAclId,
                NetworkAcl::tags,
                (v, t) -> v.toBuilder().tags(t).build(),
                "InvalidNetworkAclID.NotFound",
                "The networkAcl ID '%s' does not exist"));
    securityGroups =
        new Store<>(
            world,
            new Kind<>(
                "ec2.securityGroups",
                "sg",
                "security-group",
                SecurityGroup::groupId,
                SecurityGroup::tags,
                (v, t) -> v.toBuilder().tags(t).build(),
                "InvalidGroup.NotFound",
                "The security group '%s' does not exist"));
    securityGroupRules =
        new Store<>(
            world,
            new Kind<>(
                "ec2.securityGroupRules",
                "sgr",
                "security-group-rule",
                SecurityGroupRule::securityGroupRuleId,
                SecurityGroupRule::tags,
                (v, t) -> v.toBuilder().tags(t).build(),
                "InvalidSecurityGroupRuleId.NotFound",
                "The security group rule ID '%s' does not exist"));
    networkInterfaces =
        new Store<>(
            world,
            new Kind<>(
                "ec2.networkInterfaces",
                "eni",
                "network-interface",
                NetworkInterface::networkInterfaceId,
                NetworkInterface::tagSet,
                (v, t) -> v.toBuilder().tagSet(t).build(),
                "InvalidNetworkInterfaceID.NotFound",
                "The networkInterface ID '%s' does not exist"));
    addresses =
        new Store<>(
            world,
            new Kind<>(
                "ec2.addresses",
                "eipalloc",
                "elastic-ip",
                Address::allocationId,
                Address::tags,
                (v, t) -> v.toBuilder().tags(t).build(),
                "InvalidAllocationID.NotFound",
                "The allocation ID '%s' does not exist"));
    natGateways =
        new Store<>(
            world,
            new Kind<>(
                "ec2.natGateways",
                "nat",
                "natgateway",
                NatGateway::natGatewayId,
                NatGateway::tags,
                (v, t) -> v.toBuilder().tags(t).build(),
                "NatGatewayNotFound",
                "NatGateway %s was not found"));
    vpcEndpoints =
        new Store<>(
            world,
            new Kind<>(
                "ec2.vpcEndpoints",
                "vpce",
                "vpc-endpoint",
                VpcEndpoint::vpcEndpointId,
                VpcEndpoint::tags,
                (v, t) -> v.toBuilder().tags(t).build(),
                "InvalidVpcEndpointId.NotFound",
                "The Vpc Endpoint Id '%s' does not exist"));
    flowLogs =
        new Store<>(
            world,
            new Kind<>(
                "ec2.flowLogs",
                "fl",
                "vpc-flow-log",
                FlowLog::flowLogId,
                FlowLog::tags,
                (v, t) -> v.toBuilder().tags(t).build(),
                "InvalidFlowLogId.NotFound",
                "The flow log id '%s' does not exist"));
    prefixLists =
        new Store<>(
            world,
            new Kind<>(
                "ec2.prefixLists",
                "pl",
                "prefix-list",
                ManagedPrefixList::prefixListId,
                ManagedPrefixList::tags,
                (v, t) -> v.toBuilder().tags(t).build(),
                "InvalidPrefixListID.NotFound",
                "The prefix list ID '%s' does not exist."));
    dhcpOptions =
        new Store<>(
            world,
            new Kind<>(
                "ec2.dhcpOptions",
                "dopt",
                "dhcp-options",
                DhcpOptions::dhcpOptionsId,
                DhcpOptions::tags,
                (v, t) -> v.toBuilder().tags(t).build(),
                "InvalidDhcpOptionID.NotFound",
                "The dhcpOption ID '%s' does not exist"));
  }

  List<Store<?>> all() {
    return List.of(
        vpcs,
        subnets,
        internetGateways,
        routeTables,
        networkAcls,
        securityGroups,
        securityGroupRules,
        networkInterfaces,
        addresses,
        natGateways,
        vpcEndpoints,
        flowLogs,
        prefixLists,
        dhcpOptions);
  }

  /** The store that ids like this one belong to. */
  Optional<Store<?>> ofId(String id) {
    return all().stream().filter(s -> id.startsWith(s.kind().prefix() + "-")).findFirst();
  }
}
