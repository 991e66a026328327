package dev.slipway.twin.iam;

import dev.slipway.twin.iam.policy.PolicyReader;
import dev.slipway.twin.world.AwsError;
import dev.slipway.twin.world.Page;
import java.util.List;
import java.util.stream.Stream;
import software.amazon.awssdk.services.iam.model.CreatePolicyRequest;
import software.amazon.awssdk.services.iam.model.CreatePolicyResponse;
import software.amazon.awssdk.services.iam.model.DeletePolicyRequest;
import software.amazon.awssdk.services.iam.model.DeletePolicyResponse;
import software.amazon.awssdk.services.iam.model.GetPolicyRequest;
import software.amazon.awssdk.services.iam.model.GetPolicyResponse;
import software.amazon.awssdk.services.iam.model.ListPoliciesRequest;
import software.amazon.awssdk.services.iam.model.ListPoliciesResponse;
import software.amazon.awssdk.services.iam.model.ListPolicyTagsRequest;
import software.amazon.awssdk.services.iam.model.ListPolicyTagsResponse;
import software.amazon.awssdk.services.iam.model.Policy;
import software.amazon.awssdk.services.iam.model.PolicyScopeType;
import software.amazon.awssdk.services.iam.model.PolicyVersion;
import software.amazon.awssdk.services.iam.model.Tag;
import software.amazon.awssdk.services.iam.model.TagPolicyRequest;
import software.amazon.awssdk.services.iam.model.TagPolicyResponse;
import software.amazon.awssdk.services.iam.model.UntagPolicyRequest;
import software.amazon.awssdk.services.iam.model.UntagPolicyResponse;

/** Managed policies. Source: IAM API reference. */
final class PolicyApi {

  private final IamStore store;

  PolicyApi(IamStore store) {
    this.store = store;
  }

  public CreatePolicyResponse create(CreatePolicyRequest request) {
    String name = Names.checked(request.policyName(), "policyName", 128);
    String path = Names.path(request.path());
    PolicyReader.identityPolicy(request.policyDocument());
    if (!store.policies().where(policy -> policy.policyName().equals(name)).isEmpty()) {
      throw IamErrors.exists(
          "A policy called " + name + " already exists. Duplicate names are not allowed.");
    }
    Policy policy =
        Policy.builder()
            .policyName(name)
            .policyId(store.id("ANPA"))
            .arn(store.arn("policy", path, name))
            .path(path)
            .defaultVersionId("v1")
            .attachmentCount(0)
            .permissionsBoundaryUsageCount(0)
            .isAttachable(true)
            .description(request.description())
            .createDate(store.home().now())
            .updateDate(store.home().now())
            .tags(request.hasTags() ? Names.tags(List.of(), request.tags(), List.of()) : null)
            .build();
    store.policies().put(policy.arn(), policy);
    PolicyVersion version =
        PolicyVersion.builder()
            .versionId("v1")
            .document(request.policyDocument())
            .isDefaultVersion(true)
            .createDate(store.home().now())
            .build();
    store.versions().put(policy.arn() + "|v1", new IamStore.Version(policy.arn(), version));
    return CreatePolicyResponse.builder().policy(policy).build();
  }

  public GetPolicyResponse get(GetPolicyRequest request) {
    return GetPolicyResponse.builder().policy(require(request.policyArn())).build();
  }

  public ListPoliciesResponse list(ListPoliciesRequest request) {
    PolicyScopeType scope = request.scope() == null ? PolicyScopeType.ALL : request.scope();
    String prefix = request.pathPrefix() == null ? "/" : request.pathPrefix();
    List<Policy> found =
        Stream.concat(store.policies().all().stream(), ManagedPolicies.all().stream())
            .filter(policy -> isIn(scope, policy.arn()) && policy.path().startsWith(prefix))
            .map(policy -> require(policy.arn()))
            .filter(policy ->
                !Boolean.TRUE.equals(request.onlyAttached()) || policy.attachmentCount() > 0)
            .toList();
    Page<Policy> page = Page.of(found, request.marker(), request.maxItems(), 100);
    return ListPoliciesResponse.builder()
        .policies(page.items())
        .isTruncated(page.nextToken() != null)
        .marker(page.nextToken())
        .build();
  }

  public DeletePolicyResponse delete(DeletePolicyRequest request) {
    String arn = request.policyArn();
    requireOwn(arn);
    if (!store.attachmentsOf(arn).isEmpty()) {
      throw IamErrors.deleteConflict("Cannot delete a policy attached to entities.");
    }
    List<PolicyVersion> versions = store.versionsOf(arn);
    if (versions.size() > 1) {
      throw IamErrors.deleteConflict(
          "This policy has more than one version. Before you delete a policy, you must delete the"
              + " policy's versions. The default version is deleted with the policy.");
    }
    versions.forEach(version -> store.versions().remove(arn + '|' + version.versionId()));
    store.policies().remove(arn);
    return DeletePolicyResponse.builder().build();
  }

  public TagPolicyResponse tag(TagPolicyRequest request) {
    changeTags(request.policyArn(), request.tags(), List.of());
    return TagPolicyResponse.builder().build();
  }

  public UntagPolicyResponse untag(UntagPolicyRequest request) {
    changeTags(request.policyArn(), List.of(), request.tagKeys());
    return UntagPolicyResponse.builder().build();
  }

  public ListPolicyTagsResponse tags(ListPolicyTagsRequest request) {
    return ListPolicyTagsResponse.builder()
        .tags(require(request.policyArn()).tags())
        .isTruncated(false)
        .build();
  }

  private void changeTags(String arn, List<Tag> set, List<String> removed) {
    requireOwn(arn);
    store
        .policies()
        .update(
            arn,
            policy -> {
              List<Tag> tags = Names.tags(policy.tags(), set, removed);
              return policy.toBuilder().tags(tags.isEmpty() ? null : tags).build();
            });
  }

  private Policy require(String arn) {
    return store
        .policy(arn)
        .orElseThrow(() -> IamErrors.notFound("Policy " + arn + " was not found."));
  }

  private void requireOwn(String arn) {
    require(arn);
    if (ManagedPolicies.isAws(arn)) {
      throw new AwsError("AccessDenied", 403, "Policies of AWS itself cannot be changed: " + arn);
    }
  }

  private static boolean isIn(PolicyScopeType scope, String arn) {
    return switch (scope) {
      case AWS -> ManagedPolicies.isAws(arn);
      case LOCAL -> !ManagedPolicies.isAws(arn);
      default -> true;
    };
  }
}
