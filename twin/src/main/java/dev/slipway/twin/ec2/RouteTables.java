package dev.slipway.twin.ec2;

import dev.slipway.twin.world.World;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ec2.model.Route;
import software.amazon.awssdk.services.ec2.model.RouteOrigin;
import software.amazon.awssdk.services.ec2.model.RouteState;
import software.amazon.awssdk.services.ec2.model.RouteTable;
import software.amazon.awssdk.services.ec2.model.RouteTableAssociation;
import software.amazon.awssdk.services.ec2.model.RouteTableAssociationStateCode;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.Vpc;

/** Makes route tables and their associations, and finds them. */
final class RouteTables {

  private RouteTables() {}

  /** A table with the local route alone. */
  static RouteTable blank(World world, Stores stores, Vpc vpc, List<Tag> tags) {
    return RouteTable.builder()
        .routeTableId(stores.routeTables.newId())
        .vpcId(vpc.vpcId())
        .ownerId(world.account())
        .associations(List.of())
        .propagatingVgws(List.of())
        .routes(VpcBlocks.of(vpc).map(b -> local(b.toString())).toList())
        .tags(tags)
        .build();
  }

  /** The route to a block of the VPC itself. */
  static Route local(String block) {
    return Route.builder()
        .destinationCidrBlock(block)
        .gatewayId("local")
        .origin(RouteOrigin.CREATE_ROUTE_TABLE)
        .state(RouteState.ACTIVE)
        .build();
  }

  /** An association with a subnet, or the main one when the subnet is null. */
  static RouteTableAssociation association(World world, String tableId, String subnetId) {
    return RouteTableAssociation.builder()
        .routeTableAssociationId(world.ids().ec2("rtbassoc"))
        .routeTableId(tableId)
        .subnetId(subnetId)
        .main(subnetId == null)
        .associationState(s -> s.state(RouteTableAssociationStateCode.ASSOCIATED))
        .build();
  }

  static boolean isMain(RouteTable table) {
    return table.associations().stream().anyMatch(a -> Boolean.TRUE.equals(a.main()));
  }

  /** The table that has an association which matches. */
  static Optional<RouteTable> having(Stores stores, Predicate<RouteTableAssociation> condition) {
    return stores.routeTables.all().stream()
        .filter(t -> t.associations().stream().anyMatch(condition))
        .findFirst();
  }

  static void removeAssociations(Stores stores, Predicate<RouteTableAssociation> condition) {
    for (RouteTable table : stores.routeTables.all()) {
      if (table.associations().stream().anyMatch(condition)) {
        stores.routeTables.put(
            table.toBuilder()
                .associations(table.associations().stream().filter(condition.negate()).toList())
                .build());
      }
    }
  }

  static void addAssociation(Stores stores, RouteTableAssociation association) {
    stores.routeTables.update(
        association.routeTableId(),
        t ->
            t.toBuilder()
                .associations(
                    Stream.concat(t.associations().stream(), Stream.of(association)).toList())
                .build());
  }
}
