package dev.slipway.twin.terraform.resources;

import dev.slipway.twin.terraform.value.Attributes;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.ec2.model.IpPermission;
import software.amazon.awssdk.services.ec2.model.IpRange;
import software.amazon.awssdk.services.ec2.model.Ipv6Range;
import software.amazon.awssdk.services.ec2.model.PrefixListId;
import software.amazon.awssdk.services.ec2.model.UserIdGroupPair;

/**
 * The rules of a security group between the {@code ingress} and {@code egress} attributes of a
 * group and EC2's permissions. A rule of Terraform may name many peers; compared are the single
 * grants that rules come to.
 */
final class GroupRules {

  /** One protocol, range of ports, peer and description. */
  record Grant(String protocol, int from, int to, String kind, String peer, String description) {}

  /** The attributes of a rule with one peer, and the kind of peer that each names. */
  static final Map<String, String> PEER_KINDS =
      Map.of(
          "cidr_ipv4", "ipv4",
          "cidr_ipv6", "ipv6",
          "prefix_list_id", "list",
          "referenced_security_group_id", "group");

  private static final Map<String, String> PEERS =
      Map.of(
          "cidr_blocks", "ipv4",
          "ipv6_cidr_blocks", "ipv6",
          "prefix_list_ids", "list",
          "security_groups", "group");

  private GroupRules() {}

  /** The grants of the rules of an attribute; {@code self} is the group's own id. */
  static Set<Grant> fromAttribute(Attributes group, String name, String self) {
    Set<Grant> grants = new LinkedHashSet<>();
    for (Attributes rule : group.blocks(name)) {
      PEERS.forEach((attribute, kind) ->
          rule.texts(attribute).forEach(peer -> grants.add(grant(rule, kind, peer))));
      if (rule.flag("self")) {
        grants.add(grant(rule, "group", self));
      }
    }
    return grants;
  }

  /** The grants of EC2's permissions. */
  static Set<Grant> fromPermissions(List<IpPermission> permissions) {
    Set<Grant> grants = new LinkedHashSet<>();
    for (IpPermission one : permissions) {
      one.ipRanges().forEach(r -> grants.add(grant(one, "ipv4", r.cidrIp(), r.description())));
      one.ipv6Ranges().forEach(r -> grants.add(grant(one, "ipv6", r.cidrIpv6(), r.description())));
      one.prefixListIds()
          .forEach(r -> grants.add(grant(one, "list", r.prefixListId(), r.description())));
      one.userIdGroupPairs()
          .forEach(r -> grants.add(grant(one, "group", r.groupId(), r.description())));
    }
    return grants;
  }

  /** Permissions for a request, one a grant. */
  static List<IpPermission> permissions(Collection<Grant> grants) {
    return grants.stream().map(GroupRules::permission).toList();
  }

  /** Rules as the attribute holds them: peers of one protocol, range and description together. */
  static List<Attributes> toAttribute(Set<Grant> grants, String self) {
    Map<Grant, List<Grant>> rules = new LinkedHashMap<>();
    for (Grant grant : grants) {
      Grant key =
          new Grant(grant.protocol(), grant.from(), grant.to(), "", "", grant.description());
      rules.computeIfAbsent(key, k -> new ArrayList<>()).add(grant);
    }
    List<Attributes> made = new ArrayList<>();
    rules.forEach((key, members) -> made.add(rule(key, members, self)));
    return made;
  }

  private static Attributes rule(Grant key, List<Grant> members, String self) {
    Attributes rule =
        new Attributes()
            .set("protocol", key.protocol())
            .set("from_port", key.from())
            .set("to_port", key.to())
            .setText("description", key.description());
    PEERS.forEach((attribute, kind) ->
        rule.setTexts(
            attribute,
            members.stream()
                .filter(grant -> grant.kind().equals(kind) && !grant.peer().equals(self))
                .map(Grant::peer)
                .toList()));
    return rule.set("self", members.stream().anyMatch(grant -> grant.peer().equals(self)));
  }

  private static Grant grant(Attributes rule, String kind, String peer) {
    String protocol = protocol(rule.text("protocol", "-1"));
    boolean all = protocol.equals("-1");
    Integer from = rule.integer("from_port");
    Integer to = rule.integer("to_port");
    return new Grant(
        protocol,
        all || from == null ? 0 : from,
        all || to == null ? 0 : to,
        kind,
        peer,
        rule.text("description", ""));
  }

  private static Grant grant(IpPermission one, String kind, String peer, String description) {
    boolean all = one.ipProtocol().equals("-1");
    return new Grant(
        one.ipProtocol(),
        all || one.fromPort() == null ? 0 : one.fromPort(),
        all || one.toPort() == null ? 0 : one.toPort(),
        kind,
        peer,
        description == null ? "" : description);
  }

  private static IpPermission permission(Grant grant) {
    String description = grant.description().isEmpty() ? null : grant.description();
    boolean all = grant.protocol().equals("-1");
    IpPermission.Builder permission =
        IpPermission.builder()
            .ipProtocol(grant.protocol())
            .fromPort(all ? null : grant.from())
            .toPort(all ? null : grant.to());
    String peer = grant.peer();
    switch (grant.kind()) {
      case "ipv4" ->
          permission.ipRanges(IpRange.builder().cidrIp(peer).description(description).build());
      case "ipv6" ->
          permission.ipv6Ranges(
              Ipv6Range.builder().cidrIpv6(peer).description(description).build());
      case "list" ->
          permission.prefixListIds(
              PrefixListId.builder().prefixListId(peer).description(description).build());
      default ->
          permission.userIdGroupPairs(
              UserIdGroupPair.builder().groupId(peer).description(description).build());
    }
    return permission.build();
  }

  /** The protocol as EC2 names it. */
  static String protocol(String protocol) {
    return switch (protocol.toLowerCase(Locale.ROOT)) {
      case "all", "-1" -> "-1";
      case "1" -> "icmp";
      case "6" -> "tcp";
      case "17" -> "udp";
      case "58" -> "icmpv6";
      default -> protocol.toLowerCase(Locale.ROOT);
    };
  }
}
