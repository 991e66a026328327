package dev.slipway.twin.terraform.resources;

import dev.slipway.twin.terraform.engine.Context;
import dev.slipway.twin.terraform.engine.ResourceHandler;
import dev.slipway.twin.terraform.engine.TagChanges;
import dev.slipway.twin.terraform.plan.Traits;
import dev.slipway.twin.terraform.value.Attributes;
import java.util.Comparator;
import java.util.List;
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
import software.amazon.awssdk.services.iam.model.ListPolicyVersionsRequest;
import software.amazon.awssdk.services.iam.model.ListPolicyVersionsResponse;
import software.amazon.awssdk.services.iam.model.Policy;
import software.amazon.awssdk.services.iam.model.PolicyVersion;
import software.amazon.awssdk.services.iam.model.Tag;
import software.amazon.awssdk.services.iam.model.TagPolicyRequest;
import software.amazon.awssdk.services.iam.model.TagPolicyResponse;
import software.amazon.awssdk.services.iam.model.UntagPolicyRequest;
import software.amazon.awssdk.services.iam.model.UntagPolicyResponse;

/**
 * {@code aws_iam_policy}. Every change of the document is a new version, the oldest of five goes.
 */
final class IamPolicyResource implements ResourceHandler {

  private static final int MOST_VERSIONS = 5;

  @Override
  public String type() {
    return "aws_iam_policy";
  }

  @Override
  public String label() {
    return "IAM Policy";
  }

  @Override
  public Traits traits() {
    return IamDocuments.traits("policy");
  }

  @Override
  public void create(Context context, Attributes planned) {
    CreatePolicyRequest request =
        CreatePolicyRequest.builder()
            .policyName(context.name(planned))
            .path(planned.text("path"))
            .description(planned.text("description"))
            .policyDocument(planned.text("policy"))
            .tags(TagChanges.all(planned, IamPolicyResource::tag))
            .build();
    planned.set("id", context.call(request, CreatePolicyResponse.class).policy().arn());
  }

  @Override
  public boolean read(Context context, Attributes state) {
    String arn = state.id();
    GetPolicyRequest request = GetPolicyRequest.builder().policyArn(arn).build();
    Policy policy = context.call(request, GetPolicyResponse.class).policy();
    GetPolicyVersionRequest version =
        GetPolicyVersionRequest.builder()
            .policyArn(arn)
            .versionId(policy.defaultVersionId())
            .build();
    state
        .set("arn", policy.arn())
        .set("attachment_count", policy.attachmentCount())
        .setText("description", policy.description())
        .set("name", policy.policyName())
        .set("name_prefix", Context.namePrefix(policy.policyName()))
        .set("path", policy.path())
        .set("policy_id", policy.policyId());
    IamDocuments.set(
        state,
        "policy",
        context.call(version, GetPolicyVersionResponse.class).policyVersion().document());
    context.setTags(state, policy.tags(), Tag::key, Tag::value);
    return true;
  }

  @Override
  public void update(Context context, Attributes prior, Attributes planned) {
    String arn = planned.id();
    if (planned.differs(prior, "policy")) {
      List<PolicyVersion> versions = versions(context, arn);
      if (versions.size() >= MOST_VERSIONS) {
        versions.stream()
            .filter(version -> !Boolean.TRUE.equals(version.isDefaultVersion()))
            .min(Comparator.comparing(PolicyVersion::createDate))
            .ifPresent(oldest -> deleteVersion(context, arn, oldest));
      }
      context.call(
          CreatePolicyVersionRequest.builder()
              .policyArn(arn)
              .policyDocument(planned.text("policy"))
              .setAsDefault(true)
              .build(),
          CreatePolicyVersionResponse.class);
    }
    TagChanges.between(prior, planned)
        .apply(
            IamPolicyResource::tag,
            keys ->
                context.call(
                    UntagPolicyRequest.builder().policyArn(arn).tagKeys(keys).build(),
                    UntagPolicyResponse.class),
            tags ->
                context.call(
                    TagPolicyRequest.builder().policyArn(arn).tags(tags).build(),
                    TagPolicyResponse.class));
  }

  @Override
  public void delete(Context context, Attributes state) {
    String arn = state.id();
    versions(context, arn).stream()
        .filter(version -> !Boolean.TRUE.equals(version.isDefaultVersion()))
        .forEach(version -> deleteVersion(context, arn, version));
    DeletePolicyRequest request = DeletePolicyRequest.builder().policyArn(arn).build();
    context.call(request, DeletePolicyResponse.class);
  }

  private static List<PolicyVersion> versions(Context context, String arn) {
    ListPolicyVersionsRequest request = ListPolicyVersionsRequest.builder().policyArn(arn).build();
    return context.call(request, ListPolicyVersionsResponse.class).versions();
  }

  private static void deleteVersion(Context context, String arn, PolicyVersion version) {
    context.call(
        DeletePolicyVersionRequest.builder().policyArn(arn).versionId(version.versionId()).build(),
        DeletePolicyVersionResponse.class);
  }

  private static Tag tag(String key, String value) {
    return Tag.builder().key(key).value(value).build();
  }
}
