package dev.slipway.twin.terraform.data;

import dev.slipway.twin.terraform.engine.Context;
import dev.slipway.twin.terraform.engine.DataHandler;
import dev.slipway.twin.terraform.resources.Ec2Calls;
import dev.slipway.twin.terraform.value.Attributes;
import java.util.List;
import software.amazon.awssdk.services.ec2.model.AttributeBooleanValue;
import software.amazon.awssdk.services.ec2.model.DescribeRouteTablesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeRouteTablesResponse;
import software.amazon.awssdk.services.ec2.model.DescribeVpcAttributeRequest;
import software.amazon.awssdk.services.ec2.model.DescribeVpcAttributeResponse;
import software.amazon.awssdk.services.ec2.model.DescribeVpcsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeVpcsResponse;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.Vpc;
import software.amazon.awssdk.services.ec2.model.VpcAttributeName;
import software.amazon.awssdk.services.ec2.model.VpcCidrBlockAssociation;

/** {@code aws_vpc}. */
final class VpcData implements DataHandler {

  @Override
  public String type() {
    return "aws_vpc";
  }

  @Override
  public String label() {
    return "EC2 VPC";
  }

  @Override
  public void read(Context context, Attributes attributes) {
    List<Filter> filters = Ec2Data.filters(attributes);
    Ec2Data.filter(filters, attributes, "cidr_block", "cidr");
    Ec2Data.filter(filters, attributes, "dhcp_options_id", "dhcp-options-id");
    Ec2Data.filter(filters, attributes, "state", "state");
    if (attributes.flag("default")) {
      filters.add(Ec2Calls.filter("is-default", "true"));
    }
    DescribeVpcsRequest.Builder request = DescribeVpcsRequest.builder();
    if (!filters.isEmpty()) {
      request.filters(filters);
    }
    if (attributes.has("id")) {
      request.vpcIds(attributes.text("id"));
    }
    Vpc vpc =
        Ec2Data.one(context.call(request.build(), DescribeVpcsResponse.class).vpcs(), "EC2 VPC");
    attributes
        .set("id", vpc.vpcId())
        .set("arn", context.arn("ec2", "vpc/" + vpc.vpcId()))
        .set("cidr_block", vpc.cidrBlock())
        .set("default", Boolean.TRUE.equals(vpc.isDefault()))
        .set("dhcp_options_id", vpc.dhcpOptionsId())
        .set("instance_tenancy", vpc.instanceTenancyAsString())
        .set("owner_id", vpc.ownerId())
        .set("state", vpc.stateAsString())
        .setTexts("tags", Ec2Data.tags(vpc.tags()))
        .set(
            "enable_dns_support",
            value(attribute(context, vpc, VpcAttributeName.ENABLE_DNS_SUPPORT).enableDnsSupport()))
        .set(
            "enable_dns_hostnames",
            value(
                attribute(context, vpc, VpcAttributeName.ENABLE_DNS_HOSTNAMES)
                    .enableDnsHostnames()))
        .set(
            "enable_network_address_usage_metrics",
            value(
                attribute(context, vpc, VpcAttributeName.ENABLE_NETWORK_ADDRESS_USAGE_METRICS)
                    .enableNetworkAddressUsageMetrics()))
        .setBlocks(
            "cidr_block_associations",
            vpc.cidrBlockAssociationSet().stream().map(VpcData::association).toList());
    DescribeRouteTablesRequest main =
        DescribeRouteTablesRequest.builder()
            .filters(
                Ec2Calls.filter("association.main", "true"), Ec2Calls.filter("vpc-id", vpc.vpcId()))
            .build();
    context
        .findFirst(() -> context.call(main, DescribeRouteTablesResponse.class).routeTables())
        .ifPresent(table -> attributes.set("main_route_table_id", table.routeTableId()));
  }

  private static Attributes association(VpcCidrBlockAssociation one) {
    return new Attributes()
        .set("association_id", one.associationId())
        .set("cidr_block", one.cidrBlock())
        .set("state", one.cidrBlockState() == null ? null : one.cidrBlockState().stateAsString());
  }

  private static DescribeVpcAttributeResponse attribute(
      Context context, Vpc vpc, VpcAttributeName name) {
    return context.call(
        DescribeVpcAttributeRequest.builder().vpcId(vpc.vpcId()).attribute(name).build(),
        DescribeVpcAttributeResponse.class);
  }

  private static boolean value(AttributeBooleanValue value) {
    return value != null && Boolean.TRUE.equals(value.value());
  }
}
