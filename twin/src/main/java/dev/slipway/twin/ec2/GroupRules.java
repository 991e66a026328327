package dev.slipway.twin.ec2;

import dev.slipway.twin.world.AwsError;
import dev.slipway.twin.world.World;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import software.amazon.awssdk.services.ec2.model.IpPermission;
import software.amazon.awssdk.services.ec2.model.SecurityGroupRule;
import software.amazon.awssdk.services.ec2.model.Tag;

/**
 * The rules of security groups. A rule is a resource of its own; a group's permissions are written
 * anew from its rules after each change.
 */
final class GroupRules {

  /** Source: VPC user guide, quotas: inbound or outbound rules per security group. */
  private static final int LIMIT = 60;

  private final World world;
  private final Stores stores;

  GroupRules(World world, Stores stores) {
    this.world = world;
    this.stores = stores;
  }

  /** Adds the rules of permissions: all of them or, when one is refused, none. */
  List<SecurityGroupRule> add(
      String groupId, boolean egress, List<IpPermission> permissions, List<Tag> tags) {
    Set<Peer> taken = new HashSet<>();
    of(groupId, egress).forEach(r -> taken.add(Peer.of(r)));
    List<SecurityGroupRule> added = new ArrayList<>();
    for (Peer.Described wanted : expand(permissions)) {
      checkReference(groupId, wanted.peer());
      checkList(wanted.peer());
      if (!taken.add(wanted.peer())) {
        throw AwsError.of(
            "InvalidPermission.Duplicate",
            "the specified rule \"%s\" already exists".formatted(wanted.peer().describe()));
      }
      added.add(rule(groupId, egress, wanted, tags));
    }
    if (taken.stream().mapToInt(this::weight).sum() > LIMIT) {
      throw AwsError.of(
          "RulesPerSecurityGroupLimitExceeded",
          "The maximum number of rules per security group has been reached.");
    }
    added.forEach(stores.securityGroupRules::put);
    rewrite(groupId);
    return added;
  }

  /** Removes the rules of permissions: all of them or, when one is not there, none. */
  List<SecurityGroupRule> remove(String groupId, boolean egress, List<IpPermission> permissions) {
    List<SecurityGroupRule> known = of(groupId, egress);
    List<SecurityGroupRule> removed = new ArrayList<>();
    for (Peer.Described wanted : expand(permissions)) {
      removed.add(find(known, wanted.peer()));
    }
    delete(groupId, removed);
    return removed;
  }

  /** Gives rules the descriptions that the permissions carry. */
  void describe(String groupId, boolean egress, List<IpPermission> permissions) {
    List<SecurityGroupRule> known = of(groupId, egress);
    for (Peer.Described wanted : expand(permissions)) {
      SecurityGroupRule rule = find(known, wanted.peer());
      stores.securityGroupRules.put(rule.toBuilder().description(wanted.description()).build());
    }
    rewrite(groupId);
  }

  private static SecurityGroupRule find(List<SecurityGroupRule> known, Peer peer) {
    return known.stream()
        .filter(r -> Peer.of(r).equals(peer))
        .findFirst()
        .orElseThrow(() ->
            AwsError.of(
                "InvalidPermission.NotFound",
                "The specified rule does not exist in this security group."));
  }

  /** Removes rules by their ids. */
  List<SecurityGroupRule> removeById(String groupId, boolean egress, List<String> ids) {
    List<SecurityGroupRule> removed = ids.stream().map(id -> require(groupId, id)).toList();
    if (removed.stream().anyMatch(r -> r.isEgress() != egress)) {
      throw AwsError.of(
          "InvalidPermission.NotFound",
          "The specified rule does not exist in this security group.");
    }
    delete(groupId, removed);
    return removed;
  }

  /** A rule of the group. */
  SecurityGroupRule require(String groupId, String ruleId) {
    return stores
        .securityGroupRules
        .find(ruleId)
        .filter(r -> r.groupId().equals(groupId))
        .orElseThrow(() -> stores.securityGroupRules.kind().notFound(ruleId));
  }

  /** Replaces a rule. */
  void replace(SecurityGroupRule rule) {
    Predicate<SecurityGroupRule> same =
        r ->
            Peer.of(r).equals(Peer.of(rule))
                && !r.securityGroupRuleId().equals(rule.securityGroupRuleId());
    checkReference(rule.groupId(), Peer.of(rule));
    checkList(Peer.of(rule));
    if (of(rule.groupId(), rule.isEgress()).stream().anyMatch(same)) {
      throw AwsError.of(
          "InvalidPermission.Duplicate",
          "the specified rule \"%s\" already exists".formatted(Peer.of(rule).describe()));
    }
    stores.securityGroupRules.put(rule);
    rewrite(rule.groupId());
  }

  void removeAll(String groupId) {
    stores
        .securityGroupRules
        .where(r -> r.groupId().equals(groupId))
        .forEach(r -> stores.securityGroupRules.remove(r.securityGroupRuleId()));
  }

  /** Whether a rule of another group refers to this one. */
  boolean isReferenced(String groupId) {
    return stores.securityGroupRules.any(r ->
        !r.groupId().equals(groupId)
            && r.referencedGroupInfo() != null
            && groupId.equals(r.referencedGroupInfo().groupId()));
  }

  private List<SecurityGroupRule> of(String groupId, boolean egress) {
    return stores.securityGroupRules.where(
        r -> r.groupId().equals(groupId) && r.isEgress() == egress);
  }

  private static List<Peer.Described> expand(List<IpPermission> permissions) {
    return permissions.stream().flatMap(p -> Peer.of(p).stream()).toList();
  }

  private void checkReference(String groupId, Peer peer) {
    if (peer.kind() != Peer.Kind.GROUP || peer.peer() == null) {
      return;
    }
    String own = stores.securityGroups.require(groupId).vpcId();
    if (!stores.securityGroups.require(peer.peer()).vpcId().equals(own)) {
      throw AwsError.of(
          "InvalidGroup.NotFound",
          "You have specified two resources that belong to different networks.");
    }
  }

  private void checkList(Peer peer) {
    if (peer.kind() == Peer.Kind.PREFIX_LIST && !new AwsPrefixLists(world).has(peer.peer())) {
      stores.prefixLists.require(Parameters.required("PrefixListId", peer.peer()));
    }
  }

  /** A prefix list counts as often as it may have entries. Source: VPC user guide, prefix lists. */
  private int weight(Peer peer) {
    return peer.kind() == Peer.Kind.PREFIX_LIST
        ? stores.prefixLists.find(peer.peer()).map(l -> l.maxEntries()).orElse(1)
        : 1;
  }

  private SecurityGroupRule rule(
      String groupId, boolean egress, Peer.Described wanted, List<Tag> tags) {
    String id = stores.securityGroupRules.newId();
    SecurityGroupRule blank =
        SecurityGroupRule.builder()
            .securityGroupRuleId(id)
            .securityGroupRuleArn(world.arn("ec2", "security-group-rule/" + id))
            .groupId(groupId)
            .groupOwnerId(world.account())
            .isEgress(egress)
            .description(wanted.description())
            .tags(tags)
            .build();
    return wanted.peer().in(blank, world.account());
  }

  private void delete(String groupId, List<SecurityGroupRule> rules) {
    rules.forEach(r -> stores.securityGroupRules.remove(r.securityGroupRuleId()));
    rewrite(groupId);
  }

  private void rewrite(String groupId) {
    stores.securityGroups.update(
        groupId,
        g ->
            g.toBuilder()
                .ipPermissions(Permissions.of(of(groupId, false)))
                .ipPermissionsEgress(Permissions.of(of(groupId, true)))
                .build());
  }
}
