package dev.slipway.twin.terraform.resources;

import dev.slipway.twin.terraform.engine.Context;
import dev.slipway.twin.terraform.engine.ResourceHandler;
import dev.slipway.twin.terraform.engine.Waiter;
import dev.slipway.twin.terraform.plan.Traits;
import dev.slipway.twin.terraform.value.Attributes;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import software.amazon.awssdk.services.ec2.model.CreateVpcEndpointRequest;
import software.amazon.awssdk.services.ec2.model.CreateVpcEndpointResponse;
import software.amazon.awssdk.services.ec2.model.DeleteVpcEndpointsRequest;
import software.amazon.awssdk.services.ec2.model.DeleteVpcEndpointsResponse;
import software.amazon.awssdk.services.ec2.model.DescribePrefixListsRequest;
import software.amazon.awssdk.services.ec2.model.DescribePrefixListsResponse;
import software.amazon.awssdk.services.ec2.model.DescribeVpcEndpointsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeVpcEndpointsResponse;
import software.amazon.awssdk.services.ec2.model.DnsOptions;
import software.amazon.awssdk.services.ec2.model.ModifyVpcEndpointRequest;
import software.amazon.awssdk.services.ec2.model.ModifyVpcEndpointResponse;
import software.amazon.awssdk.services.ec2.model.PrefixList;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.SecurityGroupIdentifier;
import software.amazon.awssdk.services.ec2.model.UnsuccessfulItem;
import software.amazon.awssdk.services.ec2.model.VpcEndpoint;

/** {@code aws_vpc_endpoint}, of the gateway and the interface kind. */
final class VpcEndpointResource implements ResourceHandler {

  private static final Duration TIMEOUT = Duration.ofMinutes(10);

  @Override
  public String type() {
    return "aws_vpc_endpoint";
  }

  @Override
  public String label() {
    return "EC2 VPC Endpoint";
  }

  @Override
  public Traits traits() {
    return IamDocuments.traits("policy").keep("dns_options");
  }

  @Override
  public void create(Context context, Attributes planned) {
    CreateVpcEndpointRequest request =
        CreateVpcEndpointRequest.builder()
            .clientToken(context.token())
            .vpcId(planned.text("vpc_id"))
            .serviceName(planned.text("service_name"))
            .vpcEndpointType(planned.text("vpc_endpoint_type"))
            .privateDnsEnabled(planned.flag("private_dns_enabled"))
            .policyDocument(planned.text("policy"))
            .ipAddressType(planned.text("ip_address_type"))
            .routeTableIds(planned.texts("route_table_ids"))
            .subnetIds(planned.texts("subnet_ids"))
            .securityGroupIds(planned.texts("security_group_ids"))
            .tagSpecifications(Ec2Calls.tagSpecifications(planned, ResourceType.VPC_ENDPOINT))
            .build();
    planned.set(
        "id", context.call(request, CreateVpcEndpointResponse.class).vpcEndpoint().vpcEndpointId());
    await(context, planned.id(), context.timeout(planned, "create", TIMEOUT));
  }

  @Override
  public boolean read(Context context, Attributes state) {
    Optional<VpcEndpoint> found =
        find(context, state.id()).filter(one -> !"deleted".equalsIgnoreCase(one.stateAsString()));
    if (found.isEmpty()) {
      return false;
    }
    VpcEndpoint endpoint = found.get();
    state
        .set("arn", context.arn("ec2", "vpc-endpoint/" + endpoint.vpcEndpointId()))
        .setText("ip_address_type", endpoint.ipAddressTypeAsString())
        .setTexts("network_interface_ids", endpoint.networkInterfaceIds())
        .set("owner_id", endpoint.ownerId())
        .set("private_dns_enabled", Boolean.TRUE.equals(endpoint.privateDnsEnabled()))
        .set("requester_managed", Boolean.TRUE.equals(endpoint.requesterManaged()))
        .setTexts("route_table_ids", endpoint.routeTableIds())
        .setTexts(
            "security_group_ids",
            endpoint.groups().stream().map(SecurityGroupIdentifier::groupId).toList())
        .set("service_name", endpoint.serviceName())
        .set("state", endpoint.stateAsString().toLowerCase(Locale.ROOT))
        .setTexts("subnet_ids", endpoint.subnetIds())
        .set("vpc_endpoint_type", endpoint.vpcEndpointTypeAsString())
        .set("vpc_id", endpoint.vpcId())
        .setBlocks(
            "dns_entry",
            endpoint.dnsEntries().stream()
                .map(entry ->
                    new Attributes()
                        .set("dns_name", entry.dnsName())
                        .set("hosted_zone_id", entry.hostedZoneId()))
                .toList());
    state.setBlocks("dns_options", dnsOptions(endpoint));
    if (endpoint.policyDocument() != null) {
      IamDocuments.set(state, "policy", endpoint.policyDocument());
    }
    setPrefixList(context, state, endpoint.serviceName());
    Ec2Calls.setTags(context, state, endpoint.tags());
    return true;
  }

  @Override
  public void update(Context context, Attributes prior, Attributes planned) {
    if (planned.differs(
        prior,
        "policy",
        "private_dns_enabled",
        "route_table_ids",
        "security_group_ids",
        "subnet_ids")) {
      ModifyVpcEndpointRequest.Builder request =
          ModifyVpcEndpointRequest.builder().vpcEndpointId(planned.id());
      if (planned.differs(prior, "policy")) {
        request.policyDocument(planned.text("policy")).resetPolicy(!planned.has("policy"));
      }
      if (planned.differs(prior, "private_dns_enabled")) {
        request.privateDnsEnabled(planned.flag("private_dns_enabled"));
      }
      request
          .addRouteTableIds(added(prior, planned, "route_table_ids"))
          .removeRouteTableIds(added(planned, prior, "route_table_ids"))
          .addSecurityGroupIds(added(prior, planned, "security_group_ids"))
          .removeSecurityGroupIds(added(planned, prior, "security_group_ids"))
          .addSubnetIds(added(prior, planned, "subnet_ids"))
          .removeSubnetIds(added(planned, prior, "subnet_ids"));
      context.call(request.build(), ModifyVpcEndpointResponse.class);
      await(context, planned.id(), context.timeout(planned, "update", TIMEOUT));
    }
    Ec2Calls.updateTags(context, prior, planned);
  }

  @Override
  public void delete(Context context, Attributes state) {
    DeleteVpcEndpointsResponse response =
        context.call(
            DeleteVpcEndpointsRequest.builder().vpcEndpointIds(state.id()).build(),
            DeleteVpcEndpointsResponse.class);
    for (UnsuccessfulItem item : response.unsuccessful()) {
      if (!item.error().code().contains("NotFound")) {
        throw new IllegalStateException(item.error().code() + ": " + item.error().message());
      }
    }
    Waiter.Until gone =
        new Waiter.Until(
            Duration.ofSeconds(5),
            Duration.ofSeconds(5),
            context.timeout(state, "delete", TIMEOUT),
            List.of("deleting", "available"),
            List.of("deleted", ""));
    context.waiter().until(gone, () -> state(context, state.id()));
  }

  private static void setPrefixList(Context context, Attributes state, String service) {
    DescribePrefixListsRequest request =
        DescribePrefixListsRequest.builder()
            .filters(Ec2Calls.filter("prefix-list-name", service))
            .build();
    Optional<PrefixList> list =
        context.findFirst(
            () -> context.call(request, DescribePrefixListsResponse.class).prefixLists());
    state
        .set("prefix_list_id", list.map(PrefixList::prefixListId).orElse(null))
        .setTexts("cidr_blocks", list.map(PrefixList::cidrs).orElse(List.of()));
  }

  private static List<Attributes> dnsOptions(VpcEndpoint endpoint) {
    DnsOptions options = endpoint.dnsOptions();
    return options == null || options.dnsRecordIpType() == null
        ? List.of()
        : List.of(new Attributes().set("dns_record_ip_type", options.dnsRecordIpTypeAsString()));
  }

  private static List<String> added(Attributes before, Attributes after, String name) {
    List<String> had = before.texts(name);
    return after.texts(name).stream().filter(one -> !had.contains(one)).toList();
  }

  private static void await(Context context, String id, Duration timeout) {
    Waiter.Until available =
        new Waiter.Until(
            Duration.ofSeconds(5),
            Duration.ofSeconds(5),
            timeout,
            List.of("pending"),
            List.of("available", "pendingacceptance"));
    context.waiter().until(available, () -> state(context, id));
  }

  private static String state(Context context, String id) {
    return find(context, id)
        .map(endpoint -> endpoint.stateAsString().toLowerCase(Locale.ROOT))
        .orElse("");
  }

  private static Optional<VpcEndpoint> find(Context context, String id) {
    DescribeVpcEndpointsRequest request =
        DescribeVpcEndpointsRequest.builder().vpcEndpointIds(id).build();
    return context.findFirst(
        () -> context.call(request, DescribeVpcEndpointsResponse.class).vpcEndpoints());
  }
}
