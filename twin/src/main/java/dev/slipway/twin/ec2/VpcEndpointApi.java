package dev.slipway.twin.ec2;

import dev.slipway.topology.Network.VpcDns;
import dev.slipway.twin.world.AwsError;
import dev.slipway.twin.world.World;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.ec2.model.CreateVpcEndpointRequest;
import software.amazon.awssdk.services.ec2.model.CreateVpcEndpointResponse;
import software.amazon.awssdk.services.ec2.model.DeleteVpcEndpointsRequest;
import software.amazon.awssdk.services.ec2.model.DeleteVpcEndpointsResponse;
import software.amazon.awssdk.services.ec2.model.DescribeVpcEndpointsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeVpcEndpointsResponse;
import software.amazon.awssdk.services.ec2.model.ModifyVpcEndpointRequest;
import software.amazon.awssdk.services.ec2.model.ModifyVpcEndpointResponse;
import software.amazon.awssdk.services.ec2.model.SecurityGroup;
import software.amazon.awssdk.services.ec2.model.SecurityGroupIdentifier;
import software.amazon.awssdk.services.ec2.model.UnsuccessfulItem;
import software.amazon.awssdk.services.ec2.model.VpcEndpoint;
import software.amazon.awssdk.services.ec2.model.VpcEndpointType;

/** VPC endpoints. Source: EC2 API reference, CreateVpcEndpoint and others. */
final class VpcEndpointApi {

  private final World world;
  private final Stores stores;
  private final Endpoints endpoints;
  private final EndpointServices services;
  private final Interfaces interfaces;
  private final ClientTokens tokens;
  private final Filters<VpcEndpoint> filters;

  VpcEndpointApi(World world, Stores stores, Endpoints endpoints) {
    this.world = world;
    this.stores = stores;
    this.endpoints = endpoints;
    this.services = new EndpointServices(world);
    this.interfaces = new Interfaces(world, stores);
    this.tokens = new ClientTokens(world);
    this.filters =
        Filters.of(stores.vpcEndpoints.kind())
            .on("service-name", VpcEndpoint::serviceName)
            .on("vpc-id", VpcEndpoint::vpcId)
            .on("vpc-endpoint-id", VpcEndpoint::vpcEndpointId)
            .on("vpc-endpoint-state", VpcEndpoint::stateAsString)
            .on("vpc-endpoint-type", VpcEndpoint::vpcEndpointTypeAsString)
            .on("ip-address-type", VpcEndpoint::ipAddressTypeAsString);
  }

  /** Creates a gateway or an interface endpoint. */
  public CreateVpcEndpointResponse createVpcEndpoint(CreateVpcEndpointRequest request) {
    Parameters.only(
        request,
        "VpcEndpointType",
        "VpcId",
        "ServiceName",
        "PolicyDocument",
        "RouteTableIds",
        "SubnetIds",
        "SecurityGroupIds",
        "ClientToken",
        "PrivateDnsEnabled",
        "TagSpecifications");
    Optional<VpcEndpoint> before = tokens.madeBefore(stores.vpcEndpoints, request.clientToken());
    if (before.isPresent()) {
      return CreateVpcEndpointResponse.builder().vpcEndpoint(before.get()).build();
    }
    String vpc = Parameters.required("vpcId", request.vpcId());
    stores.vpcs.require(vpc);
    String serviceName = Parameters.required("serviceName", request.serviceName());
    EndpointServices.Service service = services.require(serviceName);
    VpcEndpointType type =
        request.vpcEndpointType() == null ? VpcEndpointType.GATEWAY : request.vpcEndpointType();
    EndpointRules.check(request, type, service);
    VpcEndpoint.Builder blank =
        VpcEndpoint.builder()
            .vpcEndpointId(stores.vpcEndpoints.newId())
            .vpcEndpointType(type)
            .vpcId(vpc)
            .serviceName(serviceName)
            .serviceRegion(world.region())
            .ownerId(world.account())
            .policyDocument(EndpointRules.policy(request.policyDocument()))
            .requesterManaged(false)
            .creationTimestamp(world.now())
            .state(Endpoints.AVAILABLE)
            .privateDnsEnabled(false)
            .routeTableIds(List.of())
            .subnetIds(List.of())
            .networkInterfaceIds(List.of())
            .groups(List.of())
            .dnsEntries(List.of())
            .tags(Tags.of(request.tagSpecifications(), "vpc-endpoint"));
    switch (type) {
      case GATEWAY -> new Quotas(stores).checkGatewayEndpoints();
      case INTERFACE -> {
        new Quotas(stores).checkInterfaceEndpoints(vpc);
        boolean privateDns = !Boolean.FALSE.equals(request.privateDnsEnabled());
        if (privateDns) {
          checkPrivateDns(vpc, serviceName, service);
        }
        blank
            .privateDnsEnabled(privateDns)
            .ipAddressType("ipv4")
            .dnsOptions(o -> o.dnsRecordIpType("ipv4"))
            .groups(groups(vpc, request.securityGroupIds()));
      }
      default -> throw Parameters.unsupported("VpcEndpointType=" + type);
    }
    VpcEndpoint made = endpoints.begin(blank.build(), request.subnetIds(), request.routeTableIds());
    tokens.remember(stores.vpcEndpoints, request.clientToken(), made.vpcEndpointId());
    return CreateVpcEndpointResponse.builder()
        .vpcEndpoint(made)
        .clientToken(request.clientToken())
        .build();
  }

  /** Lists endpoints. */
  public DescribeVpcEndpointsResponse describeVpcEndpoints(DescribeVpcEndpointsRequest request) {
    Parameters.only(request, "VpcEndpointIds", "Filters", "MaxResults", "NextToken");
    Page<VpcEndpoint> page =
        Page.of(
            filters.apply(stores.vpcEndpoints.select(request.vpcEndpointIds()), request.filters()),
            request.maxResults(),
            request.nextToken());
    return DescribeVpcEndpointsResponse.builder()
        .vpcEndpoints(page.items())
        .nextToken(page.nextToken())
        .build();
  }

  /** Changes an endpoint's policy, tables, subnets, groups or private DNS. */
  public ModifyVpcEndpointResponse modifyVpcEndpoint(ModifyVpcEndpointRequest request) {
    Parameters.only(
        request,
        "VpcEndpointId",
        "ResetPolicy",
        "PolicyDocument",
        "AddRouteTableIds",
        "RemoveRouteTableIds",
        "AddSubnetIds",
        "RemoveSubnetIds",
        "AddSecurityGroupIds",
        "RemoveSecurityGroupIds",
        "PrivateDnsEnabled");
    VpcEndpoint endpoint =
        stores.vpcEndpoints.require(Parameters.required("vpcEndpointId", request.vpcEndpointId()));
    EndpointRules.check(request, endpoint.vpcEndpointType());
    if (Boolean.TRUE.equals(request.resetPolicy())) {
      endpoint = endpoint.toBuilder().policyDocument(EndpointRules.ALLOW_ALL).build();
    } else if (request.policyDocument() != null) {
      endpoint =
          endpoint.toBuilder()
              .policyDocument(EndpointRules.policy(request.policyDocument()))
              .build();
    }
    if (endpoint.vpcEndpointType() == VpcEndpointType.GATEWAY) {
      EndpointRoutes routes = endpoints.routes();
      routes.check(endpoint, request.addRouteTableIds());
      routes.add(
          routes.remove(endpoint, request.removeRouteTableIds()), request.addRouteTableIds());
    } else {
      stores.vpcEndpoints.put(changedInterface(endpoint, request));
    }
    return ModifyVpcEndpointResponse.builder().returnValue(true).build();
  }

  /** Deletes endpoints; those that do not exist are reported, not refused. */
  public DeleteVpcEndpointsResponse deleteVpcEndpoints(DeleteVpcEndpointsRequest request) {
    Parameters.only(request, "VpcEndpointIds");
    List<UnsuccessfulItem> unknown = new ArrayList<>();
    for (String id : Parameters.required("vpcEndpointIds", request.vpcEndpointIds())) {
      Optional<VpcEndpoint> endpoint = stores.vpcEndpoints.find(id);
      if (endpoint.isPresent()) {
        endpoints.delete(endpoint.get());
      } else {
        AwsError error = stores.vpcEndpoints.kind().notFound(id);
        unknown.add(
            UnsuccessfulItem.builder()
                .resourceId(id)
                .error(e -> e.code(error.code()).message(error.getMessage()))
                .build());
      }
    }
    return DeleteVpcEndpointsResponse.builder().unsuccessful(unknown).build();
  }

  private VpcEndpoint changedInterface(VpcEndpoint endpoint, ModifyVpcEndpointRequest request) {
    VpcEndpoint changed = endpoint;
    if (request.privateDnsEnabled() != null
        && !request.privateDnsEnabled().equals(endpoint.privateDnsEnabled())) {
      if (request.privateDnsEnabled()) {
        checkPrivateDns(
            endpoint.vpcId(), endpoint.serviceName(), services.require(endpoint.serviceName()));
      }
      changed = changed.toBuilder().privateDnsEnabled(request.privateDnsEnabled()).build();
      changed = changed.toBuilder().dnsEntries(endpoints.names(changed)).build();
    }
    List<String> groups = new ArrayList<>();
    endpoint.groups().forEach(g -> groups.add(g.groupId()));
    groups.removeAll(request.removeSecurityGroupIds());
    request.addSecurityGroupIds().stream().filter(g -> !groups.contains(g)).forEach(groups::add);
    changed = changed.toBuilder().groups(groups(endpoint.vpcId(), groups)).build();
    changed = endpoints.removeSubnets(changed, request.removeSubnetIds());
    changed = endpoints.addSubnets(changed, request.addSubnetIds());
    changed.networkInterfaceIds().forEach(i -> interfaces.setGroups(i, groups));
    return changed;
  }

  private void checkPrivateDns(String vpcId, String serviceName, EndpointServices.Service service) {
    VpcDns dns = new VpcAttributes(world).of(vpcId);
    if (!dns.support() || !dns.hostnames()) {
      throw EndpointRules.refused(
          ("Enabling private DNS requires both enableDnsSupport and enableDnsHostnames VPC"
                  + " attributes set to true for ")
              + vpcId);
    }
    boolean conflict =
        stores.vpcEndpoints.any(e ->
            e.vpcId().equals(vpcId)
                && e.serviceName().equals(serviceName)
                && Boolean.TRUE.equals(e.privateDnsEnabled()));
    if (conflict) {
      throw EndpointRules.refused(
          ("private-dns-enabled cannot be set because there is already a conflicting DNS domain"
                  + " for %s in the VPC %s")
              .formatted(services.privateName(service), vpcId));
    }
  }

  private List<SecurityGroupIdentifier> groups(String vpcId, List<String> ids) {
    List<SecurityGroup> groups =
        ids.isEmpty()
            ? stores.securityGroups.where(
                g -> g.vpcId().equals(vpcId) && g.groupName().equals("default"))
            : ids.stream().map(stores.securityGroups::require).toList();
    return groups.stream()
        .map(g ->
            SecurityGroupIdentifier.builder().groupId(g.groupId()).groupName(g.groupName()).build())
        .toList();
  }
}
