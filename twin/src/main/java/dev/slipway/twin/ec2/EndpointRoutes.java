package dev.slipway.twin.ec2;

import dev.slipway.twin.world.AwsError;
import java.util.List;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ec2.model.Route;
import software.amazon.awssdk.services.ec2.model.RouteOrigin;
import software.amazon.awssdk.services.ec2.model.RouteState;
import software.amazon.awssdk.services.ec2.model.RouteTable;
import software.amazon.awssdk.services.ec2.model.VpcEndpoint;

/** The routes of gateway endpoints: from the service's prefix list to the endpoint. */
record EndpointRoutes(Stores stores, AwsPrefixLists prefixLists) {

  /** Refuses tables of other VPCs and tables that have a route to the service already. */
  void check(VpcEndpoint endpoint, List<String> tableIds) {
    String list = prefixList(endpoint);
    for (String id : tableIds) {
      RouteTable table = stores.routeTables.require(id);
      if (!table.vpcId().equals(endpoint.vpcId())) {
        throw AwsError.of(
            "InvalidParameter",
            "Route table %s does not belong to VPC %s".formatted(id, endpoint.vpcId()));
      }
      if (table.routes().stream().anyMatch(r -> list.equals(r.destinationPrefixListId()))) {
        throw AwsError.of(
            "RouteAlreadyExists",
            "route table %s already has a route with destination-prefix-list-id %s"
                .formatted(id, list));
      }
    }
  }

  /** Puts the endpoint on tables and stores it. */
  VpcEndpoint add(VpcEndpoint endpoint, List<String> tableIds) {
    Route route =
        Route.builder()
            .destinationPrefixListId(prefixList(endpoint))
            .gatewayId(endpoint.vpcEndpointId())
            .origin(RouteOrigin.CREATE_ROUTE)
            .state(RouteState.ACTIVE)
            .build();
    for (String id : tableIds) {
      stores.routeTables.update(
          id,
          t ->
              t.toBuilder()
                  .routes(Stream.concat(t.routes().stream(), Stream.of(route)).toList())
                  .build());
    }
    return stores.vpcEndpoints.put(
        endpoint.toBuilder()
            .routeTableIds(
                Stream.concat(endpoint.routeTableIds().stream(), tableIds.stream()).toList())
            .build());
  }

  /** Takes the endpoint off tables and stores it. */
  VpcEndpoint remove(VpcEndpoint endpoint, List<String> tableIds) {
    for (String id : tableIds) {
      stores.routeTables.update(
          id,
          t ->
              t.toBuilder()
                  .routes(
                      t.routes().stream()
                          .filter(r -> !endpoint.vpcEndpointId().equals(r.gatewayId()))
                          .toList())
                  .build());
    }
    return stores.vpcEndpoints.put(
        endpoint.toBuilder()
            .routeTableIds(
                endpoint.routeTableIds().stream().filter(t -> !tableIds.contains(t)).toList())
            .build());
  }

  private String prefixList(VpcEndpoint endpoint) {
    String name = endpoint.serviceName();
    return prefixLists
        .of(name.substring(name.lastIndexOf('.') + 1))
        .orElseThrow(() ->
            AwsError.of(
                "InvalidParameter",
                "The service %s does not support gateway endpoints".formatted(name)))
        .prefixListId();
  }
}
