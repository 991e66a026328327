package dev.slipway.twin.ec2;

import dev.slipway.topology.Cidr;
import dev.slipway.twin.world.AwsError;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import software.amazon.awssdk.services.ec2.model.IpPermission;
import software.amazon.awssdk.services.ec2.model.ReferencedSecurityGroup;
import software.amazon.awssdk.services.ec2.model.SecurityGroupRule;

/**
 * What a security group rule admits: protocol, ports and one peer. Two rules of a group that say
 * the same here are duplicates, whatever their descriptions.
 *
 * @param protocol {@code tcp}, {@code udp}, {@code icmp}, {@code icmpv6}, a number, or {@code -1}
 * @param from the lowest port or ICMP type; -1 for all
 * @param to the highest port or ICMP code; -1 for all
 * @param kind what the peer is
 * @param peer its id or block
 */
record Peer(String protocol, int from, int to, Kind kind, String peer) {

  /** What a peer can be. */
  enum Kind {
    IPV4,
    IPV6,
    PREFIX_LIST,
    GROUP
  }

  /** A peer and the description of its rule. */
  record Described(Peer peer, String description) {}

  /** The single peers of a permission. */
  static List<Described> of(IpPermission permission) {
    String protocol = protocol(permission.ipProtocol());
    boolean all = protocol.equals("-1");
    boolean ports = protocol.equals("tcp") || protocol.equals("udp");
    if (ports) {
      checkPorts(protocol, permission.fromPort(), permission.toPort());
    }
    int from = all || permission.fromPort() == null ? -1 : permission.fromPort();
    int to = all || permission.toPort() == null ? -1 : permission.toPort();
    List<Described> peers = new ArrayList<>();
    permission
        .ipRanges()
        .forEach(r ->
            peers.add(
                new Described(
                    new Peer(protocol, from, to, Kind.IPV4, block(r.cidrIp())), r.description())));
    permission
        .ipv6Ranges()
        .forEach(r ->
            peers.add(
                new Described(
                    new Peer(protocol, from, to, Kind.IPV6, r.cidrIpv6()), r.description())));
    permission
        .prefixListIds()
        .forEach(r ->
            peers.add(
                new Described(
                    new Peer(protocol, from, to, Kind.PREFIX_LIST, r.prefixListId()),
                    r.description())));
    permission
        .userIdGroupPairs()
        .forEach(r ->
            peers.add(
                new Described(
                    new Peer(protocol, from, to, Kind.GROUP, r.groupId()), r.description())));
    return peers;
  }

  /** What a rule admits. */
  static Peer of(SecurityGroupRule rule) {
    Kind kind;
    String peer;
    if (rule.cidrIpv4() != null) {
      kind = Kind.IPV4;
      peer = rule.cidrIpv4();
    } else if (rule.cidrIpv6() != null) {
      kind = Kind.IPV6;
      peer = rule.cidrIpv6();
    } else if (rule.prefixListId() != null) {
      kind = Kind.PREFIX_LIST;
      peer = rule.prefixListId();
    } else {
      kind = Kind.GROUP;
      peer = rule.referencedGroupInfo().groupId();
    }
    return new Peer(rule.ipProtocol(), rule.fromPort(), rule.toPort(), kind, peer);
  }

  /** A rule with this peer in place of its own. */
  SecurityGroupRule in(SecurityGroupRule rule, String account) {
    return rule.toBuilder()
        .ipProtocol(protocol)
        .fromPort(from)
        .toPort(to)
        .cidrIpv4(kind == Kind.IPV4 ? peer : null)
        .cidrIpv6(kind == Kind.IPV6 ? peer : null)
        .prefixListId(kind == Kind.PREFIX_LIST ? peer : null)
        .referencedGroupInfo(
            kind == Kind.GROUP
                ? ReferencedSecurityGroup.builder().groupId(peer).userId(account).build()
                : null)
        .build();
  }

  /** As the text of InvalidPermission.Duplicate says it. */
  String describe() {
    String what = protocol.equals("-1") ? "ALL" : protocol.toUpperCase(Locale.ROOT);
    String ports = protocol.equals("-1") ? "" : ", from port: %d, to port: %d".formatted(from, to);
    return "peer: %s, %s%s, ALLOW".formatted(peer, what, ports);
  }

  private static String protocol(String given) {
    if (given == null) {
      throw AwsError.of("MissingParameter", "The request must contain the parameter ipProtocol");
    }
    return switch (given.toLowerCase(Locale.ROOT)) {
      case "all", "-1" -> "-1";
      case "6", "tcp" -> "tcp";
      case "17", "udp" -> "udp";
      case "1", "icmp" -> "icmp";
      case "58", "icmpv6" -> "icmpv6";
      default -> given;
    };
  }

  private static void checkPorts(String protocol, Integer from, Integer to) {
    if (from == null || to == null) {
      throw AwsError.of(
          "InvalidParameterValue",
          "Invalid value 'Must specify both from and to ports with TCP/UDP.' for portRange.");
    }
    if (from > to || from < -1 || to > 65535) {
      throw AwsError.of(
          "InvalidParameterValue",
          "Invalid %s port range (%d:%d)".formatted(protocol.toUpperCase(Locale.ROOT), from, to));
    }
  }

  private static String block(String cidr) {
    if (cidr == null || !Cidr.isValid(cidr)) {
      throw AwsError.of("InvalidParameterValue", "CIDR block %s is malformed".formatted(cidr));
    }
    return Cidr.parse(cidr).toString();
  }
}
