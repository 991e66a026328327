package dev.slipway.twin.iam;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import software.amazon.awssdk.services.iam.model.AttachedPolicy;
import software.amazon.awssdk.services.iam.model.EntityType;
import software.amazon.awssdk.services.iam.model.GetAccountAuthorizationDetailsRequest;
import software.amazon.awssdk.services.iam.model.GetAccountAuthorizationDetailsResponse;
import software.amazon.awssdk.services.iam.model.ManagedPolicyDetail;
import software.amazon.awssdk.services.iam.model.Policy;
import software.amazon.awssdk.services.iam.model.PolicyDetail;
import software.amazon.awssdk.services.iam.model.Role;
import software.amazon.awssdk.services.iam.model.RoleDetail;
import software.amazon.awssdk.services.iam.model.RoleLastUsed;
import software.amazon.awssdk.services.iam.model.User;
import software.amazon.awssdk.services.iam.model.UserDetail;

/** All roles, users and policies at once. Source: IAM API reference. */
final class AuthorizationDetailsApi {

  private final IamStore store;

  AuthorizationDetailsApi(IamStore store) {
    this.store = store;
  }

  public GetAccountAuthorizationDetailsResponse details(
      GetAccountAuthorizationDetailsRequest request) {
    List<RoleDetail> roles = new ArrayList<>();
    List<UserDetail> users = new ArrayList<>();
    List<ManagedPolicyDetail> policies = new ArrayList<>();
    if (wants(request, EntityType.ROLE)) {
      store.roles().all().forEach(role -> roles.add(detail(role)));
    }
    if (wants(request, EntityType.USER)) {
      store.users().all().forEach(user -> users.add(detail(user)));
    }
    if (wants(request, EntityType.LOCAL_MANAGED_POLICY)) {
      store.policies().all().forEach(policy -> policies.add(detail(policy.arn())));
    }
    if (wants(request, EntityType.AWS_MANAGED_POLICY)) {
      Set<String> attached = new TreeSet<>();
      store.attachments().all().forEach(a -> attached.add(a.policyArn()));
      store.userAttachments().all().forEach(a -> attached.add(a.policyArn()));
      attached.stream().filter(ManagedPolicies::isAws).forEach(arn -> policies.add(detail(arn)));
    }
    return GetAccountAuthorizationDetailsResponse.builder()
        .roleDetailList(roles)
        .userDetailList(users)
        .groupDetailList(List.of())
        .policies(policies)
        .isTruncated(false)
        .build();
  }

  private static boolean wants(GetAccountAuthorizationDetailsRequest request, EntityType type) {
    return !request.hasFilter() || request.filter().isEmpty() || request.filter().contains(type);
  }

  private RoleDetail detail(Role role) {
    return RoleDetail.builder()
        .path(role.path())
        .roleName(role.roleName())
        .roleId(role.roleId())
        .arn(role.arn())
        .createDate(role.createDate())
        .assumeRolePolicyDocument(role.assumeRolePolicyDocument())
        .instanceProfileList(List.of())
        .rolePolicyList(inline(store.inlineOf(role.roleName())))
        .attachedManagedPolicies(attached(store.attachedTo(role.roleName())))
        .permissionsBoundary(role.permissionsBoundary())
        .roleLastUsed(RoleLastUsed.builder().build())
        .tags(role.tags())
        .build();
  }

  private UserDetail detail(User user) {
    return UserDetail.builder()
        .path(user.path())
        .userName(user.userName())
        .userId(user.userId())
        .arn(user.arn())
        .createDate(user.createDate())
        .userPolicyList(inline(store.inlineOfUser(user.userName())))
        .groupList(List.of())
        .attachedManagedPolicies(attached(store.attachedToUser(user.userName())))
        .permissionsBoundary(user.permissionsBoundary())
        .tags(user.tags())
        .build();
  }

  private ManagedPolicyDetail detail(String arn) {
    Policy policy = store.policy(arn).orElseThrow();
    return ManagedPolicyDetail.builder()
        .policyName(policy.policyName())
        .policyId(policy.policyId())
        .arn(arn)
        .path(policy.path())
        .defaultVersionId(policy.defaultVersionId())
        .attachmentCount(policy.attachmentCount())
        .permissionsBoundaryUsageCount(policy.permissionsBoundaryUsageCount())
        .isAttachable(policy.isAttachable())
        .createDate(policy.createDate())
        .updateDate(policy.updateDate())
        .policyVersionList(store.versionsOf(arn))
        .build();
  }

  private static List<PolicyDetail> inline(List<IamStore.InlinePolicy> policies) {
    return policies.stream()
        .map(policy ->
            PolicyDetail.builder()
                .policyName(policy.name())
                .policyDocument(policy.document())
                .build())
        .toList();
  }

  private static List<AttachedPolicy> attached(List<IamStore.Attachment> attachments) {
    return attachments.stream()
        .map(attachment ->
            AttachedPolicy.builder()
                .policyName(attachment.policyName())
                .policyArn(attachment.policyArn())
                .build())
        .toList();
  }
}
