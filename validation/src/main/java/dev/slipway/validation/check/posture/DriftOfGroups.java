package dev.slipway.validation.check.posture;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.validation.check.Finding;
import dev.slipway.validation.check.Goal;
import dev.slipway.validation.observe.Snapshot;
import dev.slipway.validation.observe.TerraformState;
import dev.slipway.validation.observe.TerraformState.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import software.amazon.awssdk.services.ec2.model.IpPermission;
import software.amazon.awssdk.services.ec2.model.SecurityGroup;

/** Where the rules of security groups differ from Terraform's state. */
final class DriftOfGroups {

  private static final String ALL_PROTOCOLS = "-1";

  private DriftOfGroups() {}

  static List<Finding> rules(Snapshot snapshot, Goal goal) {
    List<Finding> found = new ArrayList<>();
    for (SecurityGroup group : snapshot.posture().network().securityGroups()) {
      Optional<Resource> written =
          snapshot.state().find("aws_security_group", "id", group.groupId());
      if (written.isEmpty()) {
        continue;
      }
      Set<String> wanted = wanted(snapshot.state(), written.get());
      Set<String> seen = seen(group);
      Set<String> added = new TreeSet<>(seen);
      added.removeAll(wanted);
      Set<String> gone = new TreeSet<>(wanted);
      gone.removeAll(seen);
      if (!added.isEmpty() || !gone.isEmpty()) {
        found.add(
            DriftAspects.differs(
                "drift-security-group",
                group.groupId(),
                written.get(),
                "The set of rules",
                gone.isEmpty() ? "no such rule" : String.join("; ", gone),
                added.isEmpty() ? "without them" : String.join("; ", added)));
      }
    }
    return List.copyOf(found);
  }

  /** Rules stand in the group itself or are resources of their own; the latter in two kinds. */
  private static Set<String> wanted(TerraformState state, Resource group) {
    Set<String> all = new TreeSet<>();
    for (String way : List.of("ingress", "egress")) {
      group.values().path(way).forEach(rule -> inline(all, way, rule, group.text("id")));
      state.of("aws_vpc_security_group_" + way + "_rule").stream()
          .filter(r -> r.text("security_group_id").equals(group.text("id")))
          .forEach(r -> single(all, way, r));
    }
    state.of("aws_security_group_rule").stream()
        .filter(r -> r.text("security_group_id").equals(group.text("id")))
        .forEach(r -> old(all, r));
    return all;
  }

  private static void inline(Set<String> all, String way, JsonNode rule, String self) {
    String what = what(rule.path("protocol"), rule.path("from_port"), rule.path("to_port"));
    for (String list :
        List.of("cidr_blocks", "ipv6_cidr_blocks", "prefix_list_ids", "security_groups")) {
      rule.path(list).forEach(peer -> all.add(way + " " + what + " " + peer.asText()));
    }
    if (rule.path("self").asBoolean()) {
      all.add(way + " " + what + " " + self);
    }
  }

  private static void single(Set<String> all, String way, Resource rule) {
    JsonNode values = rule.values();
    String what =
        what(values.path("ip_protocol"), values.path("from_port"), values.path("to_port"));
    for (String peer :
        List.of("cidr_ipv4", "cidr_ipv6", "prefix_list_id", "referenced_security_group_id")) {
      if (!rule.text(peer).isEmpty()) {
        all.add(way + " " + what + " " + rule.text(peer));
      }
    }
  }

  private static void old(Set<String> all, Resource rule) {
    inline(all, rule.text("type"), rule.values(), rule.text("security_group_id"));
    if (!rule.text("source_security_group_id").isEmpty()) {
      JsonNode values = rule.values();
      all.add(
          "%s %s %s"
              .formatted(
                  rule.text("type"),
                  what(values.path("protocol"), values.path("from_port"), values.path("to_port")),
                  rule.text("source_security_group_id")));
    }
  }

  private static String what(JsonNode protocol, JsonNode from, JsonNode to) {
    return what(protocol.asText(), from.asInt(), to.asInt());
  }

  private static String what(String protocol, int from, int to) {
    return ALL_PROTOCOLS.equals(protocol) || "all".equals(protocol)
        ? "all"
        : protocol + " " + from + "-" + to;
  }

  private static Set<String> seen(SecurityGroup group) {
    Set<String> all = new TreeSet<>();
    add(all, "ingress", group.ipPermissions());
    add(all, "egress", group.ipPermissionsEgress());
    return all;
  }

  private static void add(Set<String> all, String way, List<IpPermission> permissions) {
    for (IpPermission permission : permissions) {
      String rule =
          way
              + " "
              + what(
                  String.valueOf(permission.ipProtocol()),
                  permission.fromPort() == null ? 0 : permission.fromPort(),
                  permission.toPort() == null ? 0 : permission.toPort())
              + " ";
      permission.ipRanges().forEach(r -> all.add(rule + r.cidrIp()));
      permission.ipv6Ranges().forEach(r -> all.add(rule + r.cidrIpv6()));
      permission.prefixListIds().forEach(r -> all.add(rule + r.prefixListId()));
      permission.userIdGroupPairs().forEach(r -> all.add(rule + r.groupId()));
    }
  }
}
