package dev.slipway.twin.terraform.resources;

import dev.slipway.twin.terraform.engine.Context;
import dev.slipway.twin.terraform.engine.ResourceHandler;
import dev.slipway.twin.terraform.value.Attributes;
import software.amazon.awssdk.services.iam.model.AttachRolePolicyRequest;
import software.amazon.awssdk.services.iam.model.AttachRolePolicyResponse;
import software.amazon.awssdk.services.iam.model.DetachRolePolicyRequest;
import software.amazon.awssdk.services.iam.model.DetachRolePolicyResponse;
import software.amazon.awssdk.services.iam.model.ListAttachedRolePoliciesRequest;
import software.amazon.awssdk.services.iam.model.ListAttachedRolePoliciesResponse;

/** {@code aws_iam_role_policy_attachment}. */
final class IamRolePolicyAttachmentResource implements ResourceHandler {

  @Override
  public String type() {
    return "aws_iam_role_policy_attachment";
  }

  @Override
  public String label() {
    return "IAM Role Policy Attachment";
  }

  @Override
  public void create(Context context, Attributes planned) {
    AttachRolePolicyRequest request =
        AttachRolePolicyRequest.builder()
            .roleName(planned.text("role"))
            .policyArn(planned.text("policy_arn"))
            .build();
    context.call(request, AttachRolePolicyResponse.class);
    planned.set("id", planned.text("role") + "-" + context.uniqueSuffix());
  }

  @Override
  public boolean read(Context context, Attributes state) {
    ListAttachedRolePoliciesRequest request =
        ListAttachedRolePoliciesRequest.builder().roleName(state.text("role")).build();
    return context.call(request, ListAttachedRolePoliciesResponse.class).attachedPolicies().stream()
        .anyMatch(policy -> policy.policyArn().equals(state.text("policy_arn")));
  }

  @Override
  public void delete(Context context, Attributes state) {
    context.call(
        DetachRolePolicyRequest.builder()
            .roleName(state.text("role"))
            .policyArn(state.text("policy_arn"))
            .build(),
        DetachRolePolicyResponse.class);
  }

  @Override
  public void importById(Context context, String id, Attributes state) {
    String[] parts = id.split("/", 2);
    if (parts.length != 2) {
      throw new IllegalArgumentException(
          "unexpected format of ID (%s), expected <role-name>/<policy_arn>".formatted(id));
    }
    state.set("role", parts[0]).set("policy_arn", parts[1]).set("id", parts[0] + "-" + parts[1]);
  }
}
