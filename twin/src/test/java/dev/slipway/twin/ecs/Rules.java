package dev.slipway.twin.ecs;

import java.util.List;
import software.amazon.awssdk.services.ec2.model.AuthorizeSecurityGroupIngressRequest;
import software.amazon.awssdk.services.ec2.model.IpPermission;
import software.amazon.awssdk.services.ec2.model.RevokeSecurityGroupEgressRequest;
import software.amazon.awssdk.services.ec2.model.RevokeSecurityGroupIngressRequest;
import software.amazon.awssdk.services.ec2.model.UserIdGroupPair;

/** Requests that open and close security groups. */
final class Rules {

  private Rules() {}

  static AuthorizeSecurityGroupIngressRequest ingress(String group, int port, String fromGroup) {
    return AuthorizeSecurityGroupIngressRequest.builder()
        .groupId(group)
        .ipPermissions(from(port, fromGroup))
        .build();
  }

  static RevokeSecurityGroupIngressRequest noIngress(String group, int port, String fromGroup) {
    return RevokeSecurityGroupIngressRequest.builder()
        .groupId(group)
        .ipPermissions(from(port, fromGroup))
        .build();
  }

  /** Takes away the egress rule that every group is born with. */
  static RevokeSecurityGroupEgressRequest noEgress(String group) {
    return RevokeSecurityGroupEgressRequest.builder()
        .groupId(group)
        .ipPermissions(
            List.of(
                IpPermission.builder()
                    .ipProtocol("-1")
                    .ipRanges(r -> r.cidrIp("0.0.0.0/0"))
                    .build()))
        .build();
  }

  private static IpPermission from(int port, String group) {
    return IpPermission.builder()
        .ipProtocol("tcp")
        .fromPort(port)
        .toPort(port)
        .userIdGroupPairs(UserIdGroupPair.builder().groupId(group).build())
        .build();
  }
}
