package dev.slipway.twin.iam;

import static dev.slipway.twin.iam.IamTables.noSuchEntity;

import dev.slipway.twin.iam.IamTables.Version;
import dev.slipway.twin.world.AwsError;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import software.amazon.awssdk.services.iam.model.CreatePolicyRequest;
import software.amazon.awssdk.services.iam.model.CreatePolicyResponse;
import software.amazon.awssdk.services.iam.model.CreatePolicyVersionRequest;
import software.amazon.awssdk.services.iam.model.CreatePolicyVersionResponse;
import software.amazon.awssdk.services.iam.model.DeletePolicyRequest;
import software.amazon.awssdk.services.iam.model.DeletePolicyResponse;
import software.amazon.awssdk.services.iam.model.DeletePolicyVersionRequest;
import software.amazon.awssdk.services.iam.model.DeletePolicyVersionResponse;
import software.amazon.awssdk.services.iam.model.GetPolicyRequest;
import software.amazon.awssdk.services.iam.model.GetPolicyResponse;
import software.amazon.awssdk.services.iam.model.GetPolicyVersionRequest;
import software.amazon.awssdk.services.iam.model.GetPolicyVersionResponse;
import software.amazon.awssdk.services.iam.model.ListPoliciesRequest;
import software.amazon.awssdk.services.iam.model.ListPoliciesResponse;
import software.amazon.awssdk.services.iam.model.ListPolicyVersionsRequest;
import software.amazon.awssdk.services.iam.model.ListPolicyVersionsResponse;
import software.amazon.awssdk.services.iam.model.Policy;
import software.amazon.awssdk.services.iam.model.PolicyVersion;
import software.amazon.awssdk.services.iam.model.TagPolicyRequest;
import software.amazon.awssdk.services.iam.model.TagPolicyResponse;
import software.amazon.awssdk.services.iam.model.UntagPolicyRequest;
import software.amazon.awssdk.services.iam.model.UntagPolicyResponse;

/** Managed policies and their versions, at most five. */
public final class PolicyApi {

  private static final int MOST_VERSIONS = 5;

  private final IamTables tables;

  PolicyApi(IamTables tables) {
    this.tables = tables;
  }

  /** CreatePolicy. */
  public CreatePolicyResponse createPolicy(CreatePolicyRequest request) {
    Names.require("policyName", request.policyName(), 128);
    PolicyParser.identity(request.policyDocument());
    String path = request.path() == null ? "/" : request.path();
    String arn = tables.arn("policy" + path + request.policyName());
    if (!tables.policies().where(p -> p.policyName().equals(request.policyName())).isEmpty()) {
      throw IamTables.alreadyExists(
          "A policy called "
              + request.policyName()
              + " already exists. Duplicate names are not allowed.");
    }
    Policy policy =
        Policy.builder()
            .policyName(request.policyName())
            .policyId("ANPA" + tables.world().ids().alphanumeric(17).toUpperCase(Locale.ROOT))
            .arn(arn)
            .path(path)
            .description(request.description())
            .defaultVersionId("v1")
            .isAttachable(true)
            .createDate(tables.world().now())
            .updateDate(tables.world().now())
            .tags(request.tags())
            .build();
    tables.policies().put(arn, policy);
    addVersion(arn, "v1", request.policyDocument(), true);
    return CreatePolicyResponse.builder().policy(counted(policy)).build();
  }

  /** GetPolicy. */
  public GetPolicyResponse getPolicy(GetPolicyRequest request) {
    return GetPolicyResponse.builder().policy(counted(policy(request.policyArn()))).build();
  }

  /** ListPolicies. */
  public ListPoliciesResponse listPolicies(ListPoliciesRequest request) {
    boolean aws = !"Local".equals(request.scopeAsString());
    boolean local = !"AWS".equals(request.scopeAsString());
    List<Policy> found =
        Stream.concat(
                aws ? ManagedPolicies.all().stream() : Stream.empty(),
                local ? tables.policies().all().stream() : Stream.empty())
            .map(this::counted)
            .filter(p -> !Boolean.TRUE.equals(request.onlyAttached()) || p.attachmentCount() > 0)
            .toList();
    Page<Policy> page = Page.of(found, request.marker(), request.maxItems());
    return ListPoliciesResponse.builder()
        .policies(page.items())
        .isTruncated(page.truncated())
        .marker(page.marker())
        .build();
  }

  /** GetPolicyVersion. */
  public GetPolicyVersionResponse getPolicyVersion(GetPolicyVersionRequest request) {
    PolicyVersion version =
        versions(request.policyArn()).stream()
            .filter(v -> v.versionId().equals(request.versionId()))
            .findFirst()
            .orElseThrow(() -> noVersion(request.policyArn(), request.versionId()));
    return GetPolicyVersionResponse.builder().policyVersion(version).build();
  }

  /** ListPolicyVersions. */
  public ListPolicyVersionsResponse listPolicyVersions(ListPolicyVersionsRequest request) {
    List<PolicyVersion> versions =
        versions(request.policyArn()).stream()
            .map(version -> version.toBuilder().document(null).build())
            .toList();
    return ListPolicyVersionsResponse.builder().versions(versions).isTruncated(false).build();
  }

  /** CreatePolicyVersion. */
  public CreatePolicyVersionResponse createPolicyVersion(CreatePolicyVersionRequest request) {
    Policy policy = own(request.policyArn());
    PolicyParser.identity(request.policyDocument());
    List<PolicyVersion> versions = versions(policy.arn());
    if (versions.size() >= MOST_VERSIONS) {
      throw new AwsError(
          "LimitExceeded",
          409,
          "A managed policy can have up to 5 versions. Before you create a new version, you must"
              + " delete an existing version.");
    }
    int latest =
        versions.stream()
            .mapToInt(v -> Integer.parseInt(v.versionId().substring(1)))
            .max()
            .orElse(0);
    String id = "v" + (latest + 1);
    boolean asDefault = Boolean.TRUE.equals(request.setAsDefault());
    if (asDefault) {
      for (PolicyVersion version : versions) {
        tables
            .versions()
            .put(
                IamTables.key(policy.arn(), version.versionId()),
                new Version(policy.arn(), version.toBuilder().isDefaultVersion(false).build()));
      }
      tables
          .policies()
          .put(
              policy.arn(),
              policy.toBuilder().defaultVersionId(id).updateDate(tables.world().now()).build());
    }
    PolicyVersion added = addVersion(policy.arn(), id, request.policyDocument(), asDefault);
    return CreatePolicyVersionResponse.builder().policyVersion(added).build();
  }

  /** DeletePolicyVersion. */
  public DeletePolicyVersionResponse deletePolicyVersion(DeletePolicyVersionRequest request) {
    Policy policy = own(request.policyArn());
    if (policy.defaultVersionId().equals(request.versionId())) {
      throw IamTables.deleteConflict("Cannot delete the default version of a policy.");
    }
    if (tables.versions().remove(IamTables.key(policy.arn(), request.versionId())).isEmpty()) {
      throw noVersion(policy.arn(), request.versionId());
    }
    return DeletePolicyVersionResponse.builder().build();
  }

  /** DeletePolicy. */
  public DeletePolicyResponse deletePolicy(DeletePolicyRequest request) {
    Policy policy = own(request.policyArn());
    if (counted(policy).attachmentCount() > 0) {
      throw IamTables.deleteConflict("Cannot delete a policy attached to entities.");
    }
    List<PolicyVersion> versions = versions(policy.arn());
    if (versions.size() > 1) {
      throw IamTables.deleteConflict(
          "This policy has more than one version. Before you delete a policy, you must delete the"
              + " policy's versions. The default version is deleted with the policy.");
    }
    versions.forEach(v -> tables.versions().remove(IamTables.key(policy.arn(), v.versionId())));
    tables.policies().remove(policy.arn());
    return DeletePolicyResponse.builder().build();
  }

  /** TagPolicy. */
  public TagPolicyResponse tagPolicy(TagPolicyRequest request) {
    retag(own(request.policyArn()), request.tags(), List.of());
    return TagPolicyResponse.builder().build();
  }

  /** UntagPolicy. */
  public UntagPolicyResponse untagPolicy(UntagPolicyRequest request) {
    retag(own(request.policyArn()), List.of(), request.tagKeys());
    return UntagPolicyResponse.builder().build();
  }

  private void retag(
      Policy policy,
      List<software.amazon.awssdk.services.iam.model.Tag> set,
      List<String> removed) {
    tables
        .policies()
        .put(
            policy.arn(),
            policy.toBuilder().tags(IamTables.retagged(policy.tags(), set, removed)).build());
  }

  private PolicyVersion addVersion(String arn, String id, String document, boolean isDefault) {
    PolicyVersion version =
        PolicyVersion.builder()
            .versionId(id)
            .document(document)
            .isDefaultVersion(isDefault)
            .createDate(tables.world().now())
            .build();
    tables.versions().put(IamTables.key(arn, id), new Version(arn, version));
    return version;
  }

  private List<PolicyVersion> versions(String arn) {
    policy(arn);
    return ManagedPolicies.find(arn)
        .map(managed ->
            List.of(
                PolicyVersion.builder()
                    .versionId("v1")
                    .document(managed.document())
                    .isDefaultVersion(true)
                    .createDate(managed.policy().createDate())
                    .build()))
        .orElseGet(() ->
            tables.versions().where(v -> v.policyArn().equals(arn)).stream()
                .map(Version::version)
                .toList());
  }

  private Policy policy(String arn) {
    return tables.policy(arn).orElseThrow(() -> noSuchEntity("Policy " + arn + " was not found."));
  }

  private Policy own(String arn) {
    policy(arn);
    return tables
        .policies()
        .find(arn)
        .orElseThrow(() ->
            new AwsError(
                "AccessDenied", 403, "User is not authorized to change the policy " + arn));
  }

  private Policy counted(Policy policy) {
    int count = tables.attachments().where(a -> a.policyArn().equals(policy.arn())).size();
    return policy.toBuilder().attachmentCount(count).permissionsBoundaryUsageCount(0).build();
  }

  private static AwsError noVersion(String arn, String version) {
    return noSuchEntity(
        "Policy " + arn + " version " + version + " does not exist or is not" + " attachable.");
  }
}
