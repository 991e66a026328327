package dev.slipway.topology;

import dev.slipway.topology.End.Inside;
import dev.slipway.topology.End.Outside;
import dev.slipway.topology.Routing.Way;
import dev.slipway.topology.Verdict.Obstacle;
import dev.slipway.topology.Verdict.ObstacleKind;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import software.amazon.awssdk.services.ec2.model.NatGatewayAddress;
import software.amazon.awssdk.services.ec2.model.NetworkInterface;
import software.amazon.awssdk.services.ec2.model.NetworkInterfaceAssociation;
import software.amazon.awssdk.services.ec2.model.VpcEndpoint;

/** From an interface out of its VPC, by the route that its subnet has. */
record OutboundPath(
    Directory directory,
    Routing routing,
    SecurityGroupRules groups,
    NetworkAclRules acls,
    NatPath nat) {

  /** An address that is not known yet: only rules for all addresses have it. */
  private static final String UNKNOWN = "0.0.0.0";

  OutboundPath(Directory directory) {
    this(
        directory,
        new Routing(directory),
        new SecurityGroupRules(directory),
        new NetworkAclRules(directory),
        new NatPath(directory));
  }

  Optional<Obstacle> check(Trail trail, Inside from, Outside to, int port) {
    trail.pass(from.id(), "source");
    return groups
        .leaving(from, to, port)
        .or(() -> acls.leaving(from.vpcId(), from.subnetId(), to.address(), Ports.of(port)))
        .or(() -> byRoute(trail, from, to, port))
        .or(() -> acls.entering(from.vpcId(), from.subnetId(), to.address(), from.ephemeral()));
  }

  private Optional<Obstacle> byRoute(Trail trail, Inside from, Outside to, int port) {
    Optional<Way> found = routing.way(from.vpcId(), from.subnetId(), to);
    if (found.isEmpty() || found.get().route().isEmpty()) {
      return Optional.of(routing.noRoute(from, to, found));
    }
    Way way = found.get();
    trail.pass(way.tableId(), way.own() ? "route table" : "main route table");
    String target = way.target();
    if (target.startsWith("igw-")) {
      return byInternetGateway(trail, from, way);
    }
    if (way.isBlackhole()) {
      return Optional.of(blackhole(way));
    }
    if (target.equals("local")) {
      return Optional.of(nobody(from, to));
    }
    if (target.startsWith("nat-")) {
      return nat.check(trail, from, to, port, way);
    }
    if (target.startsWith("vpce-")) {
      return byGatewayEndpoint(trail, way);
    }
    // Peerings, transit gateways and appliances lead out of what the network shows: believed.
    trail.pass(target, "next hop");
    return Optional.empty();
  }

  private Optional<Obstacle> byInternetGateway(Trail trail, Inside from, Way way) {
    if (way.isBlackhole() || !directory.isAttached(way.target(), from.vpcId())) {
      return Optional.of(InternetGateways.detached(way, from.vpcId()));
    }
    if (!from.publicAddress()) {
      return Optional.of(
          Obstacles.of(
              ObstacleKind.NO_PUBLIC_ADDRESS,
              from.id(),
              "%s has no public address, and its subnet %s leads to the internet gateway %s, which serves public addresses only."
                  .formatted(from.id(), from.subnetId(), way.target()),
              Obstacles.others(from.id(), List.of(from.subnetId(), way.tableId(), way.target()))));
    }
    trail.pass(way.target(), "internet gateway");
    return Optional.empty();
  }

  private Optional<Obstacle> byGatewayEndpoint(Trail trail, Way way) {
    Optional<VpcEndpoint> endpoint =
        directory.network().vpcEndpoints().stream()
            .filter(e -> e.vpcEndpointId().equals(way.target()))
            .findFirst();
    if (endpoint.isPresent() && !Directory.isAvailable(endpoint.get())) {
      return Optional.of(
          Obstacles.of(
              ObstacleKind.ENDPOINT_NOT_AVAILABLE,
              way.target(),
              "VPC endpoint %s is %s.".formatted(way.target(), endpoint.get().stateAsString()),
              List.of(way.tableId())));
    }
    trail.pass(way.target(), "gateway endpoint");
    return Optional.empty();
  }

  private static Obstacle nobody(Inside from, Outside to) {
    return Obstacles.of(
        ObstacleKind.UNKNOWN_PLACE,
        to.address(),
        "%s lies in %s, where no interface has it.".formatted(to.address(), from.vpcId()),
        List.of(from.vpcId()));
  }

  /** The address under which the internet sees connections of the source. */
  String seenAs(Inside from, Outside to) {
    String target = routing.way(from.vpcId(), from.subnetId(), to).map(Way::target).orElse("");
    if (target.startsWith("nat-")) {
      return directory.natGateway(target).stream()
          .flatMap(n -> n.natGatewayAddresses().stream())
          .map(NatGatewayAddress::publicIp)
          .filter(Objects::nonNull)
          .findFirst()
          .orElse(UNKNOWN);
    }
    return directory
        .networkInterface(from.id())
        .map(NetworkInterface::association)
        .map(NetworkInterfaceAssociation::publicIp)
        .orElse(UNKNOWN);
  }

  private static Obstacle blackhole(Way way) {
    return Obstacles.of(
        ObstacleKind.BLACKHOLE_ROUTE,
        way.tableId(),
        "The route of table %s leads to %s, which is gone.".formatted(way.tableId(), way.target()),
        List.of(way.target()));
  }
}
