package dev.slipway.twin.secrets;

import dev.slipway.twin.world.AwsError;
import dev.slipway.twin.world.Parameters;
import software.amazon.awssdk.services.secretsmanager.model.DeleteResourcePolicyRequest;
import software.amazon.awssdk.services.secretsmanager.model.DeleteResourcePolicyResponse;
import software.amazon.awssdk.services.secretsmanager.model.GetResourcePolicyRequest;
import software.amazon.awssdk.services.secretsmanager.model.GetResourcePolicyResponse;
import software.amazon.awssdk.services.secretsmanager.model.PutResourcePolicyRequest;
import software.amazon.awssdk.services.secretsmanager.model.PutResourcePolicyResponse;
import software.amazon.awssdk.services.secretsmanager.model.SecretListEntry;

/** The resource policies of secrets. */
final class SecretPolicyApi {

  private final SecretTables tables;

  SecretPolicyApi(SecretTables tables) {
    this.tables = tables;
  }

  public GetResourcePolicyResponse get(GetResourcePolicyRequest request) {
    SecretListEntry secret = tables.requireLiving(request.secretId());
    return GetResourcePolicyResponse.builder()
        .arn(secret.arn())
        .name(secret.name())
        .resourcePolicy(tables.policies().find(secret.arn()).orElse(null))
        .build();
  }

  public PutResourcePolicyResponse put(PutResourcePolicyRequest request) {
    SecretListEntry secret = tables.requireLiving(request.secretId());
    String policy =
        Parameters.required(request.resourcePolicy(), "ValidationException", "resourcePolicy");
    if (!policy.strip().startsWith("{")) {
      throw AwsError.of(
          "MalformedPolicyDocumentException", "This resource policy contains invalid Json.");
    }
    tables.policies().put(secret.arn(), policy);
    return PutResourcePolicyResponse.builder().arn(secret.arn()).name(secret.name()).build();
  }

  public DeleteResourcePolicyResponse delete(DeleteResourcePolicyRequest request) {
    SecretListEntry secret = tables.requireLiving(request.secretId());
    tables.policies().remove(secret.arn());
    return DeleteResourcePolicyResponse.builder().arn(secret.arn()).name(secret.name()).build();
  }
}
