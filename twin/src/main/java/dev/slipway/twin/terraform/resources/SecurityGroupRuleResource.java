package dev.slipway.twin.terraform.resources;

import dev.slipway.twin.terraform.engine.Context;
import dev.slipway.twin.terraform.engine.ResourceHandler;
import dev.slipway.twin.terraform.plan.Traits;
import dev.slipway.twin.terraform.value.Attributes;
import dev.slipway.twin.terraform.value.Values;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.zip.CRC32;
import software.amazon.awssdk.services.ec2.model.DescribeSecurityGroupRulesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeSecurityGroupRulesResponse;
import software.amazon.awssdk.services.ec2.model.SecurityGroup;
import software.amazon.awssdk.services.ec2.model.SecurityGroupRule;

/** {@code aws_security_group_rule}: one protocol and range of ports with any number of peers. */
final class SecurityGroupRuleResource implements ResourceHandler {

  @Override
  public String type() {
    return "aws_security_group_rule";
  }

  @Override
  public String label() {
    return "Security Group Rule";
  }

  @Override
  public Traits traits() {
    return new Traits()
        .same(
            "protocol",
            (prior, wanted) -> GroupRules.protocol(prior).equals(GroupRules.protocol(wanted)));
  }

  @Override
  public void create(Context context, Attributes planned) {
    String group = planned.text("security_group_id");
    SecurityGroups.updateRules(
        context, new Attributes(), asGroup(planned), planned.text("type", ""));
    CRC32 checksum = new CRC32();
    checksum.update(grants(planned).toString().getBytes(StandardCharsets.UTF_8));
    planned
        .set("id", "sgrule-" + checksum.getValue())
        .set("security_group_rule_id", ruleId(context, group, planned));
  }

  @Override
  public boolean read(Context context, Attributes state) {
    Optional<SecurityGroup> found =
        SecurityGroups.find(context, state.text("security_group_id", ""));
    if (found.isEmpty()) {
      return false;
    }
    boolean ingress = "ingress".equals(state.text("type"));
    Set<GroupRules.Grant> onAws =
        GroupRules.fromPermissions(
            ingress ? found.get().ipPermissions() : found.get().ipPermissionsEgress());
    if (state.get("source_security_group_id").isUnknown()) {
      state.set("source_security_group_id", Values.NULL);
    }
    return onAws.containsAll(grants(state));
  }

  @Override
  public void update(Context context, Attributes prior, Attributes planned) {
    String direction = planned.text("type", "");
    SecurityGroups.updateRules(context, asGroup(prior), asGroup(planned), direction);
  }

  @Override
  public void delete(Context context, Attributes state) {
    Attributes nothing = asGroup(state).setNoBlocks("ingress", "egress");
    SecurityGroups.updateRules(context, asGroup(state), nothing, state.text("type", ""));
  }

  @Override
  public void importById(Context context, String id, Attributes state) {
    throw new UnsupportedOperationException("the import of an aws_security_group_rule");
  }

  private static Set<GroupRules.Grant> grants(Attributes rule) {
    Attributes group = asGroup(rule);
    return GroupRules.fromAttribute(group, rule.text("type", ""), group.id());
  }

  /** The rule as the only one of its group. */
  private static Attributes asGroup(Attributes rule) {
    Attributes one = rule.copy();
    if (rule.has("source_security_group_id")) {
      one.setTexts("security_groups", List.of(rule.text("source_security_group_id")));
    }
    return new Attributes()
        .set("id", rule.text("security_group_id"))
        .setBlock(rule.text("type", ""), one);
  }

  /** The id of the rule on AWS, where it is a single one. */
  private static String ruleId(Context context, String group, Attributes planned) {
    Set<GroupRules.Grant> grants = grants(planned);
    if (grants.size() != 1) {
      return "";
    }
    GroupRules.Grant grant = grants.iterator().next();
    boolean egress = "egress".equals(planned.text("type"));
    DescribeSecurityGroupRulesRequest request =
        DescribeSecurityGroupRulesRequest.builder()
            .filters(Ec2Calls.filter("group-id", group))
            .build();
    return context
        .call(request, DescribeSecurityGroupRulesResponse.class)
        .securityGroupRules()
        .stream()
        .filter(rule -> Boolean.TRUE.equals(rule.isEgress()) == egress)
        .filter(rule -> rule.ipProtocol().equals(grant.protocol()))
        .filter(rule -> grant.protocol().equals("-1") || rule.fromPort() == grant.from())
        .filter(rule ->
            grant.peer().equals(rule.cidrIpv4())
                || grant.peer().equals(rule.cidrIpv6())
                || grant.peer().equals(rule.prefixListId())
                || (rule.referencedGroupInfo() != null
                    && grant.peer().equals(rule.referencedGroupInfo().groupId())))
        .map(SecurityGroupRule::securityGroupRuleId)
        .findFirst()
        .orElse("");
  }
}
