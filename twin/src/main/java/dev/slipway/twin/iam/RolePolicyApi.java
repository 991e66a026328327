package dev.slipway.twin.iam;

import static dev.slipway.twin.iam.IamTables.noSuchEntity;

import dev.slipway.twin.iam.IamTables.Attachment;
import dev.slipway.twin.iam.IamTables.InlinePolicy;
import software.amazon.awssdk.services.iam.model.AttachRolePolicyRequest;
import software.amazon.awssdk.services.iam.model.AttachRolePolicyResponse;
import software.amazon.awssdk.services.iam.model.AttachedPolicy;
import software.amazon.awssdk.services.iam.model.DeleteRolePolicyRequest;
import software.amazon.awssdk.services.iam.model.DeleteRolePolicyResponse;
import software.amazon.awssdk.services.iam.model.DetachRolePolicyRequest;
import software.amazon.awssdk.services.iam.model.DetachRolePolicyResponse;
import software.amazon.awssdk.services.iam.model.GetRolePolicyRequest;
import software.amazon.awssdk.services.iam.model.GetRolePolicyResponse;
import software.amazon.awssdk.services.iam.model.ListAttachedRolePoliciesRequest;
import software.amazon.awssdk.services.iam.model.ListAttachedRolePoliciesResponse;
import software.amazon.awssdk.services.iam.model.ListRolePoliciesRequest;
import software.amazon.awssdk.services.iam.model.ListRolePoliciesResponse;
import software.amazon.awssdk.services.iam.model.PutRolePolicyRequest;
import software.amazon.awssdk.services.iam.model.PutRolePolicyResponse;

/** Inline and attached policies of roles. */
public final class RolePolicyApi {

  private final IamTables tables;

  RolePolicyApi(IamTables tables) {
    this.tables = tables;
  }

  /** PutRolePolicy. */
  public PutRolePolicyResponse putRolePolicy(PutRolePolicyRequest request) {
    tables.role(request.roleName());
    Names.require("policyName", request.policyName(), 128);
    PolicyParser.identity(request.policyDocument());
    tables
        .inline()
        .put(
            IamTables.key(request.roleName(), request.policyName()),
            new InlinePolicy(request.roleName(), request.policyName(), request.policyDocument()));
    return PutRolePolicyResponse.builder().build();
  }

  /** GetRolePolicy. */
  public GetRolePolicyResponse getRolePolicy(GetRolePolicyRequest request) {
    tables.role(request.roleName());
    InlinePolicy policy =
        tables
            .inline()
            .find(IamTables.key(request.roleName(), request.policyName()))
            .orElseThrow(() -> missing(request.policyName()));
    return GetRolePolicyResponse.builder()
        .roleName(policy.role())
        .policyName(policy.name())
        .policyDocument(policy.document())
        .build();
  }

  /** DeleteRolePolicy. */
  public DeleteRolePolicyResponse deleteRolePolicy(DeleteRolePolicyRequest request) {
    tables.role(request.roleName());
    if (tables.inline().remove(IamTables.key(request.roleName(), request.policyName())).isEmpty()) {
      throw missing(request.policyName());
    }
    return DeleteRolePolicyResponse.builder().build();
  }

  /** ListRolePolicies. */
  public ListRolePoliciesResponse listRolePolicies(ListRolePoliciesRequest request) {
    tables.role(request.roleName());
    Page<String> page =
        Page.of(
            tables.inlineOf(request.roleName()).stream().map(InlinePolicy::name).toList(),
            request.marker(),
            request.maxItems());
    return ListRolePoliciesResponse.builder()
        .policyNames(page.items())
        .isTruncated(page.truncated())
        .marker(page.marker())
        .build();
  }

  /** AttachRolePolicy. */
  public AttachRolePolicyResponse attachRolePolicy(AttachRolePolicyRequest request) {
    tables.role(request.roleName());
    if (tables.policy(request.policyArn()).isEmpty()) {
      throw noSuchEntity("Policy " + request.policyArn() + " does not exist or is not attachable.");
    }
    tables
        .attachments()
        .put(
            IamTables.key(request.roleName(), request.policyArn()),
            new Attachment(request.roleName(), request.policyArn()));
    return AttachRolePolicyResponse.builder().build();
  }

  /** DetachRolePolicy. */
  public DetachRolePolicyResponse detachRolePolicy(DetachRolePolicyRequest request) {
    tables.role(request.roleName());
    if (tables
        .attachments()
        .remove(IamTables.key(request.roleName(), request.policyArn()))
        .isEmpty()) {
      throw noSuchEntity("Policy " + request.policyArn() + " was not found.");
    }
    return DetachRolePolicyResponse.builder().build();
  }

  /** ListAttachedRolePolicies. */
  public ListAttachedRolePoliciesResponse listAttachedRolePolicies(
      ListAttachedRolePoliciesRequest request) {
    tables.role(request.roleName());
    Page<AttachedPolicy> page =
        Page.of(
            tables.attachedTo(request.roleName()).stream().map(RolePolicyApi::attached).toList(),
            request.marker(),
            request.maxItems());
    return ListAttachedRolePoliciesResponse.builder()
        .attachedPolicies(page.items())
        .isTruncated(page.truncated())
        .marker(page.marker())
        .build();
  }

  private static AttachedPolicy attached(Attachment attachment) {
    String arn = attachment.policyArn();
    return AttachedPolicy.builder()
        .policyArn(arn)
        .policyName(arn.substring(arn.lastIndexOf('/') + 1))
        .build();
  }

  private static dev.slipway.twin.world.AwsError missing(String name) {
    return noSuchEntity("The role policy with name " + name + " cannot be found.");
  }
}
