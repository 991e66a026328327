package dev.slipway.twin.ec2;

import java.util.function.Function;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ec2.model.Route;
import software.amazon.awssdk.services.ec2.model.RouteTable;
import software.amazon.awssdk.services.ec2.model.RouteTableAssociation;

/** The filters of DescribeRouteTables. */
final class RouteTableFilters {

  private RouteTableFilters() {}

  static Filters<RouteTable> of(Kind<RouteTable> kind) {
    return Filters.of(kind)
        .on("route-table-id", RouteTable::routeTableId)
        .on("vpc-id", RouteTable::vpcId)
        .on("owner-id", RouteTable::ownerId)
        .many("association.main", t -> associations(t, RouteTableAssociation::main))
        .many("association.subnet-id", t -> associations(t, RouteTableAssociation::subnetId))
        .many("association.gateway-id", t -> associations(t, RouteTableAssociation::gatewayId))
        .many(
            "association.route-table-id", t -> associations(t, RouteTableAssociation::routeTableId))
        .many(
            "association.route-table-association-id",
            t -> associations(t, RouteTableAssociation::routeTableAssociationId))
        .many("route.destination-cidr-block", t -> routes(t, Route::destinationCidrBlock))
        .many("route.destination-prefix-list-id", t -> routes(t, Route::destinationPrefixListId))
        .many("route.gateway-id", t -> routes(t, Route::gatewayId))
        .many("route.nat-gateway-id", t -> routes(t, Route::natGatewayId))
        .many("route.instance-id", t -> routes(t, Route::instanceId))
        .many("route.origin", t -> routes(t, Route::originAsString))
        .many("route.state", t -> routes(t, Route::stateAsString));
  }

  private static Stream<?> associations(
      RouteTable table, Function<RouteTableAssociation, ?> field) {
    return table.associations().stream().map(field);
  }

  private static Stream<?> routes(RouteTable table, Function<Route, ?> field) {
    return table.routes().stream().map(field);
  }
}
