package dev.slipway.twin.ec2;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.model.AuthorizeSecurityGroupIngressRequest;
import software.amazon.awssdk.services.ec2.model.AuthorizeSecurityGroupIngressResponse;
import software.amazon.awssdk.services.ec2.model.CreateSecurityGroupRequest;
import software.amazon.awssdk.services.ec2.model.CreateTagsRequest;
import software.amazon.awssdk.services.ec2.model.DeleteSecurityGroupRequest;
import software.amazon.awssdk.services.ec2.model.DescribeSecurityGroupRulesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeSecurityGroupRulesResponse;
import software.amazon.awssdk.services.ec2.model.DescribeSecurityGroupsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeSecurityGroupsResponse;
import software.amazon.awssdk.services.ec2.model.IpPermission;
import software.amazon.awssdk.services.ec2.model.IpRange;
import software.amazon.awssdk.services.ec2.model.NetworkInterface;
import software.amazon.awssdk.services.ec2.model.RevokeSecurityGroupEgressRequest;
import software.amazon.awssdk.services.ec2.model.RevokeSecurityGroupIngressRequest;
import software.amazon.awssdk.services.ec2.model.SecurityGroup;
import software.amazon.awssdk.services.ec2.model.UserIdGroupPair;

@SuppressWarnings("unchecked") // the SDK takes varargs of consumers
class SecurityGroupTest {

  private final Lab lab = new Lab();
  private String vpc;
  private String group;

  @BeforeEach
  void makeGroup() {
    vpc = lab.vpc("10.0.0.0/16");
    group = lab.group(vpc, "task");
  }

  private static IpPermission.Builder tcp(int port) {
    return IpPermission.builder().ipProtocol("tcp").fromPort(port).toPort(port);
  }

  private static IpPermission blocks(int port, String... blocks) {
    return tcp(port)
        .ipRanges(List.of(blocks).stream().map(b -> IpRange.builder().cidrIp(b).build()).toList())
        .build();
  }

  private static IpPermission from(int port, String group) {
    return tcp(port).userIdGroupPairs(UserIdGroupPair.builder().groupId(group).build()).build();
  }

  private AuthorizeSecurityGroupIngressRequest admit(String group, IpPermission permission) {
    return AuthorizeSecurityGroupIngressRequest.builder()
        .groupId(group)
        .ipPermissions(permission)
        .build();
  }

  private SecurityGroup describe(String id) {
    return lab.call(
            DescribeSecurityGroupsRequest.builder().groupIds(id).build(),
            DescribeSecurityGroupsResponse.class)
        .securityGroups()
        .getFirst();
  }

  @Test
  void aNewGroupAdmitsAllEgressAndNoIngress() {
    assertThat(describe(group).ipPermissions()).isEmpty();
    assertThat(describe(group).ipPermissionsEgress()).hasSize(1);
    // As Terraform does with every new group.
    lab.call(
        RevokeSecurityGroupEgressRequest.builder()
            .groupId(group)
            .ipPermissions(
                IpPermission.builder()
                    .ipProtocol("-1")
                    .ipRanges(IpRange.builder().cidrIp("0.0.0.0/0").build())
                    .build())
            .build());
    assertThat(describe(group).ipPermissionsEgress()).isEmpty();
  }

  @Test
  void rulesOfOnePortRangeAreShownTogetherAndStayApartAsRules() {
    String peer = lab.group(vpc, "alb");
    lab.call(admit(group, blocks(5000, "10.0.0.0/24", "10.0.1.0/24")));
    lab.call(admit(group, from(5000, peer)));
    assertThat(describe(group).ipPermissions()).hasSize(1);
    assertThat(describe(group).ipPermissions().getFirst().ipRanges()).hasSize(2);
    assertThat(describe(group).ipPermissions().getFirst().userIdGroupPairs()).hasSize(1);
    assertThat(
            lab.call(
                    DescribeSecurityGroupRulesRequest.builder()
                        .filters(f -> f.name("group-id").values(group))
                        .build(),
                    DescribeSecurityGroupRulesResponse.class)
                .securityGroupRules())
        .hasSize(4)
        .filteredOn(r -> r.referencedGroupInfo() != null)
        .singleElement()
        .satisfies(r -> assertThat(r.referencedGroupInfo().groupId()).isEqualTo(peer));
  }

  @Test
  void theSameRuleTwiceIsRefusedAndNothingOfTheCallIsKept() {
    lab.call(admit(group, blocks(80, "0.0.0.0/0")));
    assertThat(lab.refusal(admit(group, blocks(80, "10.0.0.0/8", "0.0.0.0/0"))))
        .hasMessage(
            "the specified rule \"peer: 0.0.0.0/0, TCP, from port: 80, to port: 80, ALLOW\" already exists")
        .extracting("code")
        .isEqualTo("InvalidPermission.Duplicate");
    assertThat(describe(group).ipPermissions().getFirst().ipRanges()).hasSize(1);
  }

  @Test
  void aRuleIsRevokedByItsIdAndOnlyOnce() {
    String rule =
        lab.call(admit(group, blocks(80, "0.0.0.0/0")), AuthorizeSecurityGroupIngressResponse.class)
            .securityGroupRules()
            .getFirst()
            .securityGroupRuleId();
    lab.call(CreateTagsRequest.builder().resources(rule).tags(t -> t.key("a").value("b")).build());
    RevokeSecurityGroupIngressRequest revoke =
        RevokeSecurityGroupIngressRequest.builder()
            .groupId(group)
            .securityGroupRuleIds(rule)
            .build();
    lab.call(revoke);
    assertThat(describe(group).ipPermissions()).isEmpty();
    assertThat(lab.refusal(revoke).code()).isEqualTo("InvalidSecurityGroupRuleId.NotFound");
  }

  @Test
  void aGroupInUseCannotBeDeleted() {
    DeleteSecurityGroupRequest delete = DeleteSecurityGroupRequest.builder().groupId(group).build();
    String peer = lab.group(vpc, "alb");
    lab.call(admit(peer, from(80, group)));
    assertThat(lab.refusal(delete))
        .hasMessage("resource " + group + " has a dependent object")
        .extracting("code")
        .isEqualTo("DependencyViolation");
    lab.call(DeleteSecurityGroupRequest.builder().groupId(peer).build());

    NetworkInterface task = lab.managed(lab.subnet(vpc, "10.0.0.0/24"), false, group);
    assertThat(lab.refusal(delete).code()).isEqualTo("DependencyViolation");
    lab.ec2.delete(task.networkInterfaceId());
    lab.call(delete);
    assertThat(lab.refusal(delete).code()).isEqualTo("InvalidGroup.NotFound");
  }

  @Test
  void aGroupThatRefersToItselfCanBeDeleted() {
    lab.call(admit(group, from(80, group)));
    lab.call(DeleteSecurityGroupRequest.builder().groupId(group).build());
    assertThat(lab.ec2.network().securityGroups())
        .extracting(SecurityGroup::groupId)
        .doesNotContain(group);
  }

  @Test
  void aNameIsTakenOnceInAVpc() {
    CreateSecurityGroupRequest again =
        CreateSecurityGroupRequest.builder().vpcId(vpc).groupName("task").description("x").build();
    assertThat(lab.refusal(again))
        .hasMessage("The security group 'task' already exists for VPC '%s'".formatted(vpc))
        .extracting("code")
        .isEqualTo("InvalidGroup.Duplicate");
    lab.call(again.toBuilder().vpcId(lab.vpc("10.1.0.0/16")).build());
  }
}
