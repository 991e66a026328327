package dev.slipway.validation.plan;

import dev.slipway.topology.Network;
import dev.slipway.validation.plan.Planned.Block;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import software.amazon.awssdk.services.ec2.model.IpPermission;
import software.amazon.awssdk.services.ec2.model.IpRange;
import software.amazon.awssdk.services.ec2.model.PrefixListId;
import software.amazon.awssdk.services.ec2.model.SecurityGroup;
import software.amazon.awssdk.services.ec2.model.UserIdGroupPair;

/**
 * Security groups as they will be: rules inside a group, and rules as resources of their own, of
 * both kinds. A rule whose peer nobody knows before the apply admits everybody, so that nothing is
 * called closed that will be open. Source: Terraform AWS provider, aws_security_group,
 * aws_security_group_rule, aws_vpc_security_group_ingress_rule.
 */
final class PlannedGroups {

  static final String[] GROUPS = {"aws_security_group", "aws_default_security_group"};
  private static final String ACTION = "ec2:DescribeSecurityGroups";
  private static final String ANYWHERE = "0.0.0.0/0";

  private final Reading reading;
  private final Map<String, Group> groups = new LinkedHashMap<>();

  /** A group while it is put together. */
  private record Group(
      String vpc, String name, List<IpPermission> ingress, List<IpPermission> egress) {
    Group(String vpc, String name) {
      this(vpc, name, new ArrayList<>(), new ArrayList<>());
    }

    List<IpPermission> way(boolean out) {
      return out ? egress : ingress;
    }
  }

  PlannedGroups(Reading reading, Network live) {
    this.reading = reading;
    live.securityGroups().stream()
        .filter(g -> !reading.gone(g.groupId()))
        .forEach(g -> groups.put(g.groupId(), there(g)));
  }

  /** A group that is there already, less what the plan takes out of it. */
  private Group there(SecurityGroup known) {
    Group group = new Group(known.vpcId(), known.groupName());
    known.ipPermissions().stream()
        .filter(p -> !removed(known.groupId(), p, false))
        .forEach(group.ingress()::add);
    known.ipPermissionsEgress().stream()
        .filter(p -> !removed(known.groupId(), p, true))
        .forEach(group.egress()::add);
    return group;
  }

  /** The id of the prefix list that AWS keeps for a service, as this plan's network calls it. */
  static String prefixList(String service) {
    return "pl-" + service;
  }

  List<SecurityGroup> groups() {
    reading.plan().all("aws_vpc").forEach(this::byDefault);
    reading.plan().all(GROUPS).forEach(this::group);
    reading.plan().all("aws_security_group_rule").forEach(this::oldRule);
    reading.plan().all("aws_vpc_security_group_ingress_rule").forEach(r -> newRule(r, false));
    reading.plan().all("aws_vpc_security_group_egress_rule").forEach(r -> newRule(r, true));
    List<SecurityGroup> all = new ArrayList<>();
    groups.forEach((id, g) ->
        all.add(
            SecurityGroup.builder()
                .groupId(id)
                .groupName(g.name())
                .vpcId(g.vpc())
                .ipPermissions(g.ingress())
                .ipPermissionsEgress(g.egress())
                .build()));
    return all;
  }

  /** The group that a VPC begins with: its members may talk to each other and to everybody. */
  private void byDefault(Planned vpc) {
    String id = reading.defaultGroup(vpc);
    if (groups.containsKey(id)) {
      return;
    }
    Group group = new Group(reading.id(vpc), "default");
    group.ingress().add(all().userIdGroupPairs(member(id)).build());
    group.egress().add(all().ipRanges(range(ANYWHERE)).build());
    groups.put(id, group);
  }

  private void group(Planned planned) {
    String vpc = reading.reference(planned, "vpc_id", "aws_vpc", "aws_default_vpc");
    if (planned.type().equals("aws_default_security_group")) {
      groups.values().removeIf(g -> g.name().equals("default") && g.vpc().equals(vpc));
    }
    String id = reading.id(planned);
    Group group =
        new Group(
            vpc,
            planned.type().equals("aws_default_security_group") ? "default" : planned.address());
    groups.put(id, group);
    inline(planned, id, group, "ingress", false);
    inline(planned, id, group, "egress", true);
  }

  private void inline(Planned planned, String id, Group group, String name, boolean out) {
    boolean written = reading.references().written(planned, name);
    for (Block block : planned.blocks(name)) {
      IpPermission.Builder rule = ports(block.text("protocol"), block::number);
      List<IpRange> ranges = ranges(block.texts("cidr_blocks"));
      List<UserIdGroupPair> pairs = new ArrayList<>();
      reading
          .list(ACTION, planned, name, block, "security_groups", GROUPS)
          .forEach(g -> pairs.add(member(g)));
      if (block.flag("self")) {
        pairs.add(member(id));
      }
      List<PrefixListId> lists = new ArrayList<>();
      block.texts("prefix_list_ids").forEach(l -> lists.add(list(l)));
      if (block.unknown("cidr_blocks")
          || block.unknown("prefix_list_ids")
          || (block.unknown("security_groups") && pairs.isEmpty())) {
        ranges.add(range(ANYWHERE));
      }
      IpPermission built =
          rule.ipRanges(ranges).userIdGroupPairs(pairs).prefixListIds(lists).build();
      if (written || !removed(id, built, out)) {
        group.way(out).add(built);
      }
    }
    if (written && planned.unknown(name) && planned.blocks(name).isEmpty()) {
      group.way(out).add(all().ipRanges(range(ANYWHERE)).build());
    }
    // Dynamic blocks leave no expression, and a group that is there already shows what it has.
  }

  /** A rule that the state still shows in its group while the plan takes it away. */
  private boolean removed(String group, IpPermission rule, boolean out) {
    return reading.plan().removed().stream()
        .filter(r -> r.text("security_group_id").equals(group))
        .filter(r ->
            r.type()
                    .equals(
                        out
                            ? "aws_vpc_security_group_egress_rule"
                            : "aws_vpc_security_group_ingress_rule")
                || r.text("type").equals(out ? "egress" : "ingress"))
        .anyMatch(r -> same(r, rule));
  }

  private static boolean same(Planned removed, IpPermission rule) {
    String protocol = removed.text("ip_protocol", removed.text("protocol"));
    boolean ports =
        protocol.equals("-1")
            || (removed.text("from_port").equals(String.valueOf(rule.fromPort()))
                && removed.text("to_port").equals(String.valueOf(rule.toPort())));
    String cidr = removed.text("cidr_ipv4");
    String peer =
        removed.text("referenced_security_group_id", removed.text("source_security_group_id"));
    boolean one =
        rule.ipRanges().size() + rule.userIdGroupPairs().size() + rule.prefixListIds().size() == 1;
    boolean same =
        rule.ipRanges().stream()
                .anyMatch(r ->
                    r.cidrIp().equals(cidr) || removed.texts("cidr_blocks").contains(r.cidrIp()))
            || rule.userIdGroupPairs().stream().anyMatch(p -> p.groupId().equals(peer));
    return ports && one && same && protocol.equals(String.valueOf(rule.ipProtocol()));
  }

  private void oldRule(Planned planned) {
    IpPermission.Builder rule = ports(planned.text("protocol"), planned::number);
    List<UserIdGroupPair> pairs = new ArrayList<>();
    List<IpRange> ranges = ranges(planned.texts("cidr_blocks"));
    boolean written = reading.references().written(planned, "source_security_group_id");
    if (written || !planned.text("source_security_group_id").isEmpty()) {
      peer(planned, "source_security_group_id", pairs, ranges);
    }
    if (planned.unknown("cidr_blocks") || planned.unknown("prefix_list_ids")) {
      ranges.add(range(ANYWHERE));
    }
    List<PrefixListId> lists =
        planned.texts("prefix_list_ids").stream().map(PlannedGroups::list).toList();
    boolean out = planned.text("type").equals("egress");
    into(
        planned,
        out,
        id -> {
          List<UserIdGroupPair> all = new ArrayList<>(pairs);
          if (planned.flag("self", false)) {
            all.add(member(id));
          }
          return rule.ipRanges(ranges).userIdGroupPairs(all).prefixListIds(lists).build();
        });
  }

  private void newRule(Planned planned, boolean out) {
    IpPermission.Builder rule = ports(planned.text("ip_protocol"), planned::number);
    List<UserIdGroupPair> pairs = new ArrayList<>();
    List<IpRange> ranges = new ArrayList<>();
    if (!planned.text("cidr_ipv4").isEmpty()) {
      ranges.add(range(planned.text("cidr_ipv4")));
    } else if (planned.unknown("cidr_ipv4")) {
      ranges.add(range(ANYWHERE));
    }
    List<PrefixListId> lists = new ArrayList<>();
    if (!planned.text("prefix_list_id").isEmpty()) {
      lists.add(list(planned.text("prefix_list_id")));
    } else if (planned.unknown("prefix_list_id")) {
      service(planned)
          .ifPresentOrElse(s -> lists.add(list(prefixList(s))), () -> ranges.add(range(ANYWHERE)));
    }
    if (!planned.text("referenced_security_group_id").isEmpty()
        || planned.unknown("referenced_security_group_id")) {
      peer(planned, "referenced_security_group_id", pairs, ranges);
    }
    into(
        planned,
        out,
        _ -> rule.ipRanges(ranges).userIdGroupPairs(pairs).prefixListIds(lists).build());
  }

  /** The service of the endpoint whose prefix list a rule names. */
  private Optional<String> service(Planned rule) {
    return reading
        .resolve(rule, List.of("prefix_list_id"), "aws_vpc_endpoint")
        .one()
        .map(e -> e.text("service_name"))
        .filter(s -> !s.isEmpty());
  }

  private void peer(
      Planned planned, String attribute, List<UserIdGroupPair> pairs, List<IpRange> ranges) {
    String known = planned.text(attribute);
    if (!known.isEmpty()) {
      pairs.add(member(known));
      return;
    }
    List<Planned> candidates = reading.resolve(planned, List.of(attribute), GROUPS).candidates();
    candidates.forEach(c -> pairs.add(member(reading.id(c))));
    if (candidates.isEmpty()) {
      ranges.add(range(ANYWHERE));
    }
  }

  /** Puts a rule into the group that it names; into each that it may name, when that is open. */
  private void into(Planned planned, boolean out, Function<String, IpPermission> rule) {
    String known = planned.text("security_group_id");
    List<String> ids =
        !known.isEmpty()
            ? List.of(known)
            : reading.resolve(planned, List.of("security_group_id"), GROUPS).candidates().stream()
                .map(reading::id)
                .toList();
    if (ids.isEmpty()) {
      ids =
          reading.resolve(planned, List.of("security_group_id"), "aws_vpc").candidates().stream()
              .map(reading::defaultGroup)
              .toList();
    }
    if (ids.isEmpty()) {
      reading.unknown(ACTION, planned.address() + ": security_group_id");
    }
    ids.stream()
        .filter(groups::containsKey)
        .forEach(id -> groups.get(id).way(out).add(rule.apply(id)));
  }

  private static IpPermission.Builder all() {
    return IpPermission.builder().ipProtocol("-1");
  }

  private static IpPermission.Builder ports(
      String protocol, Function<String, Optional<Integer>> number) {
    String lower = protocol.toLowerCase(java.util.Locale.ROOT);
    if (lower.isEmpty() || lower.equals("-1") || lower.equals("all")) {
      return all();
    }
    return IpPermission.builder()
        .ipProtocol(lower)
        .fromPort(number.apply("from_port").orElse(null))
        .toPort(number.apply("to_port").orElse(null));
  }

  private static List<IpRange> ranges(List<String> blocks) {
    List<IpRange> all = new ArrayList<>();
    blocks.forEach(b -> all.add(range(b)));
    return all;
  }

  private static IpRange range(String block) {
    return IpRange.builder().cidrIp(block).build();
  }

  private static UserIdGroupPair member(String group) {
    // A group of another account is named with its account in front.
    return UserIdGroupPair.builder().groupId(group.substring(group.lastIndexOf('/') + 1)).build();
  }

  private static PrefixListId list(String id) {
    return PrefixListId.builder().prefixListId(id).build();
  }
}
