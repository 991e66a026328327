package dev.slipway.twin.ecr;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.twin.world.AwsError;
import dev.slipway.twin.world.Differs;
import dev.slipway.twin.world.Parameters;
import software.amazon.awssdk.services.ecr.model.DeleteRepositoryPolicyRequest;
import software.amazon.awssdk.services.ecr.model.DeleteRepositoryPolicyResponse;
import software.amazon.awssdk.services.ecr.model.GetRepositoryPolicyRequest;
import software.amazon.awssdk.services.ecr.model.GetRepositoryPolicyResponse;
import software.amazon.awssdk.services.ecr.model.SetRepositoryPolicyRequest;
import software.amazon.awssdk.services.ecr.model.SetRepositoryPolicyResponse;

/** The resource policies of repositories. */
@Differs(
    value =
        "policies of repositories judge the pulls of tasks, and with --enforce-iam every push, pull"
            + " and call; other accounts never reach a repository",
    because = "each account of the twin has a lock of its own")
final class RepositoryPolicyApi {

  private final Repositories repositories;

  RepositoryPolicyApi(Repositories repositories) {
    this.repositories = repositories;
  }

  public SetRepositoryPolicyResponse set(SetRepositoryPolicyRequest request) {
    String name = request.repositoryName();
    repositories.require(request.registryId(), name);
    repositories.policies().put(name, checked(request.policyText()));
    return SetRepositoryPolicyResponse.builder()
        .registryId(repositories.registryId())
        .repositoryName(name)
        .policyText(request.policyText())
        .build();
  }

  public GetRepositoryPolicyResponse get(GetRepositoryPolicyRequest request) {
    String text = require(request.registryId(), request.repositoryName());
    return GetRepositoryPolicyResponse.builder()
        .registryId(repositories.registryId())
        .repositoryName(request.repositoryName())
        .policyText(text)
        .build();
  }

  public DeleteRepositoryPolicyResponse delete(DeleteRepositoryPolicyRequest request) {
    String text = require(request.registryId(), request.repositoryName());
    repositories.policies().remove(request.repositoryName());
    return DeleteRepositoryPolicyResponse.builder()
        .registryId(repositories.registryId())
        .repositoryName(request.repositoryName())
        .policyText(text)
        .build();
  }

  private String require(String registryId, String name) {
    repositories.require(registryId, name);
    return repositories
        .policies()
        .find(name)
        .orElseThrow(() ->
            AwsError.of(
                "RepositoryPolicyNotFoundException",
                ("Repository policy does not exist for the repository with name '%s' in the"
                        + " registry with id '%s'")
                    .formatted(name, repositories.registryId())));
  }

  private static String checked(String text) {
    try {
      Parameters.required(text, "InvalidParameterException", "policyText");
      if (new ObjectMapper().readTree(text).path("Statement").isContainerNode()) {
        return text;
      }
    } catch (JsonProcessingException e) {
      // The same answer as for a document without statements.
    }
    throw EcrErrors.invalid("PolicyText", "Invalid repository policy provided");
  }
}
