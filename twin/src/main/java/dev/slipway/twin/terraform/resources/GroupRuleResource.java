package dev.slipway.twin.terraform.resources;

import dev.slipway.twin.terraform.engine.Context;
import dev.slipway.twin.terraform.engine.ResourceHandler;
import dev.slipway.twin.terraform.plan.PlanEdit;
import dev.slipway.twin.terraform.value.Attributes;
import dev.slipway.twin.terraform.value.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.ec2.model.AuthorizeSecurityGroupEgressRequest;
import software.amazon.awssdk.services.ec2.model.AuthorizeSecurityGroupEgressResponse;
import software.amazon.awssdk.services.ec2.model.AuthorizeSecurityGroupIngressRequest;
import software.amazon.awssdk.services.ec2.model.AuthorizeSecurityGroupIngressResponse;
import software.amazon.awssdk.services.ec2.model.DescribeSecurityGroupRulesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeSecurityGroupRulesResponse;
import software.amazon.awssdk.services.ec2.model.IpPermission;
import software.amazon.awssdk.services.ec2.model.ModifySecurityGroupRulesRequest;
import software.amazon.awssdk.services.ec2.model.ModifySecurityGroupRulesResponse;
import software.amazon.awssdk.services.ec2.model.RevokeSecurityGroupEgressRequest;
import software.amazon.awssdk.services.ec2.model.RevokeSecurityGroupEgressResponse;
import software.amazon.awssdk.services.ec2.model.RevokeSecurityGroupIngressRequest;
import software.amazon.awssdk.services.ec2.model.RevokeSecurityGroupIngressResponse;
import software.amazon.awssdk.services.ec2.model.SecurityGroupRule;
import software.amazon.awssdk.services.ec2.model.SecurityGroupRuleUpdate;

/** {@code aws_vpc_security_group_ingress_rule} and {@code aws_vpc_security_group_egress_rule}. */
final class GroupRuleResource implements ResourceHandler {

  private final boolean egress;

  GroupRuleResource(boolean egress) {
    this.egress = egress;
  }

  @Override
  public String type() {
    return egress ? "aws_vpc_security_group_egress_rule" : "aws_vpc_security_group_ingress_rule";
  }

  @Override
  public String label() {
    return "VPC Security Group Rule";
  }

  /** A rule stays in its group, and its peer stays of its kind. */
  @Override
  public void customize(PlanEdit plan) {
    if (plan.creating()) {
      return;
    }
    if (plan.changes("security_group_id")) {
      plan.replace("security_group_id");
    }
    for (String peer : GroupRules.PEER_KINDS.keySet()) {
      boolean had = !plan.prior().get(peer).isNull();
      boolean wanted = !plan.planned().get(peer).isNull();
      if (had != wanted) {
        plan.replace(peer);
      }
    }
  }

  @Override
  public void create(Context context, Attributes planned) {
    String group = planned.text("security_group_id");
    List<IpPermission> permissions = permissions(planned);
    List<SecurityGroupRule> rules =
        egress
            ? context
                .call(
                    AuthorizeSecurityGroupEgressRequest.builder()
                        .groupId(group)
                        .ipPermissions(permissions)
                        .build(),
                    AuthorizeSecurityGroupEgressResponse.class)
                .securityGroupRules()
            : context
                .call(
                    AuthorizeSecurityGroupIngressRequest.builder()
                        .groupId(group)
                        .ipPermissions(permissions)
                        .build(),
                    AuthorizeSecurityGroupIngressResponse.class)
                .securityGroupRules();
    planned.set("id", rules.getFirst().securityGroupRuleId());
    Ec2Calls.updateTags(context, new Attributes(), planned);
  }

  @Override
  public boolean read(Context context, Attributes state) {
    DescribeSecurityGroupRulesRequest request =
        DescribeSecurityGroupRulesRequest.builder().securityGroupRuleIds(state.id()).build();
    Optional<SecurityGroupRule> found =
        context
            .findFirst(() ->
                context
                    .call(request, DescribeSecurityGroupRulesResponse.class)
                    .securityGroupRules())
            .filter(rule -> Boolean.TRUE.equals(rule.isEgress()) == egress);
    if (found.isEmpty()) {
      return false;
    }
    SecurityGroupRule rule = found.get();
    state
        .set("arn", context.arn("ec2", "security-group-rule/" + rule.securityGroupRuleId()))
        .set("security_group_rule_id", rule.securityGroupRuleId())
        .set("security_group_id", rule.groupId())
        .set("cidr_ipv4", rule.cidrIpv4())
        .set("cidr_ipv6", rule.cidrIpv6())
        .set("description", rule.description())
        .set("prefix_list_id", rule.prefixListId())
        .set(
            "referenced_security_group_id",
            rule.referencedGroupInfo() == null ? null : rule.referencedGroupInfo().groupId());
    setProtocol(state, rule);
    boolean noTags = state.get("tags").isNull();
    Ec2Calls.setTags(context, state, rule.tags());
    if (noTags && state.textMap("tags").isEmpty()) {
      state.set("tags", Values.NULL);
    }
    return true;
  }

  @Override
  public void update(Context context, Attributes prior, Attributes planned) {
    if (planned.differs(prior, "ip_protocol", "from_port", "to_port", "description")
        || GroupRules.PEER_KINDS.keySet().stream().anyMatch(peer -> planned.differs(prior, peer))) {
      Integer all = GroupRules.protocol(planned.text("ip_protocol")).equals("-1") ? -1 : null;
      SecurityGroupRuleUpdate change =
          SecurityGroupRuleUpdate.builder()
              .securityGroupRuleId(planned.id())
              .securityGroupRule(rule ->
                  rule.cidrIpv4(planned.text("cidr_ipv4"))
                      .cidrIpv6(planned.text("cidr_ipv6"))
                      .prefixListId(planned.text("prefix_list_id"))
                      .referencedGroupId(planned.text("referenced_security_group_id"))
                      .description(planned.text("description"))
                      .ipProtocol(GroupRules.protocol(planned.text("ip_protocol")))
                      .fromPort(all == null ? planned.integer("from_port") : all)
                      .toPort(all == null ? planned.integer("to_port") : all))
              .build();
      context.call(
          ModifySecurityGroupRulesRequest.builder()
              .groupId(planned.text("security_group_id"))
              .securityGroupRules(change)
              .build(),
          ModifySecurityGroupRulesResponse.class);
    }
    Ec2Calls.updateTags(context, prior, planned);
  }

  @Override
  public void delete(Context context, Attributes state) {
    String group = state.text("security_group_id");
    if (egress) {
      context.call(
          RevokeSecurityGroupEgressRequest.builder()
              .groupId(group)
              .securityGroupRuleIds(state.id())
              .build(),
          RevokeSecurityGroupEgressResponse.class);
    } else {
      context.call(
          RevokeSecurityGroupIngressRequest.builder()
              .groupId(group)
              .securityGroupRuleIds(state.id())
              .build(),
          RevokeSecurityGroupIngressResponse.class);
    }
  }

  /** Another spelling of the protocol stays; all protocols have no ports. */
  private static void setProtocol(Attributes state, SecurityGroupRule rule) {
    String written = state.text("ip_protocol", "");
    if (!GroupRules.protocol(written).equals(rule.ipProtocol())) {
      state.set("ip_protocol", rule.ipProtocol());
    }
    if (!rule.ipProtocol().equals("-1")) {
      state.set("from_port", rule.fromPort()).set("to_port", rule.toPort());
    }
  }

  private static List<IpPermission> permissions(Attributes planned) {
    String protocol = GroupRules.protocol(planned.text("ip_protocol"));
    Integer from = planned.integer("from_port");
    Integer to = planned.integer("to_port");
    List<GroupRules.Grant> grants = new ArrayList<>();
    GroupRules.PEER_KINDS.forEach((attribute, kind) -> {
      if (planned.has(attribute)) {
        grants.add(
            new GroupRules.Grant(
                protocol,
                from == null ? -1 : from,
                to == null ? -1 : to,
                kind,
                planned.text(attribute),
                planned.text("description", "")));
      }
    });
    return GroupRules.permissions(grants);
  }
}
