package dev.slipway.topology;

import dev.slipway.topology.End.Inside;
import dev.slipway.topology.Verdict.Obstacle;
import dev.slipway.topology.Verdict.ObstacleKind;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import software.amazon.awssdk.services.ec2.model.IpPermission;
import software.amazon.awssdk.services.ec2.model.SecurityGroup;

/**
 * Security groups: stateful, allow only, all groups of an interface taken together. A rule that
 * names a group admits the private addresses of that group's members. Source: VPC user guide,
 * security group rules.
 */
record SecurityGroupRules(Directory directory) {

  /** What stops the connection at its source. */
  Optional<Obstacle> leaving(Inside from, End to, int port) {
    return check(
        from,
        to,
        port,
        SecurityGroup::ipPermissionsEgress,
        ObstacleKind.SECURITY_GROUP_EGRESS,
        "no egress rule for TCP " + port + " to " + name(to));
  }

  /** What stops the connection at its destination. */
  Optional<Obstacle> entering(Inside to, End from, int port) {
    return check(
        to,
        from,
        port,
        SecurityGroup::ipPermissions,
        ObstacleKind.SECURITY_GROUP_INGRESS,
        "no ingress rule for TCP " + port + " from " + name(from));
  }

  private Optional<Obstacle> check(
      Inside member,
      End peer,
      int port,
      Function<SecurityGroup, List<IpPermission>> rules,
      ObstacleKind kind,
      String lack) {
    boolean admitted =
        member.groups().stream()
            .flatMap(id -> directory.securityGroup(id).stream())
            .flatMap(group -> rules.apply(group).stream())
            .anyMatch(rule -> admits(rule, peer, port));
    if (admitted) {
      return Optional.empty();
    }
    String group = member.groups().isEmpty() ? member.id() : member.groups().getFirst();
    String subject =
        member.groups().size() > 1
            ? "The security groups " + String.join(", ", member.groups()) + " have "
            : "The security group " + group + " has ";
    return Optional.of(
        Obstacles.of(
            kind,
            group,
            subject + lack + ".",
            Obstacles.others(group, member.groups(), List.of(member.id()), peer.groups())));
  }

  private boolean admits(IpPermission rule, End peer, int port) {
    return admitsPort(rule, port)
        && (rule.ipRanges().stream().anyMatch(r -> contains(r.cidrIp(), peer.address()))
            || rule.userIdGroupPairs().stream().anyMatch(g -> peer.groups().contains(g.groupId()))
            || rule.prefixListIds().stream().anyMatch(p -> covers(p.prefixListId(), peer)));
  }

  private boolean covers(String prefixListId, End peer) {
    return directory.isPrefixListOf(prefixListId, peer.service())
        || directory.longestBlock(prefixListId, peer.address()) >= 0;
  }

  private static boolean admitsPort(IpPermission rule, int port) {
    String protocol = String.valueOf(rule.ipProtocol()).toLowerCase(Locale.ROOT);
    return switch (protocol) {
      case "-1" -> true;
      case "tcp", "6" ->
          rule.fromPort() == null
              || rule.fromPort() == -1
              || (rule.toPort() != null && rule.fromPort() <= port && port <= rule.toPort());
      default -> false;
    };
  }

  private static boolean contains(String cidr, String address) {
    return cidr != null && Cidr.isValid(cidr) && Cidr.parse(cidr).contains(address);
  }

  private static String name(End end) {
    return end.label().equals(end.address())
        ? end.address()
        : end.label() + " (" + end.address() + ")";
  }
}
