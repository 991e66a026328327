package dev.slipway.twin.ec2;

import dev.slipway.twin.world.AwsError;
import dev.slipway.twin.world.World;
import java.util.List;
import software.amazon.awssdk.services.ec2.model.IpPermission;
import software.amazon.awssdk.services.ec2.model.IpRange;
import software.amazon.awssdk.services.ec2.model.Ipv6Range;
import software.amazon.awssdk.services.ec2.model.ModifySecurityGroupRulesRequest;
import software.amazon.awssdk.services.ec2.model.ModifySecurityGroupRulesResponse;
import software.amazon.awssdk.services.ec2.model.PrefixListId;
import software.amazon.awssdk.services.ec2.model.SecurityGroupRule;
import software.amazon.awssdk.services.ec2.model.SecurityGroupRuleRequest;
import software.amazon.awssdk.services.ec2.model.SecurityGroupRuleUpdate;
import software.amazon.awssdk.services.ec2.model.UpdateSecurityGroupRuleDescriptionsEgressRequest;
import software.amazon.awssdk.services.ec2.model.UpdateSecurityGroupRuleDescriptionsEgressResponse;
import software.amazon.awssdk.services.ec2.model.UpdateSecurityGroupRuleDescriptionsIngressRequest;
import software.amazon.awssdk.services.ec2.model.UpdateSecurityGroupRuleDescriptionsIngressResponse;
import software.amazon.awssdk.services.ec2.model.UserIdGroupPair;

/** Changes rules that exist. Source: EC2 API reference, ModifySecurityGroupRules and others. */
final class SecurityGroupRuleChangeApi {

  private final World world;
  private final Stores stores;
  private final GroupRules rules;

  SecurityGroupRuleChangeApi(World world, Stores stores) {
    this.world = world;
    this.stores = stores;
    this.rules = new GroupRules(world, stores);
  }

  /** Replaces rules under their ids. */
  public ModifySecurityGroupRulesResponse modifySecurityGroupRules(
      ModifySecurityGroupRulesRequest request) {
    Parameters.only(request, "GroupId", "SecurityGroupRules");
    String group = group(request.groupId());
    for (SecurityGroupRuleUpdate update :
        Parameters.required("securityGroupRules", request.securityGroupRules())) {
      SecurityGroupRule known = rules.require(group, update.securityGroupRuleId());
      List<Peer.Described> peers = Peer.of(permission(update.securityGroupRule()));
      if (peers.size() != 1) {
        throw AwsError.of(
            "InvalidParameterCombination",
            "The request must contain exactly one source or destination for each rule");
      }
      rules.replace(
          peers.getFirst().peer().in(known, world.account()).toBuilder()
              .description(update.securityGroupRule().description())
              .build());
    }
    return ModifySecurityGroupRulesResponse.builder().returnValue(true).build();
  }

  /** Changes the descriptions of ingress rules. */
  public UpdateSecurityGroupRuleDescriptionsIngressResponse
      updateSecurityGroupRuleDescriptionsIngress(
          UpdateSecurityGroupRuleDescriptionsIngressRequest request) {
    Parameters.only(request, "GroupId", "IpPermissions");
    rules.describe(group(request.groupId()), false, request.ipPermissions());
    return UpdateSecurityGroupRuleDescriptionsIngressResponse.builder().returnValue(true).build();
  }

  /** Changes the descriptions of egress rules. */
  public UpdateSecurityGroupRuleDescriptionsEgressResponse
      updateSecurityGroupRuleDescriptionsEgress(
          UpdateSecurityGroupRuleDescriptionsEgressRequest request) {
    Parameters.only(request, "GroupId", "IpPermissions");
    rules.describe(group(request.groupId()), true, request.ipPermissions());
    return UpdateSecurityGroupRuleDescriptionsEgressResponse.builder().returnValue(true).build();
  }

  private String group(String id) {
    return stores.securityGroups.require(Parameters.required("GroupId", id)).groupId();
  }

  private static IpPermission permission(SecurityGroupRuleRequest rule) {
    IpPermission.Builder permission =
        IpPermission.builder()
            .ipProtocol(rule.ipProtocol())
            .fromPort(rule.fromPort())
            .toPort(rule.toPort());
    if (rule.cidrIpv4() != null) {
      permission.ipRanges(IpRange.builder().cidrIp(rule.cidrIpv4()).build());
    }
    if (rule.cidrIpv6() != null) {
      permission.ipv6Ranges(Ipv6Range.builder().cidrIpv6(rule.cidrIpv6()).build());
    }
    if (rule.prefixListId() != null) {
      permission.prefixListIds(PrefixListId.builder().prefixListId(rule.prefixListId()).build());
    }
    if (rule.referencedGroupId() != null) {
      permission.userIdGroupPairs(
          UserIdGroupPair.builder().groupId(rule.referencedGroupId()).build());
    }
    return permission.build();
  }
}
