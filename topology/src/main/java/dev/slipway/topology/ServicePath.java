package dev.slipway.topology;

import dev.slipway.topology.End.Inside;
import dev.slipway.topology.End.Outside;
import dev.slipway.topology.Network.VpcDns;
import dev.slipway.topology.Routing.Way;
import dev.slipway.topology.Verdict.Obstacle;
import dev.slipway.topology.Verdict.ObstacleKind;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.ec2.model.VpcEndpoint;

/**
 * From an interface to a service of AWS. The name leads to an interface endpoint when the VPC has
 * one with private DNS, even where a NAT would do; else to the public address, which a gateway
 * endpoint on the route table or a way to the internet reaches. Source: AWS PrivateLink guide,
 * private DNS names; gateway endpoints.
 */
record ServicePath(
    Directory directory, Routing routing, OutboundPath outbound, EndpointInterfaces interfaces) {

  ServicePath(Directory directory) {
    this(
        directory,
        new Routing(directory),
        new OutboundPath(directory),
        new EndpointInterfaces(directory));
  }

  Optional<Obstacle> check(Trail trail, Inside from, Outside to, int port) {
    VpcDns dns = directory.dns(from.vpcId());
    if (!dns.support()) {
      return Optional.of(dnsOff(from, "enableDnsSupport", "no name resolves"));
    }
    List<VpcEndpoint> endpoints = directory.endpoints(from.vpcId(), "Interface", to.service());
    Optional<VpcEndpoint> named = Resolver.endpoint(directory, from.vpcId(), to.service());
    if (named.isPresent()) {
      return interfaces.check(trail, from, named.get(), port);
    }
    Optional<Obstacle> obstacle = outbound.check(trail, from, to, port);
    return obstacle.map(o -> cause(o, from, to, endpoints, dns, port));
  }

  /** Why the name led to the public address at all, where that is the better answer. */
  private Obstacle cause(
      Obstacle obstacle,
      Inside from,
      Outside to,
      List<VpcEndpoint> endpoints,
      VpcDns dns,
      int port) {
    if (!endpoints.isEmpty()) {
      VpcEndpoint endpoint = endpoints.getFirst();
      // Where the endpoint could not be reached either, that is what has to be changed first.
      return interfaces
          .check(new Trail(), from, endpoint, port)
          .filter(o -> o.kind() == ObstacleKind.SECURITY_GROUP_EGRESS)
          .orElseGet(() -> unused(endpoint, from, dns));
    }
    if (obstacle.kind() == ObstacleKind.SECURITY_GROUP_EGRESS
        && routing.way(from.vpcId(), from.subnetId(), to).flatMap(Way::route).isEmpty()
        && livesOnEndpoints(from)
        && directory.endpoints(from.vpcId(), "Gateway", to.service()).isEmpty()) {
      // Opening the group would lead to an address that nothing routes to.
      return missing(from, to);
    }
    if (obstacle.kind() != ObstacleKind.NO_ROUTE
        && obstacle.kind() != ObstacleKind.NO_ROUTE_IN_MAIN_TABLE) {
      return obstacle;
    }
    if (obstacle.kind() == ObstacleKind.NO_ROUTE_IN_MAIN_TABLE
        && !routing.tablesWithRoute(from, to).isEmpty()) {
      return obstacle;
    }
    return directory.endpoints(from.vpcId(), "Gateway", to.service()).stream()
        .findFirst()
        .map(gateway -> notOnRouteTable(gateway, from, to))
        .orElseGet(() -> livesOnEndpoints(from) ? missing(from, to) : obstacle);
  }

  /** Whether the VPC is made for endpoints: it has some, and no other way out for this source. */
  private boolean livesOnEndpoints(Inside from) {
    boolean otherWay =
        directory.availableNat(from.vpcId()).isPresent()
            || (from.publicAddress() && directory.attachedGateway(from.vpcId()).isPresent());
    return !otherWay && !directory.endpoints(from.vpcId()).isEmpty();
  }

  private static Obstacle unused(VpcEndpoint endpoint, Inside from, VpcDns dns) {
    if (!Directory.isAvailable(endpoint)) {
      return Obstacles.of(
          ObstacleKind.ENDPOINT_NOT_AVAILABLE,
          endpoint.vpcEndpointId(),
          "VPC endpoint %s is %s.".formatted(endpoint.vpcEndpointId(), endpoint.stateAsString()),
          List.of(from.vpcId()));
    }
    if (Boolean.TRUE.equals(endpoint.privateDnsEnabled()) && !dns.hostnames()) {
      return dnsOff(
          from,
          "enableDnsHostnames",
          "the private name of endpoint " + endpoint.vpcEndpointId() + " does not apply");
    }
    return Obstacles.of(
        ObstacleKind.ENDPOINT_PRIVATE_DNS_OFF,
        endpoint.vpcEndpointId(),
        "VPC endpoint %s has private DNS off, so the name of %s leads to its public address, which %s cannot reach."
            .formatted(endpoint.vpcEndpointId(), endpoint.serviceName(), from.id()),
        List.of(from.vpcId()));
  }

  private Obstacle notOnRouteTable(VpcEndpoint gateway, Inside from, Outside to) {
    List<String> table =
        routing.way(from.vpcId(), from.subnetId(), to).map(Way::tableId).stream().toList();
    return Obstacles.of(
        ObstacleKind.GATEWAY_ENDPOINT_NOT_ON_ROUTE_TABLE,
        gateway.vpcEndpointId(),
        "Gateway endpoint %s is not on route table %s of subnet %s."
            .formatted(gateway.vpcEndpointId(), String.join(", ", table), from.subnetId()),
        Obstacles.others(gateway.vpcEndpointId(), table, List.of(from.subnetId())));
  }

  private Obstacle missing(Inside from, Outside to) {
    List<String> table =
        routing.way(from.vpcId(), from.subnetId(), to).map(Way::tableId).stream().toList();
    return Obstacles.of(
        ObstacleKind.ENDPOINT_MISSING,
        from.vpcId(),
        "%s has no endpoint for %s, and subnet %s has no route to the internet."
            .formatted(from.vpcId(), directory.serviceName(to.service()), from.subnetId()),
        Obstacles.others(from.vpcId(), List.of(from.subnetId()), table));
  }

  private static Obstacle dnsOff(Inside from, String attribute, String consequence) {
    return Obstacles.of(
        ObstacleKind.VPC_DNS_OFF,
        from.vpcId(),
        "%s of %s is false, so %s.".formatted(attribute, from.vpcId(), consequence),
        List.of(from.subnetId()));
  }
}
