package dev.slipway.twin.terraform.resources;

import dev.slipway.twin.terraform.engine.Context;
import dev.slipway.twin.terraform.engine.ResourceHandler;
import dev.slipway.twin.terraform.plan.Traits;
import dev.slipway.twin.terraform.value.Attributes;
import software.amazon.awssdk.services.ecr.model.DeleteLifecyclePolicyRequest;
import software.amazon.awssdk.services.ecr.model.DeleteLifecyclePolicyResponse;
import software.amazon.awssdk.services.ecr.model.GetLifecyclePolicyRequest;
import software.amazon.awssdk.services.ecr.model.GetLifecyclePolicyResponse;
import software.amazon.awssdk.services.ecr.model.PutLifecyclePolicyRequest;
import software.amazon.awssdk.services.ecr.model.PutLifecyclePolicyResponse;

/** {@code aws_ecr_lifecycle_policy}. */
final class EcrLifecyclePolicyResource implements ResourceHandler {

  @Override
  public String type() {
    return "aws_ecr_lifecycle_policy";
  }

  @Override
  public String label() {
    return "ECR Lifecycle Policy";
  }

  @Override
  public Traits traits() {
    return new Traits().sameJson("policy");
  }

  @Override
  public void create(Context context, Attributes planned) {
    context.call(
        PutLifecyclePolicyRequest.builder()
            .repositoryName(planned.text("repository"))
            .lifecyclePolicyText(planned.text("policy"))
            .build(),
        PutLifecyclePolicyResponse.class);
    planned.set("id", planned.text("repository"));
  }

  @Override
  public boolean read(Context context, Attributes state) {
    GetLifecyclePolicyResponse response =
        context.call(
            GetLifecyclePolicyRequest.builder().repositoryName(state.id()).build(),
            GetLifecyclePolicyResponse.class);
    String before = state.text("policy", "");
    state.set("repository", response.repositoryName()).set("registry_id", response.registryId());
    if (!Traits.isSameJson(before, response.lifecyclePolicyText())) {
      state.set("policy", response.lifecyclePolicyText());
    }
    return true;
  }

  @Override
  public void delete(Context context, Attributes state) {
    context.call(
        DeleteLifecyclePolicyRequest.builder().repositoryName(state.id()).build(),
        DeleteLifecyclePolicyResponse.class);
  }
}
