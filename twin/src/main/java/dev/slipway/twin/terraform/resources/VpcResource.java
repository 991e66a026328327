package dev.slipway.twin.terraform.resources;

import dev.slipway.twin.terraform.engine.Context;
import dev.slipway.twin.terraform.engine.ResourceHandler;
import dev.slipway.twin.terraform.value.Attributes;
import java.time.Duration;
import java.util.Optional;
import software.amazon.awssdk.services.ec2.model.AttributeBooleanValue;
import software.amazon.awssdk.services.ec2.model.CreateVpcRequest;
import software.amazon.awssdk.services.ec2.model.CreateVpcResponse;
import software.amazon.awssdk.services.ec2.model.DeleteVpcRequest;
import software.amazon.awssdk.services.ec2.model.DeleteVpcResponse;
import software.amazon.awssdk.services.ec2.model.DescribeNetworkAclsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeNetworkAclsResponse;
import software.amazon.awssdk.services.ec2.model.DescribeRouteTablesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeRouteTablesResponse;
import software.amazon.awssdk.services.ec2.model.DescribeSecurityGroupsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeSecurityGroupsResponse;
import software.amazon.awssdk.services.ec2.model.DescribeVpcAttributeRequest;
import software.amazon.awssdk.services.ec2.model.DescribeVpcAttributeResponse;
import software.amazon.awssdk.services.ec2.model.DescribeVpcsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeVpcsResponse;
import software.amazon.awssdk.services.ec2.model.ModifyVpcAttributeRequest;
import software.amazon.awssdk.services.ec2.model.ModifyVpcAttributeResponse;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.Vpc;
import software.amazon.awssdk.services.ec2.model.VpcAttributeName;

/** {@code aws_vpc}. */
final class VpcResource implements ResourceHandler {

  @Override
  public String type() {
    return "aws_vpc";
  }

  @Override
  public String label() {
    return "EC2 VPC";
  }

  @Override
  public void create(Context context, Attributes planned) {
    CreateVpcRequest request =
        CreateVpcRequest.builder()
            .cidrBlock(planned.text("cidr_block"))
            .instanceTenancy(planned.text("instance_tenancy"))
            .amazonProvidedIpv6CidrBlock(planned.flag("assign_generated_ipv6_cidr_block"))
            .tagSpecifications(Ec2Calls.tagSpecifications(planned, ResourceType.VPC))
            .build();
    planned.set("id", context.call(request, CreateVpcResponse.class).vpc().vpcId());
    // A new VPC resolves names but gives no host names.
    if (!planned.flag("enable_dns_support")) {
      modify(context, planned, "enable_dns_support");
    }
    if (planned.flag("enable_dns_hostnames")) {
      modify(context, planned, "enable_dns_hostnames");
    }
    if (planned.flag("enable_network_address_usage_metrics")) {
      modify(context, planned, "enable_network_address_usage_metrics");
    }
  }

  @Override
  public boolean read(Context context, Attributes state) {
    String id = state.id();
    DescribeVpcsRequest request = DescribeVpcsRequest.builder().vpcIds(id).build();
    Optional<Vpc> found =
        context.findFirst(() -> context.call(request, DescribeVpcsResponse.class).vpcs());
    if (found.isEmpty()) {
      return false;
    }
    Vpc vpc = found.get();
    state
        .set("arn", context.arn("ec2", "vpc/" + id))
        .set("cidr_block", vpc.cidrBlock())
        .set("dhcp_options_id", vpc.dhcpOptionsId())
        .set("instance_tenancy", vpc.instanceTenancyAsString())
        .set("owner_id", vpc.ownerId())
        .set("assign_generated_ipv6_cidr_block", false)
        .set("ipv6_netmask_length", 0)
        .setEmpty(
            "ipv6_association_id",
            "ipv6_cidr_block",
            "ipv6_cidr_block_network_border_group",
            "ipv6_ipam_pool_id");
    setAttribute(context, state, "enable_dns_support", VpcAttributeName.ENABLE_DNS_SUPPORT);
    setAttribute(context, state, "enable_dns_hostnames", VpcAttributeName.ENABLE_DNS_HOSTNAMES);
    setAttribute(
        context,
        state,
        "enable_network_address_usage_metrics",
        VpcAttributeName.ENABLE_NETWORK_ADDRESS_USAGE_METRICS);
    setDefaults(context, state, id);
    Ec2Calls.setTags(context, state, vpc.tags());
    return true;
  }

  @Override
  public void update(Context context, Attributes prior, Attributes planned) {
    for (String name :
        new String[] {
          "enable_dns_support", "enable_dns_hostnames", "enable_network_address_usage_metrics"
        }) {
      if (planned.differs(prior, name)) {
        modify(context, planned, name);
      }
    }
    Ec2Calls.updateTags(context, prior, planned);
  }

  @Override
  public void delete(Context context, Attributes state) {
    DeleteVpcRequest request = DeleteVpcRequest.builder().vpcId(state.id()).build();
    Ec2Calls.deleteUnused(
        context, Duration.ofMinutes(5), () -> context.call(request, DeleteVpcResponse.class));
  }

  private static void modify(Context context, Attributes planned, String name) {
    ModifyVpcAttributeRequest.Builder request =
        ModifyVpcAttributeRequest.builder().vpcId(planned.id());
    AttributeBooleanValue value = AttributeBooleanValue.builder().value(planned.flag(name)).build();
    switch (name) {
      case "enable_dns_support" -> request.enableDnsSupport(value);
      case "enable_dns_hostnames" -> request.enableDnsHostnames(value);
      default -> request.enableNetworkAddressUsageMetrics(value);
    }
    context.call(request.build(), ModifyVpcAttributeResponse.class);
  }

  private static void setAttribute(
      Context context, Attributes state, String name, VpcAttributeName attribute) {
    DescribeVpcAttributeRequest request =
        DescribeVpcAttributeRequest.builder().vpcId(state.id()).attribute(attribute).build();
    DescribeVpcAttributeResponse response =
        context.call(request, DescribeVpcAttributeResponse.class);
    AttributeBooleanValue value =
        switch (attribute) {
          case ENABLE_DNS_SUPPORT -> response.enableDnsSupport();
          case ENABLE_DNS_HOSTNAMES -> response.enableDnsHostnames();
          default -> response.enableNetworkAddressUsageMetrics();
        };
    state.set(name, value != null && Boolean.TRUE.equals(value.value()));
  }

  private static void setDefaults(Context context, Attributes state, String id) {
    DescribeNetworkAclsRequest acls =
        DescribeNetworkAclsRequest.builder()
            .filters(Ec2Calls.filter("vpc-id", id), Ec2Calls.filter("default", "true"))
            .build();
    DescribeRouteTablesRequest tables =
        DescribeRouteTablesRequest.builder()
            .filters(Ec2Calls.filter("vpc-id", id), Ec2Calls.filter("association.main", "true"))
            .build();
    DescribeSecurityGroupsRequest groups =
        DescribeSecurityGroupsRequest.builder()
            .filters(Ec2Calls.filter("vpc-id", id), Ec2Calls.filter("group-name", "default"))
            .build();
    context
        .findFirst(() -> context.call(acls, DescribeNetworkAclsResponse.class).networkAcls())
        .ifPresent(acl -> state.set("default_network_acl_id", acl.networkAclId()));
    context
        .findFirst(() -> context.call(tables, DescribeRouteTablesResponse.class).routeTables())
        .ifPresent(table ->
            state
                .set("default_route_table_id", table.routeTableId())
                .set("main_route_table_id", table.routeTableId()));
    context
        .findFirst(
            () -> context.call(groups, DescribeSecurityGroupsResponse.class).securityGroups())
        .ifPresent(group -> state.set("default_security_group_id", group.groupId()));
  }
}
