package dev.slipway.twin.s3;

import dev.slipway.twin.world.AwsError;
import dev.slipway.twin.world.Table;
import dev.slipway.twin.world.World;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.s3.model.Owner;

/** The buckets of an account, and what is set on them: a table a setting, by the bucket's name. */
final class Buckets {

  /** The settings that go with a bucket when it is deleted. */
  static final List<String> SETTINGS =
      List.of(
          "versioning",
          "encryption",
          "publicAccessBlock",
          "ownership",
          "policy",
          "tagging",
          "lifecycle",
          "cors");

  private final World world;
  private final World home;

  Buckets(World world, World home) {
    this.world = world;
    this.home = home;
  }

  Table<Bucket> all() {
    return home.table("s3.buckets");
  }

  /** A setting's values by bucket. */
  <V> Table<V> setting(String name) {
    return home.table("s3." + name);
  }

  String region() {
    return world.region();
  }

  World world() {
    return world;
  }

  /**
   * The bucket of a name.
   *
   * @param expectedOwner the account that the caller takes for its owner, or null
   */
  Bucket require(String name, String expectedOwner) {
    Bucket bucket = all().find(name == null ? "" : name).orElseThrow(S3Errors::noSuchBucket);
    if (expectedOwner != null && !expectedOwner.equals(world.account())) {
      throw new AwsError("AccessDenied", 403, "Access Denied");
    }
    return bucket;
  }

  /** A setting of a bucket that must exist. */
  <V> Optional<V> find(String setting, String bucket, String expectedOwner) {
    return this.<V>setting(setting).find(require(bucket, expectedOwner).name());
  }

  /** The canonical user of the account. */
  Owner owner() {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256")
              .digest(world.account().getBytes(StandardCharsets.US_ASCII));
      return Owner.builder().id(HexFormat.of().formatHex(digest)).build();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
