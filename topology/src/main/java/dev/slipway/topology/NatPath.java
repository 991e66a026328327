package dev.slipway.topology;

import dev.slipway.topology.End.Inside;
import dev.slipway.topology.End.Outside;
import dev.slipway.topology.Routing.Way;
import dev.slipway.topology.Verdict.Obstacle;
import dev.slipway.topology.Verdict.ObstacleKind;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.ec2.model.ConnectivityType;
import software.amazon.awssdk.services.ec2.model.NatGateway;
import software.amazon.awssdk.services.ec2.model.NatGatewayState;

/**
 * Through a NAT gateway. That a NAT is {@code available} says nothing about the route of its own
 * subnet. Source: VPC user guide, troubleshoot NAT gateways.
 */
record NatPath(Directory directory, Routing routing, NetworkAclRules acls) {

  NatPath(Directory directory) {
    this(directory, new Routing(directory), new NetworkAclRules(directory));
  }

  Optional<Obstacle> check(Trail trail, Inside from, Outside to, int port, Way way) {
    Optional<NatGateway> found =
        directory.natGateway(way.target()).filter(n -> n.state() != NatGatewayState.DELETED);
    if (found.isEmpty()) {
      return Optional.of(
          Obstacles.of(
              ObstacleKind.BLACKHOLE_ROUTE,
              way.tableId(),
              "The route of table %s leads to NAT gateway %s, which is gone."
                  .formatted(way.tableId(), way.target()),
              List.of(way.target())));
    }
    NatGateway nat = found.get();
    if (nat.state() != NatGatewayState.AVAILABLE) {
      return Optional.of(notAvailable(nat, way));
    }
    trail.pass(nat.natGatewayId(), "NAT gateway");
    return onwards(trail, nat, to).or(() -> crossing(from, nat, to, port));
  }

  private Optional<Obstacle> onwards(Trail trail, NatGateway nat, Outside to) {
    Optional<Way> found = routing.way(nat.vpcId(), nat.subnetId(), to);
    String target = found.map(Way::target).orElse("");
    boolean leadsOut = target.startsWith("igw-") || target.startsWith("vpce-");
    if (nat.connectivityType() == ConnectivityType.PRIVATE || !leadsOut) {
      return Optional.of(withoutInternet(nat, found));
    }
    if (target.startsWith("igw-")
        && (found.get().isBlackhole() || !directory.isAttached(target, nat.vpcId()))) {
      return Optional.of(InternetGateways.detached(found.get(), nat.vpcId()));
    }
    trail.pass(target, target.startsWith("igw-") ? "internet gateway" : "gateway endpoint");
    return Optional.empty();
  }

  /** The network ACL of the NAT's subnet, which packets pass four times. */
  private Optional<Obstacle> crossing(Inside from, NatGateway nat, Outside to, int port) {
    String vpc = nat.vpcId();
    String subnet = nat.subnetId();
    Optional<Obstacle> outside =
        acls.leaving(vpc, subnet, to.address(), Ports.of(port))
            .or(() -> acls.entering(vpc, subnet, to.address(), Ports.ANY_EPHEMERAL));
    if (outside.isPresent() || subnet.equals(from.subnetId())) {
      return outside;
    }
    return acls.entering(vpc, subnet, from.address(), Ports.of(port))
        .or(() -> acls.leaving(vpc, subnet, from.address(), from.ephemeral()));
  }

  private static Obstacle notAvailable(NatGateway nat, Way way) {
    String why = nat.failureMessage() == null ? "" : ": " + nat.failureMessage();
    return Obstacles.of(
        ObstacleKind.NAT_NOT_AVAILABLE,
        nat.natGatewayId(),
        "NAT gateway %s is %s%s.".formatted(nat.natGatewayId(), nat.stateAsString(), why),
        List.of(way.tableId()));
  }

  private static Obstacle withoutInternet(NatGateway nat, Optional<Way> way) {
    List<String> table = way.map(Way::tableId).stream().toList();
    return Obstacles.of(
        ObstacleKind.NAT_WITHOUT_INTERNET,
        nat.natGatewayId(),
        "NAT gateway %s lies in subnet %s, whose route table%s has no route to an internet gateway."
            .formatted(
                nat.natGatewayId(), nat.subnetId(), table.isEmpty() ? "" : " " + table.getFirst()),
        Obstacles.others(nat.natGatewayId(), List.of(nat.subnetId()), table));
  }
}
