package dev.slipway.twin.ec2;

import java.util.List;
import java.util.function.Predicate;
import software.amazon.awssdk.services.ec2.model.Route;
import software.amazon.awssdk.services.ec2.model.RouteState;
import software.amazon.awssdk.services.ec2.model.RouteTable;

/** Keeps the state of routes true to their targets. Source: VPC user guide, Route, state. */
record Blackholes(Stores stores) {

  /** The routes to a target lead nowhere now. */
  void targetGone(String targetId) {
    set(t -> true, targetId, RouteState.BLACKHOLE);
  }

  /** The routes of a VPC to a target lead nowhere now. */
  void targetGone(String vpcId, String targetId) {
    set(t -> t.vpcId().equals(vpcId), targetId, RouteState.BLACKHOLE);
  }

  /** The routes of a VPC to a target work again. */
  void targetBack(String vpcId, String targetId) {
    set(t -> t.vpcId().equals(vpcId), targetId, RouteState.ACTIVE);
  }

  private void set(Predicate<RouteTable> tables, String targetId, RouteState state) {
    for (RouteTable table : stores.routeTables.where(tables)) {
      if (table.routes().stream().noneMatch(r -> leadsTo(r, targetId))) {
        continue;
      }
      List<Route> routes =
          table.routes().stream()
              .map(r -> leadsTo(r, targetId) ? r.toBuilder().state(state).build() : r)
              .toList();
      stores.routeTables.put(table.toBuilder().routes(routes).build());
    }
  }

  private static boolean leadsTo(Route route, String targetId) {
    return targetId.equals(route.gatewayId())
        || targetId.equals(route.natGatewayId())
        || targetId.equals(route.networkInterfaceId());
  }
}
