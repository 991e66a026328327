package dev.slipway.twin.ec2;

import dev.slipway.twin.world.AwsError;
import dev.slipway.twin.world.World;
import java.util.List;
import software.amazon.awssdk.services.ec2.model.AuthorizeSecurityGroupEgressRequest;
import software.amazon.awssdk.services.ec2.model.AuthorizeSecurityGroupEgressResponse;
import software.amazon.awssdk.services.ec2.model.AuthorizeSecurityGroupIngressRequest;
import software.amazon.awssdk.services.ec2.model.AuthorizeSecurityGroupIngressResponse;
import software.amazon.awssdk.services.ec2.model.DescribeSecurityGroupRulesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeSecurityGroupRulesResponse;
import software.amazon.awssdk.services.ec2.model.IpPermission;
import software.amazon.awssdk.services.ec2.model.IpRange;
import software.amazon.awssdk.services.ec2.model.RevokeSecurityGroupEgressRequest;
import software.amazon.awssdk.services.ec2.model.RevokeSecurityGroupEgressResponse;
import software.amazon.awssdk.services.ec2.model.RevokeSecurityGroupIngressRequest;
import software.amazon.awssdk.services.ec2.model.RevokeSecurityGroupIngressResponse;
import software.amazon.awssdk.services.ec2.model.RevokedSecurityGroupRule;
import software.amazon.awssdk.services.ec2.model.SecurityGroupRule;

/** Adds, removes and lists rules. Source: EC2 API reference, AuthorizeSecurityGroupIngress. */
final class SecurityGroupRuleApi {

  private final Stores stores;
  private final GroupRules rules;
  private final Filters<SecurityGroupRule> filters;

  SecurityGroupRuleApi(World world, Stores stores) {
    this.stores = stores;
    this.rules = new GroupRules(world, stores);
    this.filters =
        Filters.of(stores.securityGroupRules.kind())
            .on("group-id", SecurityGroupRule::groupId)
            .on("security-group-rule-id", SecurityGroupRule::securityGroupRuleId);
  }

  /** Adds ingress rules. */
  public AuthorizeSecurityGroupIngressResponse authorizeSecurityGroupIngress(
      AuthorizeSecurityGroupIngressRequest request) {
    Parameters.only(
        request,
        "GroupId",
        "IpPermissions",
        "IpProtocol",
        "FromPort",
        "ToPort",
        "CidrIp",
        "TagSpecifications");
    List<IpPermission> permissions =
        permissions(
            request.ipPermissions(),
            request.ipProtocol(),
            request.fromPort(),
            request.toPort(),
            request.cidrIp());
    return AuthorizeSecurityGroupIngressResponse.builder()
        .returnValue(true)
        .securityGroupRules(
            rules.add(
                group(request.groupId()),
                false,
                permissions,
                Tags.of(request.tagSpecifications(), "security-group-rule")))
        .build();
  }

  /** Adds egress rules. */
  public AuthorizeSecurityGroupEgressResponse authorizeSecurityGroupEgress(
      AuthorizeSecurityGroupEgressRequest request) {
    Parameters.only(
        request,
        "GroupId",
        "IpPermissions",
        "IpProtocol",
        "FromPort",
        "ToPort",
        "CidrIp",
        "TagSpecifications");
    List<IpPermission> permissions =
        permissions(
            request.ipPermissions(),
            request.ipProtocol(),
            request.fromPort(),
            request.toPort(),
            request.cidrIp());
    return AuthorizeSecurityGroupEgressResponse.builder()
        .returnValue(true)
        .securityGroupRules(
            rules.add(
                group(request.groupId()),
                true,
                permissions,
                Tags.of(request.tagSpecifications(), "security-group-rule")))
        .build();
  }

  /** Removes ingress rules. */
  public RevokeSecurityGroupIngressResponse revokeSecurityGroupIngress(
      RevokeSecurityGroupIngressRequest request) {
    Parameters.only(
        request,
        "GroupId",
        "IpPermissions",
        "IpProtocol",
        "FromPort",
        "ToPort",
        "CidrIp",
        "SecurityGroupRuleIds");
    String group = group(request.groupId());
    List<SecurityGroupRule> removed =
        request.securityGroupRuleIds().isEmpty()
            ? rules.remove(
                group,
                false,
                permissions(
                    request.ipPermissions(),
                    request.ipProtocol(),
                    request.fromPort(),
                    request.toPort(),
                    request.cidrIp()))
            : rules.removeById(group, false, request.securityGroupRuleIds());
    return RevokeSecurityGroupIngressResponse.builder()
        .returnValue(true)
        .revokedSecurityGroupRules(revoked(removed))
        .build();
  }

  /** Removes egress rules. */
  public RevokeSecurityGroupEgressResponse revokeSecurityGroupEgress(
      RevokeSecurityGroupEgressRequest request) {
    Parameters.only(
        request,
        "GroupId",
        "IpPermissions",
        "IpProtocol",
        "FromPort",
        "ToPort",
        "CidrIp",
        "SecurityGroupRuleIds");
    String group = group(request.groupId());
    List<SecurityGroupRule> removed =
        request.securityGroupRuleIds().isEmpty()
            ? rules.remove(
                group,
                true,
                permissions(
                    request.ipPermissions(),
                    request.ipProtocol(),
                    request.fromPort(),
                    request.toPort(),
                    request.cidrIp()))
            : rules.removeById(group, true, request.securityGroupRuleIds());
    return RevokeSecurityGroupEgressResponse.builder()
        .returnValue(true)
        .revokedSecurityGroupRules(revoked(removed))
        .build();
  }

  /** Lists rules. */
  public DescribeSecurityGroupRulesResponse describeSecurityGroupRules(
      DescribeSecurityGroupRulesRequest request) {
    Parameters.only(request, "Filters", "SecurityGroupRuleIds", "NextToken", "MaxResults");
    Page<SecurityGroupRule> page =
        Page.of(
            filters.apply(
                stores.securityGroupRules.select(request.securityGroupRuleIds()),
                request.filters()),
            request.maxResults(),
            request.nextToken());
    return DescribeSecurityGroupRulesResponse.builder()
        .securityGroupRules(page.items())
        .nextToken(page.nextToken())
        .build();
  }

  private String group(String id) {
    String given = Parameters.required("GroupId", id);
    SecurityGroupApi.checkId(given);
    return stores.securityGroups.require(given).groupId();
  }

  /** The permissions, which older clients send as single parameters. */
  private static List<IpPermission> permissions(
      List<IpPermission> given, String protocol, Integer from, Integer to, String cidr) {
    if (!given.isEmpty()) {
      return given;
    }
    if (protocol == null || cidr == null) {
      throw AwsError.of("MissingParameter", "The request must contain the parameter ipPermissions");
    }
    return List.of(
        IpPermission.builder()
            .ipProtocol(protocol)
            .fromPort(from)
            .toPort(to)
            .ipRanges(IpRange.builder().cidrIp(cidr).build())
            .build());
  }

  private static List<RevokedSecurityGroupRule> revoked(List<SecurityGroupRule> rules) {
    return rules.stream()
        .map(r ->
            RevokedSecurityGroupRule.builder()
                .securityGroupRuleId(r.securityGroupRuleId())
                .groupId(r.groupId())
                .isEgress(r.isEgress())
                .ipProtocol(r.ipProtocol())
                .fromPort(r.fromPort())
                .toPort(r.toPort())
                .cidrIpv4(r.cidrIpv4())
                .cidrIpv6(r.cidrIpv6())
                .prefixListId(r.prefixListId())
                .referencedGroupId(
                    r.referencedGroupInfo() == null ? null : r.referencedGroupInfo().groupId())
                .description(r.description())
                .build())
        .toList();
  }
}
