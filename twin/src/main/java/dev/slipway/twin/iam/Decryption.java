package dev.slipway.twin.iam;

import dev.slipway.twin.iam.Authority.Decision;
import dev.slipway.twin.world.AwsError;
import dev.slipway.twin.world.World;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.kms.model.DescribeKeyRequest;
import software.amazon.awssdk.services.kms.model.DescribeKeyResponse;
import software.amazon.awssdk.services.kms.model.KeyMetadata;
import software.amazon.awssdk.services.secretsmanager.model.DescribeSecretRequest;
import software.amazon.awssdk.services.secretsmanager.model.DescribeSecretResponse;
import software.amazon.awssdk.services.ssm.model.DescribeParametersRequest;
import software.amazon.awssdk.services.ssm.model.DescribeParametersResponse;
import software.amazon.awssdk.services.ssm.model.ParameterMetadata;
import software.amazon.awssdk.services.ssm.model.ParameterType;

/**
 * Whether a caller may have secrets and secure parameters decrypted. A key of AWS's own lets
 * everybody in the account through who may read the value; a key of the customer's wants
 * kms:Decrypt.
 *
 * <p>Sources: Secrets Manager user guide, security-encryption; Systems Manager user guide, KMS
 * encryption for Parameter Store; the messages as people quote them.
 */
final class Decryption {

  /** Decides about an action on a resource with condition keys. */
  @FunctionalInterface
  interface Judge {
    Decision decide(String action, String resource, Map<String, String> context);
  }

  private final World world;

  Decryption(World world) {
    this.world = world;
  }

  /** Why a secret cannot be decrypted, as Secrets Manager says it. */
  Optional<AwsError> ofSecret(String id, Judge judge) {
    return keyOfSecret(id)
        .filter(key -> !opens(key, "secretsmanager", judge))
        .map(key -> AwsError.of("AccessDeniedException", "Access to KMS is not allowed"));
  }

  /** Why a parameter cannot be decrypted, as Systems Manager says it. */
  Optional<AwsError> ofParameter(String name, Judge judge) {
    Optional<String> key = keyOfParameter(name);
    Optional<KeyMetadata> found = key.flatMap(this::key);
    if (found.isPresent() && !found.get().enabled()) {
      return Optional.of(AwsError.of("InvalidKeyId", found.get().arn() + " is disabled."));
    }
    return key.filter(k -> !opens(k, "ssm", judge))
        .map(k ->
            AwsError.of(
                "AccessDeniedException",
                "The ciphertext refers to a customer master key that does not exist, does not"
                    + " exist in this region, or you are not allowed to access."));
  }

  /** The ARN of a key that a call names in whatever way; the name itself when there is no key. */
  String keyArn(String id) {
    return key(id).map(KeyMetadata::arn).orElse(id);
  }

  private boolean opens(String key, String service, Judge judge) {
    Map<String, String> via =
        Map.of("kms:ViaService", service + "." + world.region() + ".amazonaws.com");
    return key(key)
        .filter(KeyMetadata::enabled)
        .filter(found -> judge.decide("kms:Decrypt", found.arn(), via).allowed())
        .isPresent();
  }

  private Optional<String> keyOfSecret(String id) {
    try {
      return customers(
          world
              .operations()
              .call(
                  DescribeSecretRequest.builder().secretId(id).build(),
                  DescribeSecretResponse.class)
              .kmsKeyId());
    } catch (AwsError | UnsupportedOperationException none) {
      return Optional.empty();
    }
  }

  private Optional<String> keyOfParameter(String name) {
    try {
      return world
          .operations()
          .call(
              DescribeParametersRequest.builder()
                  .parameterFilters(f -> f.key("Name").option("Equals").values(name))
                  .build(),
              DescribeParametersResponse.class)
          .parameters()
          .stream()
          .filter(p -> p.type() == ParameterType.SECURE_STRING)
          .map(ParameterMetadata::keyId)
          .findFirst()
          .flatMap(Decryption::customers);
    } catch (AwsError | UnsupportedOperationException none) {
      return Optional.empty();
    }
  }

  private static Optional<String> customers(String keyId) {
    return Optional.ofNullable(keyId).filter(k -> !k.isEmpty() && !k.contains("alias/aws/"));
  }

  private Optional<KeyMetadata> key(String id) {
    try {
      return Optional.of(
          world
              .operations()
              .call(DescribeKeyRequest.builder().keyId(id).build(), DescribeKeyResponse.class)
              .keyMetadata());
    } catch (AwsError | UnsupportedOperationException none) {
      return Optional.empty();
    }
  }
}
