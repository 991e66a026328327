package dev.slipway.twin.s3;

import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.ServerSideEncryptionByDefault;
import software.amazon.awssdk.services.s3.model.ServerSideEncryptionConfiguration;

/** How an object is encrypted: as its request says, or else as its bucket does. */
record Encryption(String algorithm, String kmsKey) {

  static Encryption of(Buckets buckets, PutObjectRequest request) {
    return request.serverSideEncryptionAsString() == null
        ? usual(buckets, request.bucket())
        : new Encryption(request.serverSideEncryptionAsString(), request.ssekmsKeyId());
  }

  static Encryption usual(Buckets buckets, String bucket) {
    ServerSideEncryptionByDefault usual =
        buckets
            .<ServerSideEncryptionConfiguration>setting("encryption")
            .find(bucket)
            .orElseGet(BucketSettingsApi::usualEncryption)
            .rules()
            .getFirst()
            .applyServerSideEncryptionByDefault();
    return new Encryption(usual.sseAlgorithmAsString(), usual.kmsMasterKeyID());
  }
}
