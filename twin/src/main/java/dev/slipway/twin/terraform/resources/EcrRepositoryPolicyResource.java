package dev.slipway.twin.terraform.resources;

import dev.slipway.twin.terraform.engine.Context;
import dev.slipway.twin.terraform.engine.ResourceHandler;
import dev.slipway.twin.terraform.plan.Traits;
import dev.slipway.twin.terraform.value.Attributes;
import software.amazon.awssdk.services.ecr.model.DeleteRepositoryPolicyRequest;
import software.amazon.awssdk.services.ecr.model.DeleteRepositoryPolicyResponse;
import software.amazon.awssdk.services.ecr.model.GetRepositoryPolicyRequest;
import software.amazon.awssdk.services.ecr.model.GetRepositoryPolicyResponse;
import software.amazon.awssdk.services.ecr.model.SetRepositoryPolicyRequest;
import software.amazon.awssdk.services.ecr.model.SetRepositoryPolicyResponse;

/** {@code aws_ecr_repository_policy}. */
final class EcrRepositoryPolicyResource implements ResourceHandler {

  @Override
  public String type() {
    return "aws_ecr_repository_policy";
  }

  @Override
  public String label() {
    return "ECR Repository Policy";
  }

  @Override
  public Traits traits() {
    return IamDocuments.traits("policy");
  }

  @Override
  public void create(Context context, Attributes planned) {
    put(context, planned);
    planned.set("id", planned.text("repository"));
  }

  @Override
  public boolean read(Context context, Attributes state) {
    GetRepositoryPolicyResponse response =
        context.call(
            GetRepositoryPolicyRequest.builder().repositoryName(state.id()).build(),
            GetRepositoryPolicyResponse.class);
    state.set("repository", response.repositoryName()).set("registry_id", response.registryId());
    IamDocuments.set(state, "policy", response.policyText());
    return true;
  }

  @Override
  public void update(Context context, Attributes prior, Attributes planned) {
    put(context, planned);
  }

  @Override
  public void delete(Context context, Attributes state) {
    context.call(
        DeleteRepositoryPolicyRequest.builder().repositoryName(state.id()).build(),
        DeleteRepositoryPolicyResponse.class);
  }

  private static void put(Context context, Attributes planned) {
    context.call(
        SetRepositoryPolicyRequest.builder()
            .repositoryName(planned.text("repository"))
            .policyText(planned.text("policy"))
            .build(),
        SetRepositoryPolicyResponse.class);
  }
}
