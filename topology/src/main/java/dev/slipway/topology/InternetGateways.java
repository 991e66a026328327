package dev.slipway.topology;

import dev.slipway.topology.Routing.Way;
import dev.slipway.topology.Verdict.Obstacle;
import dev.slipway.topology.Verdict.ObstacleKind;
import java.util.List;

/** What is said of internet gateways. */
final class InternetGateways {

  private InternetGateways() {}

  /** A route leads to a gateway that is gone or not attached to the VPC. */
  static Obstacle detached(Way way, String vpcId) {
    return Obstacles.of(
        ObstacleKind.INTERNET_GATEWAY_DETACHED,
        way.target(),
        "Route table %s leads to internet gateway %s, which is not attached to %s."
            .formatted(way.tableId(), way.target(), vpcId),
        List.of(vpcId, way.tableId()));
  }

  /** The VPC has no gateway at all. */
  static Obstacle absent(String vpcId) {
    return Obstacles.of(
        ObstacleKind.INTERNET_GATEWAY_DETACHED,
        vpcId,
        "%s has no internet gateway attached.".formatted(vpcId),
        List.of());
  }
}
