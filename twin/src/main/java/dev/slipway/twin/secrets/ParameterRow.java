package dev.slipway.twin.secrets;

import dev.slipway.twin.world.Differs;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import software.amazon.awssdk.services.ssm.model.Parameter;
import software.amazon.awssdk.services.ssm.model.ParameterMetadata;
import software.amazon.awssdk.services.ssm.model.ParameterTier;
import software.amazon.awssdk.services.ssm.model.ParameterType;

/**
 * A version of a parameter. Texts that it does not have are null, as SDK builders take them.
 *
 * @param by who wrote it
 */
record ParameterRow(
    String name,
    String arn,
    ParameterType type,
    String value,
    long version,
    Instant modified,
    String by,
    String description,
    String keyId,
    String allowedPattern,
    String dataType,
    ParameterTier tier) {

  Parameter parameter(boolean decrypted, String selector) {
    return Parameter.builder()
        .name(name)
        .arn(arn)
        .type(type)
        .value(value(decrypted))
        .version(version)
        .lastModifiedDate(modified)
        .dataType(dataType)
        .selector(selector)
        .build();
  }

  ParameterMetadata metadata() {
    return ParameterMetadata.builder()
        .name(name)
        .arn(arn)
        .type(type)
        .version(version)
        .lastModifiedDate(modified)
        .lastModifiedUser(by)
        .description(description)
        .keyId(keyId)
        .allowedPattern(allowedPattern)
        .dataType(dataType)
        .tier(tier)
        .build();
  }

  /** The value, or what stands for its ciphertext. */
  @Differs(
      value = "the ciphertext of a secure parameter is its text turned around, in Base64",
      because = "the twin has no keys, and nobody can use a ciphertext without them")
  String value(boolean decrypted) {
    if (decrypted || type != ParameterType.SECURE_STRING) {
      return value;
    }
    String turned = new StringBuilder(value).reverse().toString();
    return Base64.getEncoder().encodeToString(turned.getBytes(StandardCharsets.UTF_8));
  }
}
