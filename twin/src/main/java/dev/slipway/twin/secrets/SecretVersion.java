package dev.slipway.twin.secrets;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import software.amazon.awssdk.core.SdkBytes;

/**
 * A version of a secret; either the text or the bytes are null, as SDK builders take them.
 *
 * @param stages its staging labels
 */
record SecretVersion(
    String secretArn,
    String id,
    String text,
    SdkBytes bytes,
    List<String> stages,
    Instant created) {

  static final String CURRENT = "AWSCURRENT";
  static final String PREVIOUS = "AWSPREVIOUS";

  SecretVersion withStages(List<String> changed) {
    return new SecretVersion(secretArn, id, text, bytes, List.copyOf(changed), created);
  }

  boolean sameValue(String otherText, SdkBytes otherBytes) {
    return Objects.equals(text, otherText) && Objects.equals(bytes, otherBytes);
  }
}
