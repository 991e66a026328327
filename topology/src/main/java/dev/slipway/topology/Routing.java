package dev.slipway.topology;

import dev.slipway.topology.End.Inside;
import dev.slipway.topology.Verdict.Obstacle;
import dev.slipway.topology.Verdict.ObstacleKind;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.ec2.model.Route;
import software.amazon.awssdk.services.ec2.model.RouteState;
import software.amazon.awssdk.services.ec2.model.RouteTable;

/**
 * Route tables: the subnet's own table, else the VPC's main table; the longest prefix wins, and the
 * prefix list of a gateway endpoint is more specific than any other route. Source: VPC user guide,
 * route priority.
 */
record Routing(Directory directory) {

  private static final int MOST_SPECIFIC = 100;

  /**
   * A subnet's way to a destination.
   *
   * @param table the table that applies
   * @param own whether the subnet is associated with it itself
   * @param route the route that is taken, if there is one
   */
  record Way(RouteTable table, boolean own, Optional<Route> route) {

    String tableId() {
      return table.routeTableId();
    }

    boolean isBlackhole() {
      return route.filter(r -> r.state() == RouteState.BLACKHOLE).isPresent();
    }

    /** The id of the route's target, or an empty text. */
    String target() {
      return route.map(Routing::targetOf).orElse("");
    }
  }

  /** The way from a subnet; empty when the VPC has no main table. */
  Optional<Way> way(String vpcId, String subnetId, End to) {
    Optional<RouteTable> own = directory.ownRouteTable(subnetId);
    return own.or(() -> directory.mainRouteTable(vpcId))
        .map(table -> new Way(table, own.isPresent(), best(table, to)));
  }

  /** The obstacle of a subnet without a way. */
  Obstacle noRoute(Inside from, End to, Optional<Way> way) {
    if (way.isEmpty()) {
      return Obstacles.of(
          ObstacleKind.NO_ROUTE,
          from.subnetId(),
          "Subnet %s has no route table.".formatted(from.subnetId()),
          List.of(from.vpcId()));
    }
    String table = way.get().tableId();
    if (way.get().own()) {
      return Obstacles.of(
          ObstacleKind.NO_ROUTE,
          table,
          "Route table %s of subnet %s has no route to %s."
              .formatted(table, from.subnetId(), to.label()),
          List.of(from.subnetId()));
    }
    List<String> better = tablesWithRoute(from, to);
    return Obstacles.of(
        ObstacleKind.NO_ROUTE_IN_MAIN_TABLE,
        from.subnetId(),
        "Subnet %s is associated with no route table, so the main table %s applies, which has no route to %s."
            .formatted(from.subnetId(), table, to.label()),
        Obstacles.others(from.subnetId(), List.of(table), better));
  }

  /**
   * The VPC's tables, the main one left aside, that have a live route to a destination that this
   * source can take: an internet gateway is no way out without a public address.
   */
  List<String> tablesWithRoute(Inside from, End to) {
    return directory.network().routeTables().stream()
        .filter(t -> from.vpcId().equals(t.vpcId()))
        .filter(t -> t.associations().stream().noneMatch(a -> Boolean.TRUE.equals(a.main())))
        .filter(t ->
            best(t, to)
                .filter(r -> r.state() != RouteState.BLACKHOLE)
                .filter(r -> from.publicAddress() || !targetOf(r).startsWith("igw-"))
                .isPresent())
        .map(RouteTable::routeTableId)
        .toList();
  }

  private Optional<Route> best(RouteTable table, End to) {
    return table.routes().stream()
        .filter(r -> specificity(r, to) >= 0)
        .max(Comparator.comparingInt(r -> specificity(r, to)));
  }

  /**
   * How specific a route is for a destination, below 0 when it does not cover it. A longer prefix
   * wins, and a block of its own wins over a prefix list's of the same length.
   */
  private int specificity(Route route, End to) {
    if (route.destinationPrefixListId() != null) {
      String list = route.destinationPrefixListId();
      return directory.isPrefixListOf(list, to.service())
          ? MOST_SPECIFIC
          : 2 * directory.longestBlock(list, to.address());
    }
    if (route.destinationCidrBlock() == null) {
      return -1;
    }
    Cidr block = Cidr.parse(route.destinationCidrBlock());
    return block.contains(to.address()) ? 2 * block.prefix() + 1 : -1;
  }

  private static String targetOf(Route route) {
    for (String id :
        new String[] {
          route.gatewayId(),
          route.natGatewayId(),
          route.networkInterfaceId(),
          route.transitGatewayId(),
          route.vpcPeeringConnectionId(),
          route.localGatewayId(),
          route.carrierGatewayId(),
          route.coreNetworkArn(),
          route.egressOnlyInternetGatewayId(),
          route.instanceId()
        }) {
      if (id != null && !id.isEmpty()) {
        return id;
      }
    }
    return "";
  }
}
