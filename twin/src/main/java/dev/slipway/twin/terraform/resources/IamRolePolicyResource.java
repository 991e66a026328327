package dev.slipway.twin.terraform.resources;

import dev.slipway.twin.terraform.engine.Context;
import dev.slipway.twin.terraform.engine.ResourceHandler;
import dev.slipway.twin.terraform.plan.Traits;
import dev.slipway.twin.terraform.value.Attributes;
import software.amazon.awssdk.services.iam.model.DeleteRolePolicyRequest;
import software.amazon.awssdk.services.iam.model.DeleteRolePolicyResponse;
import software.amazon.awssdk.services.iam.model.GetRolePolicyRequest;
import software.amazon.awssdk.services.iam.model.GetRolePolicyResponse;
import software.amazon.awssdk.services.iam.model.PutRolePolicyRequest;
import software.amazon.awssdk.services.iam.model.PutRolePolicyResponse;

/** {@code aws_iam_role_policy}. Its id is {@code role:name}. */
final class IamRolePolicyResource implements ResourceHandler {

  @Override
  public String type() {
    return "aws_iam_role_policy";
  }

  @Override
  public String label() {
    return "IAM Role Policy";
  }

  @Override
  public Traits traits() {
    return IamDocuments.traits("policy");
  }

  @Override
  public void create(Context context, Attributes planned) {
    String name = context.name(planned);
    put(context, planned.text("role"), name, planned.text("policy"));
    planned.set("name", name).set("id", planned.text("role") + ":" + name);
  }

  @Override
  public boolean read(Context context, Attributes state) {
    String[] parts = state.id().split(":", 2);
    GetRolePolicyRequest request =
        GetRolePolicyRequest.builder().roleName(parts[0]).policyName(parts[1]).build();
    GetRolePolicyResponse response = context.call(request, GetRolePolicyResponse.class);
    state
        .set("role", parts[0])
        .set("name", parts[1])
        .set("name_prefix", Context.namePrefix(parts[1]));
    IamDocuments.set(state, "policy", response.policyDocument());
    return true;
  }

  @Override
  public void update(Context context, Attributes prior, Attributes planned) {
    put(context, planned.text("role"), planned.text("name"), planned.text("policy"));
  }

  @Override
  public void delete(Context context, Attributes state) {
    context.call(
        DeleteRolePolicyRequest.builder()
            .roleName(state.text("role"))
            .policyName(state.text("name"))
            .build(),
        DeleteRolePolicyResponse.class);
  }

  @Override
  public void importById(Context context, String id, Attributes state) {
    if (!id.contains(":")) {
      throw new IllegalArgumentException(
          "unexpected format of ID (%s), expected <role-name>:<policy-name>".formatted(id));
    }
    state.set("id", id);
  }

  private static void put(Context context, String role, String name, String document) {
    context.call(
        PutRolePolicyRequest.builder()
            .roleName(role)
            .policyName(name)
            .policyDocument(document)
            .build(),
        PutRolePolicyResponse.class);
  }
}
