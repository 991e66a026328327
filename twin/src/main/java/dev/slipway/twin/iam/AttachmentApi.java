package dev.slipway.twin.iam;

import dev.slipway.twin.world.Page;
import java.util.Comparator;
import java.util.List;
import software.amazon.awssdk.services.iam.model.AttachRolePolicyRequest;
import software.amazon.awssdk.services.iam.model.AttachRolePolicyResponse;
import software.amazon.awssdk.services.iam.model.AttachedPolicy;
import software.amazon.awssdk.services.iam.model.DetachRolePolicyRequest;
import software.amazon.awssdk.services.iam.model.DetachRolePolicyResponse;
import software.amazon.awssdk.services.iam.model.EntityType;
import software.amazon.awssdk.services.iam.model.ListAttachedRolePoliciesRequest;
import software.amazon.awssdk.services.iam.model.ListAttachedRolePoliciesResponse;
import software.amazon.awssdk.services.iam.model.ListEntitiesForPolicyRequest;
import software.amazon.awssdk.services.iam.model.ListEntitiesForPolicyResponse;
import software.amazon.awssdk.services.iam.model.Policy;
import software.amazon.awssdk.services.iam.model.PolicyRole;
import software.amazon.awssdk.services.iam.model.PolicyUser;

/** Managed policies on roles. Source: IAM API reference. */
final class AttachmentApi {

  /** Source: IAM user guide, reference_iam-quotas. */
  private static final int MAX_PER_ROLE = 10;

  private final IamStore store;

  AttachmentApi(IamStore store) {
    this.store = store;
  }

  public AttachRolePolicyResponse attach(AttachRolePolicyRequest request) {
    String role = store.requireOwnRole(request.roleName()).roleName();
    String arn = request.policyArn();
    Policy policy =
        store
            .policy(arn)
            .orElseThrow(() ->
                IamErrors.notFound("Policy " + arn + " does not exist or is not attachable."));
    if (!store.attachments().contains(key(role, arn))
        && store.attachedTo(role).size() >= MAX_PER_ROLE) {
      throw IamErrors.limit("Cannot exceed quota for PoliciesPerRole: " + MAX_PER_ROLE);
    }
    store
        .attachments()
        .put(key(role, arn), new IamStore.Attachment(role, arn, policy.policyName()));
    return AttachRolePolicyResponse.builder().build();
  }

  public DetachRolePolicyResponse detach(DetachRolePolicyRequest request) {
    String role = store.requireOwnRole(request.roleName()).roleName();
    if (store.attachments().remove(key(role, request.policyArn())).isEmpty()) {
      throw IamErrors.notFound("Policy " + request.policyArn() + " was not found.");
    }
    return DetachRolePolicyResponse.builder().build();
  }

  public ListAttachedRolePoliciesResponse list(ListAttachedRolePoliciesRequest request) {
    store.requireRole(request.roleName());
    List<AttachedPolicy> policies =
        store.attachedTo(request.roleName()).stream()
            .filter(attachment -> isUnder(attachment.policyArn(), request.pathPrefix()))
            .map(attachment ->
                AttachedPolicy.builder()
                    .policyName(attachment.policyName())
                    .policyArn(attachment.policyArn())
                    .build())
            .sorted(Comparator.comparing(AttachedPolicy::policyName))
            .toList();
    Page<AttachedPolicy> page = Page.of(policies, request.marker(), request.maxItems(), 100);
    return ListAttachedRolePoliciesResponse.builder()
        .attachedPolicies(page.items())
        .isTruncated(page.nextToken() != null)
        .marker(page.nextToken())
        .build();
  }

  public ListEntitiesForPolicyResponse entities(ListEntitiesForPolicyRequest request) {
    String arn = request.policyArn();
    if (store.policy(arn).isEmpty()) {
      throw IamErrors.notFound("Policy " + arn + " was not found.");
    }
    boolean roles =
        request.entityFilterAsString() == null || request.entityFilter() == EntityType.ROLE;
    List<PolicyRole> found =
        store.attachmentsOf(arn).stream()
            .filter(attachment -> roles)
            .map(attachment -> store.requireRole(attachment.roleName()))
            .map(role ->
                PolicyRole.builder().roleName(role.roleName()).roleId(role.roleId()).build())
            .toList();
    return ListEntitiesForPolicyResponse.builder()
        .policyRoles(found)
        .policyGroups(List.of())
        .policyUsers(
            store.usersWith(arn).stream()
                .filter(attachment ->
                    request.entityFilterAsString() == null
                        || request.entityFilter() == EntityType.USER)
                .map(attachment -> store.requireUser(attachment.roleName()))
                .map(user ->
                    PolicyUser.builder().userName(user.userName()).userId(user.userId()).build())
                .toList())
        .isTruncated(false)
        .build();
  }

  private boolean isUnder(String arn, String prefix) {
    return prefix == null || store.policy(arn).filter(p -> p.path().startsWith(prefix)).isPresent();
  }

  private static String key(String role, String arn) {
    return role + '|' + arn;
  }
}
