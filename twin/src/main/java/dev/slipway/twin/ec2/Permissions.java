package dev.slipway.twin.ec2;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.ec2.model.IpPermission;
import software.amazon.awssdk.services.ec2.model.IpRange;
import software.amazon.awssdk.services.ec2.model.Ipv6Range;
import software.amazon.awssdk.services.ec2.model.PrefixListId;
import software.amazon.awssdk.services.ec2.model.SecurityGroupRule;
import software.amazon.awssdk.services.ec2.model.UserIdGroupPair;

/** Rules as DescribeSecurityGroups shows them: one permission for each protocol and port range. */
final class Permissions {

  private record Ports(String protocol, int from, int to) {}

  private Permissions() {}

  static List<IpPermission> of(List<SecurityGroupRule> rules) {
    Map<Ports, List<SecurityGroupRule>> byPorts = new LinkedHashMap<>();
    for (SecurityGroupRule rule : rules) {
      byPorts
          .computeIfAbsent(
              new Ports(rule.ipProtocol(), rule.fromPort(), rule.toPort()), p -> new ArrayList<>())
          .add(rule);
    }
    return byPorts.entrySet().stream().map(e -> permission(e.getKey(), e.getValue())).toList();
  }

  private static IpPermission permission(Ports ports, List<SecurityGroupRule> rules) {
    List<IpRange> blocks = new ArrayList<>();
    List<Ipv6Range> blocks6 = new ArrayList<>();
    List<PrefixListId> lists = new ArrayList<>();
    List<UserIdGroupPair> groups = new ArrayList<>();
    for (SecurityGroupRule rule : rules) {
      Peer peer = Peer.of(rule);
      String text = rule.description();
      switch (peer.kind()) {
        case IPV4 -> blocks.add(IpRange.builder().cidrIp(peer.peer()).description(text).build());
        case IPV6 ->
            blocks6.add(Ipv6Range.builder().cidrIpv6(peer.peer()).description(text).build());
        case PREFIX_LIST ->
            lists.add(PrefixListId.builder().prefixListId(peer.peer()).description(text).build());
        case GROUP ->
            groups.add(
                UserIdGroupPair.builder()
                    .groupId(peer.peer())
                    .userId(rule.referencedGroupInfo().userId())
                    .description(text)
                    .build());
      }
    }
    boolean all = ports.protocol().equals("-1");
    return IpPermission.builder()
        .ipProtocol(ports.protocol())
        .fromPort(all ? null : Integer.valueOf(ports.from()))
        .toPort(all ? null : Integer.valueOf(ports.to()))
        .ipRanges(blocks)
        .ipv6Ranges(blocks6)
        .prefixListIds(lists)
        .userIdGroupPairs(groups)
        .build();
  }
}
