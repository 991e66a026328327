package dev.slipway.twin.s3;

import dev.slipway.twin.world.AwsError;
import dev.slipway.twin.world.Parameters;
import dev.slipway.twin.world.Table;
import dev.slipway.twin.world.World;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;

/** The objects of an account's buckets. */
final class Objects {

  private final World world;
  private final World home;
  private final Buckets buckets;

  Objects(World world, World home, Buckets buckets) {
    this.world = world;
    this.home = home;
    this.buckets = buckets;
  }

  Buckets buckets() {
    return buckets;
  }

  World world() {
    return world;
  }

  Table<ObjectRow> rows() {
    return home.table("s3.objects");
  }

  /** The keys of a bucket in the order of their bytes. */
  List<ObjectRow> sorted(String bucket, String prefix) {
    return rows()
        .where(
            row -> row.bucket().equals(bucket) && (prefix == null || row.key().startsWith(prefix)))
        .stream()
        .sorted(Comparator.comparing(ObjectRow::key))
        .toList();
  }

  Optional<ObjectRow> row(String bucket, String key) {
    return rows().find(id(bucket, key));
  }

  /** The newest version, unless it says that the object was deleted. */
  Optional<ObjectRow.Version> current(String bucket, String key) {
    return row(bucket, key).map(ObjectRow::newest).filter(version -> !version.marker());
  }

  /** The version that a reader means; null means the newest. */
  ObjectRow.Version require(String bucket, String key, String versionId) {
    if (versionId == null) {
      return current(bucket, key).orElseThrow(S3Errors::noSuchKey);
    }
    ObjectRow.Version version =
        row(bucket, key)
            .flatMap(row -> row.version(versionId))
            .orElseThrow(S3Errors::noSuchVersion);
    if (version.marker()) {
      throw new AwsError(
          "MethodNotAllowed", 405, "The specified method is not allowed against this resource.");
    }
    return version;
  }

  /**
   * Writes only where a condition holds. Source: S3 user guide, "Add preconditions to S3 operations
   * with conditional requests".
   */
  void check(String bucket, String key, String ifMatch, String ifNoneMatch) {
    Optional<ObjectRow.Version> current = current(bucket, key);
    if (ifNoneMatch != null) {
      if (!ifNoneMatch.equals("*")) {
        throw S3Errors.notImplemented("If-None-Match with an entity tag");
      }
      if (current.isPresent()) {
        throw S3Errors.precondition();
      }
    }
    if (ifMatch != null) {
      String etag = current.orElseThrow(S3Errors::noSuchKey).etag();
      if (!etag.equals(ifMatch) && !etag.equals('"' + ifMatch + '"')) {
        throw S3Errors.precondition();
      }
    }
  }

  ObjectRow.Version put(
      String bucket,
      String key,
      byte[] content,
      String etag,
      Map<String, String> headers,
      Map<String, String> metadata,
      Map<String, String> tags,
      Map<String, String> checksum) {
    if (key.getBytes(java.nio.charset.StandardCharsets.UTF_8).length > 1024) {
      throw AwsError.of("KeyTooLongError", "Your key is too long");
    }
    ObjectRow.Version version =
        new ObjectRow.Version(
            newVersionId(bucket),
            world.now(),
            false,
            SdkBytes.fromByteArray(content),
            etag,
            Map.copyOf(headers),
            Map.copyOf(metadata),
            Map.copyOf(tags),
            Map.copyOf(checksum));
    add(bucket, key, version);
    return version;
  }

  private void add(String bucket, String key, ObjectRow.Version version) {
    ObjectRow row =
        row(bucket, key)
            .map(old -> old.plus(version))
            .orElseGet(() -> new ObjectRow(bucket, key, List.of(version)));
    rows().put(id(bucket, key), row);
  }

  /** What a deletion did: the version that is gone or the marker that was set, if any. */
  record Deleted(String versionId, boolean marker) {}

  /** One of many is deleted whatever it is: conditions are refused by name. */
  static void refuseConditions(ObjectIdentifier object) {
    Parameters.only(object, S3Errors::notImplemented, "Key", "VersionId");
  }

  Deleted delete(String bucket, String key, String versionId) {
    Optional<ObjectRow> row = row(bucket, key);
    if (versionId != null) {
      Optional<ObjectRow.Version> version = row.flatMap(found -> found.version(versionId));
      version.ifPresent(found -> replace(row.get().without(versionId)));
      return new Deleted(versionId, version.map(ObjectRow.Version::marker).orElse(false));
    }
    Optional<String> versioning = buckets.<String>setting("versioning").find(bucket);
    if (versioning.isEmpty()) {
      row.ifPresent(found -> rows().remove(id(bucket, key)));
      return new Deleted(null, false);
    }
    ObjectRow.Version marker =
        new ObjectRow.Version(
            newVersionId(bucket),
            world.now(),
            true,
            SdkBytes.fromByteArray(new byte[0]),
            "",
            Map.of(),
            Map.of(),
            Map.of(),
            Map.of());
    add(bucket, key, marker);
    return new Deleted(marker.id(), true);
  }

  void replace(ObjectRow row) {
    if (row.versions().isEmpty()) {
      rows().remove(id(row.bucket(), row.key()));
    } else {
      rows().put(id(row.bucket(), row.key()), row);
    }
  }

  /** The version id as answers show it: not at all in a bucket that never kept versions. */
  String shown(String bucket, String versionId) {
    return buckets.setting("versioning").contains(bucket) ? versionId : null;
  }

  private String newVersionId(String bucket) {
    return buckets.<String>setting("versioning").find(bucket).filter("Enabled"::equals).isPresent()
        ? world.ids().alphanumeric(32)
        : ObjectRow.NULL_VERSION;
  }

  /** The entity tag of an object that was put in one piece. */
  static String etag(byte[] content) {
    return '"' + HexFormat.of().formatHex(md5(content)) + '"';
  }

  static byte[] md5(byte[] content) {
    try {
      return MessageDigest.getInstance("MD5").digest(content);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String id(String bucket, String key) {
    return bucket + "/" + key;
  }
}
