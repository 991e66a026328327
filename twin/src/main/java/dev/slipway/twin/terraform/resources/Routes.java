package dev.slipway.twin.terraform.resources;

import dev.slipway.twin.terraform.engine.CallFailed;
import dev.slipway.twin.terraform.engine.Context;
import dev.slipway.twin.terraform.value.Attributes;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import software.amazon.awssdk.services.ec2.model.CreateRouteRequest;
import software.amazon.awssdk.services.ec2.model.CreateRouteResponse;
import software.amazon.awssdk.services.ec2.model.DeleteRouteRequest;
import software.amazon.awssdk.services.ec2.model.DeleteRouteResponse;
import software.amazon.awssdk.services.ec2.model.DescribeRouteTablesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeRouteTablesResponse;
import software.amazon.awssdk.services.ec2.model.ReplaceRouteRequest;
import software.amazon.awssdk.services.ec2.model.ReplaceRouteResponse;
import software.amazon.awssdk.services.ec2.model.Route;
import software.amazon.awssdk.services.ec2.model.RouteOrigin;
import software.amazon.awssdk.services.ec2.model.RouteTable;

/** Routes, as {@code aws_route} and the routes of {@code aws_route_table} have in common. */
final class Routes {

  /** The attributes that name where a route leads to. */
  static final String[] TARGETS = {
    "carrier_gateway_id",
    "core_network_arn",
    "egress_only_gateway_id",
    "gateway_id",
    "local_gateway_id",
    "nat_gateway_id",
    "network_interface_id",
    "transit_gateway_id",
    "vpc_endpoint_id",
    "vpc_peering_connection_id"
  };

  private static final Duration TIMEOUT = Duration.ofMinutes(5);

  private Routes() {}

  static Optional<RouteTable> table(Context context, String id) {
    DescribeRouteTablesRequest request =
        DescribeRouteTablesRequest.builder().routeTableIds(id).build();
    return context.findFirst(
        () -> context.call(request, DescribeRouteTablesResponse.class).routeTables());
  }

  /** Whether Terraform has to do with a route: not the local one, nor one of a gateway endpoint. */
  static boolean isManaged(Route route) {
    return !"local".equals(route.gatewayId())
        && !RouteOrigin.CREATE_ROUTE_TABLE.equals(route.origin())
        && !(route.gatewayId() != null && route.gatewayId().startsWith("vpce-"));
  }

  /** Where a route leads, from the block of a route table or the attributes of a route. */
  static String destination(Attributes route) {
    return route.text(
        "cidr_block",
        route.text(
            "destination_cidr_block",
            route.text(
                "ipv6_cidr_block",
                route.text(
                    "destination_ipv6_cidr_block", route.text("destination_prefix_list_id", "")))));
  }

  static void create(Context context, String table, Attributes route) {
    CreateRouteRequest.Builder request =
        CreateRouteRequest.builder()
            .routeTableId(table)
            .egressOnlyInternetGatewayId(route.text("egress_only_gateway_id"))
            .gatewayId(route.text("gateway_id"))
            .natGatewayId(route.text("nat_gateway_id"))
            .networkInterfaceId(route.text("network_interface_id"))
            .transitGatewayId(route.text("transit_gateway_id"))
            .vpcEndpointId(route.text("vpc_endpoint_id"))
            .vpcPeeringConnectionId(route.text("vpc_peering_connection_id"));
    to(
        route,
        request::destinationCidrBlock,
        request::destinationIpv6CidrBlock,
        request::destinationPrefixListId);
    context
        .waiter()
        .retry(
            TIMEOUT,
            e -> e.is("InvalidParameterException", "InvalidTransitGatewayID.NotFound"),
            () -> context.call(request.build(), CreateRouteResponse.class));
  }

  static void replace(Context context, String table, Attributes route) {
    ReplaceRouteRequest.Builder request =
        ReplaceRouteRequest.builder()
            .routeTableId(table)
            .egressOnlyInternetGatewayId(route.text("egress_only_gateway_id"))
            .gatewayId(route.text("gateway_id"))
            .natGatewayId(route.text("nat_gateway_id"))
            .networkInterfaceId(route.text("network_interface_id"))
            .transitGatewayId(route.text("transit_gateway_id"))
            .vpcEndpointId(route.text("vpc_endpoint_id"))
            .vpcPeeringConnectionId(route.text("vpc_peering_connection_id"));
    to(
        route,
        request::destinationCidrBlock,
        request::destinationIpv6CidrBlock,
        request::destinationPrefixListId);
    context.call(request.build(), ReplaceRouteResponse.class);
  }

  static void delete(Context context, String table, Attributes route) {
    DeleteRouteRequest.Builder request = DeleteRouteRequest.builder().routeTableId(table);
    to(
        route,
        request::destinationCidrBlock,
        request::destinationIpv6CidrBlock,
        request::destinationPrefixListId);
    try {
      context.call(request.build(), DeleteRouteResponse.class);
    } catch (CallFailed e) {
      if (!e.isGone()) {
        throw e;
      }
    }
  }

  /** Stores where a route leads through. */
  static Attributes describe(Attributes state, Route route) {
    boolean endpoint = route.gatewayId() != null && route.gatewayId().startsWith("vpce-");
    return state
        .setText("destination_prefix_list_id", route.destinationPrefixListId())
        .setText("carrier_gateway_id", route.carrierGatewayId())
        .setText("core_network_arn", route.coreNetworkArn())
        .setText("egress_only_gateway_id", route.egressOnlyInternetGatewayId())
        .setText("gateway_id", endpoint ? null : route.gatewayId())
        .setText("local_gateway_id", route.localGatewayId())
        .setText("nat_gateway_id", route.natGatewayId())
        .setText("network_interface_id", route.networkInterfaceId())
        .setText("transit_gateway_id", route.transitGatewayId())
        .setText("vpc_endpoint_id", endpoint ? route.gatewayId() : null)
        .setText("vpc_peering_connection_id", route.vpcPeeringConnectionId());
  }

  private static void to(
      Attributes route, Consumer<String> ipv4, Consumer<String> ipv6, Consumer<String> prefixList) {
    String destination = destination(route);
    if (destination.startsWith("pl-")) {
      prefixList.accept(destination);
    } else if (destination.contains(":")) {
      ipv6.accept(destination);
    } else {
      ipv4.accept(destination);
    }
  }
}
