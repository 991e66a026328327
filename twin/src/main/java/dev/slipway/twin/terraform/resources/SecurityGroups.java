package dev.slipway.twin.terraform.resources;

import dev.slipway.twin.terraform.engine.Context;
import dev.slipway.twin.terraform.plan.Traits;
import dev.slipway.twin.terraform.value.Attributes;
import dev.slipway.twin.terraform.value.Value;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.ec2.model.AuthorizeSecurityGroupEgressRequest;
import software.amazon.awssdk.services.ec2.model.AuthorizeSecurityGroupEgressResponse;
import software.amazon.awssdk.services.ec2.model.AuthorizeSecurityGroupIngressRequest;
import software.amazon.awssdk.services.ec2.model.AuthorizeSecurityGroupIngressResponse;
import software.amazon.awssdk.services.ec2.model.DescribeSecurityGroupsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeSecurityGroupsResponse;
import software.amazon.awssdk.services.ec2.model.IpPermission;
import software.amazon.awssdk.services.ec2.model.RevokeSecurityGroupEgressRequest;
import software.amazon.awssdk.services.ec2.model.RevokeSecurityGroupEgressResponse;
import software.amazon.awssdk.services.ec2.model.RevokeSecurityGroupIngressRequest;
import software.amazon.awssdk.services.ec2.model.RevokeSecurityGroupIngressResponse;
import software.amazon.awssdk.services.ec2.model.SecurityGroup;

/** What {@code aws_security_group} and {@code aws_default_security_group} have in common. */
final class SecurityGroups {

  private SecurityGroups() {}

  /** Rules are the same when they come to the same grants, however they are grouped. */
  static Traits traits() {
    return new Traits()
        .sameValues("ingress", SecurityGroups::isSame)
        .sameValues("egress", SecurityGroups::isSame);
  }

  private static boolean isSame(Value one, Value other) {
    return GroupRules.fromAttribute(new Attributes().set("rules", one), "rules", "self")
        .equals(GroupRules.fromAttribute(new Attributes().set("rules", other), "rules", "self"));
  }

  static Optional<SecurityGroup> find(Context context, String id) {
    DescribeSecurityGroupsRequest request =
        DescribeSecurityGroupsRequest.builder().groupIds(id).build();
    return context.findFirst(
        () -> context.call(request, DescribeSecurityGroupsResponse.class).securityGroups());
  }

  static boolean read(Context context, Attributes state) {
    Optional<SecurityGroup> found = find(context, state.id());
    if (found.isEmpty()) {
      return false;
    }
    SecurityGroup group = found.get();
    state
        .set("arn", context.arn("ec2", "security-group/" + group.groupId()))
        .set("description", group.description())
        .set("name", group.groupName())
        .set("name_prefix", Context.namePrefix(group.groupName()))
        .set("owner_id", group.ownerId())
        .set("revoke_rules_on_delete", state.flag("revoke_rules_on_delete"))
        .setText("vpc_id", group.vpcId());
    setRules(state, "ingress", GroupRules.fromPermissions(group.ipPermissions()));
    setRules(state, "egress", GroupRules.fromPermissions(group.ipPermissionsEgress()));
    Ec2Calls.setTags(context, state, group.tags());
    return true;
  }

  /** Makes the group's rules those of the attribute, where the configuration says something. */
  static void updateRules(Context context, Attributes prior, Attributes planned, String name) {
    if (planned.get(name).isUnknown() || !planned.differs(prior, name)) {
      return;
    }
    String id = planned.id();
    Set<GroupRules.Grant> before = GroupRules.fromAttribute(prior, name, id);
    Set<GroupRules.Grant> after = GroupRules.fromAttribute(planned, name, id);
    boolean ingress = name.equals("ingress");
    List<GroupRules.Grant> gone = before.stream().filter(one -> !after.contains(one)).toList();
    List<GroupRules.Grant> added = after.stream().filter(one -> !before.contains(one)).toList();
    if (!gone.isEmpty()) {
      revoke(context, id, ingress, GroupRules.permissions(gone));
    }
    if (!added.isEmpty()) {
      authorize(context, id, ingress, GroupRules.permissions(added));
    }
  }

  static void revokeAll(Context context, SecurityGroup group) {
    if (!group.ipPermissions().isEmpty()) {
      revoke(context, group.groupId(), true, group.ipPermissions());
    }
    if (!group.ipPermissionsEgress().isEmpty()) {
      revoke(context, group.groupId(), false, group.ipPermissionsEgress());
    }
  }

  private static void revoke(
      Context context, String id, boolean ingress, List<IpPermission> permissions) {
    if (ingress) {
      context.call(
          RevokeSecurityGroupIngressRequest.builder()
              .groupId(id)
              .ipPermissions(permissions)
              .build(),
          RevokeSecurityGroupIngressResponse.class);
    } else {
      context.call(
          RevokeSecurityGroupEgressRequest.builder().groupId(id).ipPermissions(permissions).build(),
          RevokeSecurityGroupEgressResponse.class);
    }
  }

  private static void authorize(
      Context context, String id, boolean ingress, List<IpPermission> permissions) {
    if (ingress) {
      context.call(
          AuthorizeSecurityGroupIngressRequest.builder()
              .groupId(id)
              .ipPermissions(permissions)
              .build(),
          AuthorizeSecurityGroupIngressResponse.class);
    } else {
      context.call(
          AuthorizeSecurityGroupEgressRequest.builder()
              .groupId(id)
              .ipPermissions(permissions)
              .build(),
          AuthorizeSecurityGroupEgressResponse.class);
    }
  }

  /** Rules that come to the same grants stay grouped as they are. */
  private static void setRules(Attributes state, String name, Set<GroupRules.Grant> onAws) {
    boolean known = state.get(name) instanceof Value.Seq;
    if (!known || !GroupRules.fromAttribute(state, name, state.id()).equals(onAws)) {
      state.setBlocks(name, GroupRules.toAttribute(onAws, state.id()));
    }
  }
}
