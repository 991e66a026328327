package dev.slipway.topology;

import dev.slipway.topology.Verdict.Obstacle;
import dev.slipway.topology.Verdict.ObstacleKind;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import software.amazon.awssdk.services.ec2.model.NetworkAcl;
import software.amazon.awssdk.services.ec2.model.NetworkAclEntry;
import software.amazon.awssdk.services.ec2.model.RuleAction;

/**
 * Network ACLs: stateless, at the subnet's edge, the lowest rule number that matches decides, and
 * what no rule matches is denied. Source: VPC user guide, network ACLs.
 */
record NetworkAclRules(Directory directory) {

  /** What stops packets that leave the subnet for an address and ports. */
  Optional<Obstacle> leaving(String vpcId, String subnetId, String to, Ports ports) {
    return check(vpcId, subnetId, to, ports, true);
  }

  /** What stops packets from an address to ports that enter the subnet. */
  Optional<Obstacle> entering(String vpcId, String subnetId, String from, Ports ports) {
    return check(vpcId, subnetId, from, ports, false);
  }

  private Optional<Obstacle> check(
      String vpcId, String subnetId, String peer, Ports ports, boolean egress) {
    return directory
        .networkAcl(vpcId, subnetId)
        .filter(acl -> !admits(acl, peer, ports, egress))
        .map(acl -> obstacle(acl, subnetId, peer, ports, egress));
  }

  private static Obstacle obstacle(
      NetworkAcl acl, String subnetId, String peer, Ports ports, boolean egress) {
    return Obstacles.of(
        egress ? ObstacleKind.NETWORK_ACL_EGRESS : ObstacleKind.NETWORK_ACL_INGRESS,
        acl.networkAclId(),
        "The network ACL %s of subnet %s denies TCP %s %s %s."
            .formatted(acl.networkAclId(), subnetId, ports, egress ? "out to" : "in from", peer),
        List.of(subnetId));
  }

  private static boolean admits(NetworkAcl acl, String peer, Ports ports, boolean egress) {
    List<NetworkAclEntry> rules =
        acl.entries().stream()
            .filter(e -> Boolean.TRUE.equals(e.egress()) == egress)
            .filter(e -> isTcp(e) && covers(e, peer))
            .sorted(Comparator.comparing(NetworkAclEntry::ruleNumber))
            .toList();
    return IntStream.concat(IntStream.of(ports.from(), ports.to()), edges(rules))
        .filter(ports::contains)
        .allMatch(port -> admits(rules, port));
  }

  /** The ports at which a decision can change. */
  private static IntStream edges(List<NetworkAclEntry> rules) {
    return rules.stream()
        .filter(e -> e.portRange() != null)
        .flatMapToInt(e -> IntStream.of(e.portRange().from(), e.portRange().to() + 1));
  }

  private static boolean admits(List<NetworkAclEntry> rules, int port) {
    return rules.stream()
        .filter(e -> e.portRange() == null || coversPort(e, port))
        .findFirst()
        .map(e -> e.ruleAction() == RuleAction.ALLOW)
        .orElse(false);
  }

  private static boolean coversPort(NetworkAclEntry entry, int port) {
    return "-1".equals(entry.protocol())
        || (entry.portRange().from() <= port && port <= entry.portRange().to());
  }

  private static boolean isTcp(NetworkAclEntry entry) {
    return "-1".equals(entry.protocol()) || "6".equals(entry.protocol());
  }

  private static boolean covers(NetworkAclEntry entry, String peer) {
    return entry.cidrBlock() != null && Cidr.parse(entry.cidrBlock()).contains(peer);
  }
}
