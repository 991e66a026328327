package dev.slipway.topology;

import dev.slipway.topology.End.Inside;
import dev.slipway.topology.Verdict.Obstacle;
import dev.slipway.topology.Verdict.ObstacleKind;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ec2.model.SecurityGroupIdentifier;
import software.amazon.awssdk.services.ec2.model.Subnet;
import software.amazon.awssdk.services.ec2.model.VpcEndpoint;

/** From an interface to an interface endpoint of its VPC. */
record EndpointInterfaces(Directory directory, Ends ends, LocalPath local) {

  EndpointInterfaces(Directory directory) {
    this(directory, new Ends(directory), new LocalPath(directory));
  }

  Optional<Obstacle> check(Trail trail, Inside from, VpcEndpoint endpoint, int port) {
    Optional<Inside> to = nearest(from, endpoint);
    if (to.isEmpty()) {
      return Optional.of(
          Obstacles.of(
              ObstacleKind.ENDPOINT_NOT_AVAILABLE,
              endpoint.vpcEndpointId(),
              "VPC endpoint %s has no network interface.".formatted(endpoint.vpcEndpointId()),
              List.of(endpoint.vpcId())));
    }
    Optional<Obstacle> obstacle = local.check(trail, from, to.get(), port);
    if (obstacle.isEmpty()) {
      trail.pass(endpoint.vpcEndpointId(), "interface endpoint");
    }
    return obstacle.map(o -> asEndpoint(o, endpoint));
  }

  private static Obstacle asEndpoint(Obstacle obstacle, VpcEndpoint endpoint) {
    if (obstacle.kind() != ObstacleKind.SECURITY_GROUP_INGRESS) {
      return obstacle;
    }
    return Obstacles.of(
        ObstacleKind.ENDPOINT_SECURITY_GROUP,
        obstacle.resourceId(),
        "VPC endpoint %s: %s".formatted(endpoint.vpcEndpointId(), obstacle.explanation()),
        Obstacles.others(
            obstacle.resourceId(), List.of(endpoint.vpcEndpointId()), obstacle.relatedIds()));
  }

  /**
   * The endpoint's interface in the source's subnet, else in its zone, else any: the resolver
   * prefers the zone's own.
   */
  private Optional<Inside> nearest(Inside from, VpcEndpoint endpoint) {
    return byDistance(from, endpoint).findFirst();
  }

  /** The addresses of the endpoint's interfaces, the nearest first. */
  List<String> addresses(Inside from, VpcEndpoint endpoint) {
    return byDistance(from, endpoint).map(Inside::address).distinct().toList();
  }

  private Stream<Inside> byDistance(Inside from, VpcEndpoint endpoint) {
    List<Inside> all = interfacesOf(endpoint);
    return Stream.of(
            all.stream().filter(i -> i.subnetId().equals(from.subnetId())),
            all.stream().filter(i -> zone(i.subnetId()).equals(zone(from.subnetId()))),
            all.stream())
        .flatMap(s -> s);
  }

  private List<Inside> interfacesOf(VpcEndpoint endpoint) {
    List<String> groups = endpoint.groups().stream().map(SecurityGroupIdentifier::groupId).toList();
    List<Inside> known =
        endpoint.networkInterfaceIds().stream()
            .flatMap(id -> directory.networkInterface(id).stream())
            .map(ends::inside)
            .map(i -> groups.isEmpty() ? i : i.withGroups(groups))
            .toList();
    if (!known.isEmpty()) {
      return known;
    }
    return endpoint.subnetIds().stream()
        .flatMap(id -> ends.resolve(new Place.Planned(id, groups, false)).stream())
        .map(Inside.class::cast)
        .toList();
  }

  private String zone(String subnetId) {
    return directory.subnet(subnetId).map(Subnet::availabilityZone).orElse("");
  }
}
