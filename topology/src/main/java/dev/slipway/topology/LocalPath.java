package dev.slipway.topology;

import dev.slipway.topology.End.Inside;
import dev.slipway.topology.Verdict.Obstacle;
import dev.slipway.topology.Verdict.ObstacleKind;
import java.util.List;
import java.util.Optional;

/** From an interface to another of the same VPC. */
record LocalPath(Directory directory, SecurityGroupRules groups, NetworkAclRules acls) {

  LocalPath(Directory directory) {
    this(directory, new SecurityGroupRules(directory), new NetworkAclRules(directory));
  }

  Optional<Obstacle> check(Trail trail, Inside from, Inside to, int port) {
    trail.pass(from.id(), "source");
    if (!from.vpcId().equals(to.vpcId())) {
      return Optional.of(separate(from, to));
    }
    Optional<Obstacle> obstacle =
        groups
            .leaving(from, to, port)
            .or(() -> crossing(from, to, Ports.of(port)))
            .or(() -> groups.entering(to, from, port))
            .or(() -> crossing(to, from, from.ephemeral()));
    if (obstacle.isEmpty()) {
      trail.pass(to.id(), "destination");
    }
    return obstacle;
  }

  /** The network ACLs on the way of packets from one subnet into another. */
  private Optional<Obstacle> crossing(Inside from, Inside to, Ports ports) {
    if (from.subnetId().equals(to.subnetId())) {
      return Optional.empty();
    }
    return acls.leaving(from.vpcId(), from.subnetId(), to.address(), ports)
        .or(() -> acls.entering(to.vpcId(), to.subnetId(), from.address(), ports));
  }

  private static Obstacle separate(Inside from, Inside to) {
    return Obstacles.of(
        ObstacleKind.SEPARATE_NETWORKS,
        to.vpcId(),
        "%s lies in %s and %s in %s, and nothing joins them."
            .formatted(from.id(), from.vpcId(), to.id(), to.vpcId()),
        List.of(from.vpcId(), from.id(), to.id()));
  }
}
