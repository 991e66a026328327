package dev.slipway.twin.iam;

import dev.slipway.twin.iam.policy.PolicyReader;
import java.util.Comparator;
import java.util.List;
import software.amazon.awssdk.services.iam.model.CreatePolicyVersionRequest;
import software.amazon.awssdk.services.iam.model.CreatePolicyVersionResponse;
import software.amazon.awssdk.services.iam.model.DeletePolicyVersionRequest;
import software.amazon.awssdk.services.iam.model.DeletePolicyVersionResponse;
import software.amazon.awssdk.services.iam.model.GetPolicyVersionRequest;
import software.amazon.awssdk.services.iam.model.GetPolicyVersionResponse;
import software.amazon.awssdk.services.iam.model.ListPolicyVersionsRequest;
import software.amazon.awssdk.services.iam.model.ListPolicyVersionsResponse;
import software.amazon.awssdk.services.iam.model.PolicyVersion;
import software.amazon.awssdk.services.iam.model.SetDefaultPolicyVersionRequest;
import software.amazon.awssdk.services.iam.model.SetDefaultPolicyVersionResponse;

/** Versions of managed policies. Source: IAM API reference. */
final class PolicyVersionApi {

  private static final int MAX_VERSIONS = 5;

  private final IamStore store;

  PolicyVersionApi(IamStore store) {
    this.store = store;
  }

  public CreatePolicyVersionResponse create(CreatePolicyVersionRequest request) {
    String arn = request.policyArn();
    requireOwn(arn);
    PolicyReader.identityPolicy(request.policyDocument());
    List<PolicyVersion> old = store.versionsOf(arn);
    if (old.size() >= MAX_VERSIONS) {
      throw IamErrors.limit(
          "A managed policy can have up to 5 versions. Before you create a new version, you must"
              + " delete an existing version.");
    }
    int next = old.stream().mapToInt(PolicyVersionApi::number).max().orElse(0) + 1;
    PolicyVersion version =
        PolicyVersion.builder()
            .versionId("v" + next)
            .document(request.policyDocument())
            .isDefaultVersion(false)
            .createDate(store.home().now())
            .build();
    put(arn, version);
    if (Boolean.TRUE.equals(request.setAsDefault())) {
      makeDefault(arn, version.versionId());
    }
    return CreatePolicyVersionResponse.builder()
        .policyVersion(require(arn, version.versionId()).toBuilder().document(null).build())
        .build();
  }

  public GetPolicyVersionResponse get(GetPolicyVersionRequest request) {
    return GetPolicyVersionResponse.builder()
        .policyVersion(require(request.policyArn(), request.versionId()))
        .build();
  }

  public ListPolicyVersionsResponse list(ListPolicyVersionsRequest request) {
    List<PolicyVersion> versions =
        versions(request.policyArn()).stream()
            .sorted(Comparator.comparingInt(PolicyVersionApi::number).reversed())
            .map(version -> version.toBuilder().document(null).build())
            .toList();
    return ListPolicyVersionsResponse.builder().versions(versions).isTruncated(false).build();
  }

  public SetDefaultPolicyVersionResponse setDefault(SetDefaultPolicyVersionRequest request) {
    requireOwn(request.policyArn());
    require(request.policyArn(), request.versionId());
    makeDefault(request.policyArn(), request.versionId());
    return SetDefaultPolicyVersionResponse.builder().build();
  }

  public DeletePolicyVersionResponse delete(DeletePolicyVersionRequest request) {
    requireOwn(request.policyArn());
    if (require(request.policyArn(), request.versionId()).isDefaultVersion()) {
      throw IamErrors.deleteConflict("Cannot delete the default version of a policy.");
    }
    store.versions().remove(request.policyArn() + '|' + request.versionId());
    return DeletePolicyVersionResponse.builder().build();
  }

  private void makeDefault(String arn, String versionId) {
    for (PolicyVersion version : store.versionsOf(arn)) {
      put(arn, version.toBuilder().isDefaultVersion(version.versionId().equals(versionId)).build());
    }
    store
        .policies()
        .update(
            arn,
            policy ->
                policy.toBuilder()
                    .defaultVersionId(versionId)
                    .updateDate(store.home().now())
                    .build());
  }

  private void put(String arn, PolicyVersion version) {
    store.versions().put(arn + '|' + version.versionId(), new IamStore.Version(arn, version));
  }

  private List<PolicyVersion> versions(String arn) {
    if (store.policy(arn).isEmpty()) {
      throw IamErrors.notFound("Policy " + arn + " was not found.");
    }
    return ManagedPolicies.find(arn)
        .map(managed ->
            List.of(
                PolicyVersion.builder()
                    .versionId(managed.policy().defaultVersionId())
                    .document(managed.document())
                    .isDefaultVersion(true)
                    .createDate(managed.policy().createDate())
                    .build()))
        .orElseGet(() -> store.versionsOf(arn));
  }

  private PolicyVersion require(String arn, String versionId) {
    return versions(arn).stream()
        .filter(version -> version.versionId().equals(versionId))
        .findFirst()
        .orElseThrow(() ->
            IamErrors.notFound(
                "Policy %s version %s does not exist or is not attachable."
                    .formatted(arn, versionId)));
  }

  private void requireOwn(String arn) {
    if (!store.policies().contains(arn)) {
      throw IamErrors.notFound("Policy " + arn + " was not found.");
    }
  }

  private static int number(PolicyVersion version) {
    return Integer.parseInt(version.versionId().substring(1));
  }
}
