package dev.slipway.validation.sweep;

import dev.slipway.validation.observe.Aws;
import java.util.List;
import java.util.stream.Stream;
import software.amazon.awssdk.services.kms.model.KeyManagerType;
import software.amazon.awssdk.services.kms.model.KeyMetadata;
import software.amazon.awssdk.services.kms.model.KeyState;

/** Keys, secrets and buckets: what keeps something, and is paid for while it does. */
final class StoreKinds {

  static final List<Kind> ALL =
      List.of(
          new Kind("kms-key", "kms:ListKeys", StoreKinds::keys),
          new Kind("secret", "secretsmanager:ListSecrets", StoreKinds::secrets),
          new Kind("s3-bucket", "s3:ListAllMyBuckets", StoreKinds::buckets));

  private StoreKinds() {}

  /**
   * Keys of the account's own: those that AWS manages cost nothing, and neither does one whose
   * deletion is scheduled. Source: KMS price page; KMS developer guide, deleting keys.
   */
  private static List<Leftover> keys(Aws aws) {
    return aws.kms().listKeysPaginator(r -> {}).keys().stream()
        .map(k -> aws.kms().describeKey(r -> r.keyId(k.keyId())).keyMetadata())
        .filter(k -> k.keyManager() == KeyManagerType.CUSTOMER && !leaving(k))
        .map(k -> Leftover.of("kms-key", k.arn(), text(k.description())).at(Prices.KEY))
        .toList();
  }

  private static boolean leaving(KeyMetadata key) {
    return key.keyState() == KeyState.PENDING_DELETION
        || key.keyState() == KeyState.PENDING_REPLICA_DELETION;
  }

  /** One whose deletion is scheduled is not listed. Source: Secrets Manager API, ListSecrets. */
  private static List<Leftover> secrets(Aws aws) {
    return aws.secrets().listSecretsPaginator(r -> {}).stream()
        .flatMap(p -> p.secretList().stream())
        .map(s -> Leftover.of("secret", s.arn(), "").at(Prices.SECRET))
        .toList();
  }

  /** The buckets of this region; what they cost is what they hold, which is not asked. */
  private static List<Leftover> buckets(Aws aws) {
    return aws.s3().listBuckets(r -> r.bucketRegion(aws.region())).buckets().stream()
        .map(b -> Leftover.of("s3-bucket", b.name(), ""))
        .toList();
  }

  private static String text(String value) {
    return Stream.ofNullable(value).findFirst().orElse("");
  }
}
