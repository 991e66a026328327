package dev.slipway.topology;

import dev.slipway.topology.End.Inside;
import dev.slipway.topology.End.Outside;
import dev.slipway.topology.Routing.Way;
import dev.slipway.topology.Verdict.Obstacle;
import dev.slipway.topology.Verdict.ObstacleKind;
import java.util.List;
import java.util.Optional;

/** From the internet to an interface in a VPC, and the answer's way back. */
record InboundPath(
    Directory directory, Routing routing, SecurityGroupRules groups, NetworkAclRules acls) {

  InboundPath(Directory directory) {
    this(
        directory,
        new Routing(directory),
        new SecurityGroupRules(directory),
        new NetworkAclRules(directory));
  }

  Optional<Obstacle> check(Trail trail, Outside from, Inside to, int port) {
    Optional<Obstacle> obstacle =
        gateway(trail, from, to)
            .or(() -> acls.entering(to.vpcId(), to.subnetId(), from.address(), Ports.of(port)))
            .or(() -> groups.entering(to, from, port))
            .or(() -> acls.leaving(to.vpcId(), to.subnetId(), from.address(), from.ephemeral()));
    if (obstacle.isEmpty()) {
      trail.pass(to.id(), "destination");
    }
    return obstacle;
  }

  private Optional<Obstacle> gateway(Trail trail, Outside from, Inside to) {
    Optional<Way> back = routing.way(to.vpcId(), to.subnetId(), from);
    String target = back.map(Way::target).orElse("");
    if (!to.publicAddress()) {
      return Optional.of(noPublicAddress(to));
    }
    if (target.startsWith("igw-")
        && (back.get().isBlackhole() || !directory.isAttached(target, to.vpcId()))) {
      return Optional.of(InternetGateways.detached(back.get(), to.vpcId()));
    }
    if (directory.attachedGateway(to.vpcId()).isEmpty()) {
      return Optional.of(InternetGateways.absent(to.vpcId()));
    }
    if (target.isEmpty()) {
      return Optional.of(routing.noRoute(to, from, back));
    }
    if (!target.startsWith("igw-")) {
      return Optional.of(elsewhere(to, back.get()));
    }
    trail.pass(target, "internet gateway");
    trail.pass(back.get().tableId(), "route of the answer");
    return Optional.empty();
  }

  private static Obstacle noPublicAddress(Inside to) {
    return Obstacles.of(
        ObstacleKind.NO_PUBLIC_ADDRESS,
        to.id(),
        "%s has no public address, so the internet cannot reach it.".formatted(to.id()),
        Obstacles.others(to.id(), List.of(to.subnetId())));
  }

  private static Obstacle elsewhere(Inside to, Way way) {
    return Obstacles.of(
        ObstacleKind.NO_ROUTE,
        way.tableId(),
        "Route table %s of subnet %s sends answers to %s and not to an internet gateway."
            .formatted(way.tableId(), to.subnetId(), way.target()),
        List.of(to.subnetId(), way.target()));
  }
}
