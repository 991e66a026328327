package dev.slipway.twin.iam;

import dev.slipway.twin.world.AwsError;
import dev.slipway.twin.world.World;
import java.util.Optional;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.services.ecr.model.GetRepositoryPolicyRequest;
import software.amazon.awssdk.services.ecr.model.GetRepositoryPolicyResponse;
import software.amazon.awssdk.services.kms.model.GetKeyPolicyRequest;
import software.amazon.awssdk.services.kms.model.GetKeyPolicyResponse;
import software.amazon.awssdk.services.s3.model.GetBucketPolicyRequest;
import software.amazon.awssdk.services.s3.model.GetBucketPolicyResponse;
import software.amazon.awssdk.services.secretsmanager.model.GetResourcePolicyRequest;
import software.amazon.awssdk.services.secretsmanager.model.GetResourcePolicyResponse;
import software.amazon.awssdk.services.sns.model.GetTopicAttributesRequest;
import software.amazon.awssdk.services.sns.model.GetTopicAttributesResponse;

/** The policies that hang on resources: repositories, buckets, keys, secrets and topics. */
final class ResourcePolicies {

  private static final int PARTS = 6;

  private final World world;

  ResourcePolicies(World world) {
    this.world = world;
  }

  /** The policy of the resource of an ARN; of an object, its bucket's. */
  Optional<String> of(String arn) {
    String[] parts = arn.split(":", PARTS);
    if (parts.length < PARTS || arn.contains("*")) {
      return Optional.empty();
    }
    String resource = parts[PARTS - 1];
    return switch (parts[2]) {
      case "ecr" -> repository(resource);
      case "s3" -> bucket(resource);
      case "kms" -> key(resource);
      case "secretsmanager" -> secret(resource.substring(resource.indexOf(':') + 1), arn);
      case "sns" -> topic(arn);
      default -> Optional.empty();
    };
  }

  private Optional<String> repository(String resource) {
    return ask(
            GetRepositoryPolicyRequest.builder()
                .repositoryName(resource.substring(resource.indexOf('/') + 1))
                .build(),
            GetRepositoryPolicyResponse.class)
        .map(GetRepositoryPolicyResponse::policyText);
  }

  private Optional<String> bucket(String resource) {
    return ask(
            GetBucketPolicyRequest.builder().bucket(resource.split("/", 2)[0]).build(),
            GetBucketPolicyResponse.class)
        .map(GetBucketPolicyResponse::policy);
  }

  private Optional<String> key(String resource) {
    String id = resource.startsWith("key/") ? resource.substring(4) : resource;
    return ask(GetKeyPolicyRequest.builder().keyId(id).build(), GetKeyPolicyResponse.class)
        .map(GetKeyPolicyResponse::policy);
  }

  /** A call may name a secret by its name, without the six letters of its ARN. */
  private Optional<String> secret(String name, String arn) {
    Optional<GetResourcePolicyResponse> byArn =
        ask(
            GetResourcePolicyRequest.builder().secretId(arn).build(),
            GetResourcePolicyResponse.class);
    return byArn
        .or(() ->
            ask(
                GetResourcePolicyRequest.builder().secretId(name).build(),
                GetResourcePolicyResponse.class))
        .map(GetResourcePolicyResponse::resourcePolicy);
  }

  private Optional<String> topic(String arn) {
    return ask(
            GetTopicAttributesRequest.builder().topicArn(arn).build(),
            GetTopicAttributesResponse.class)
        .map(answer -> answer.attributes().get("Policy"));
  }

  private <R extends SdkResponse> Optional<R> ask(SdkRequest request, Class<R> type) {
    try {
      return Optional.of(world.operations().call(request, type));
    } catch (AwsError | UnsupportedOperationException none) {
      return Optional.empty();
    }
  }
}
