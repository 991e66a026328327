package dev.slipway.twin.kms;

import java.util.List;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kms.model.KeyMetadata;
import software.amazon.awssdk.services.kms.model.Tag;

/**
 * A key.
 *
 * @param rotation days between rotations; 0 for none
 * @param material 256 bits
 */
record KeyRow(KeyMetadata shown, String policy, int rotation, List<Tag> tags, SdkBytes material) {

  static final String TABLE = "kms.keys";

  String id() {
    return shown.keyId();
  }

  KeyRow with(UnaryOperator<KeyMetadata.Builder> change) {
    return new KeyRow(change.apply(shown.toBuilder()).build(), policy, rotation, tags, material);
  }

  KeyRow withPolicy(String other) {
    return new KeyRow(shown, other, rotation, tags, material);
  }

  KeyRow withRotation(int days) {
    return new KeyRow(shown, policy, days, tags, material);
  }

  KeyRow withTags(List<Tag> other) {
    return new KeyRow(shown, policy, rotation, List.copyOf(other), material);
  }
}
