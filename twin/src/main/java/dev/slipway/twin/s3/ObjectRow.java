package dev.slipway.twin.s3;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.core.SdkBytes;

/**
 * A key of a bucket with all its versions.
 *
 * @param versions the newest first; never empty
 */
record ObjectRow(String bucket, String key, List<Version> versions) {

  /** The id of the version that is written while a bucket keeps none. */
  static final String NULL_VERSION = "null";

  /**
   * A version of an object.
   *
   * @param marker whether it says that the object was deleted
   * @param headers of HTTP that belong to the object, by lower-case name
   * @param metadata what the user added
   * @param checksum the member's name and value, empty when the client sent none
   */
  record Version(
      String id,
      Instant modified,
      boolean marker,
      SdkBytes content,
      String etag,
      Map<String, String> headers,
      Map<String, String> metadata,
      Map<String, String> tags,
      Map<String, String> checksum) {

    Version withTags(Map<String, String> other) {
      return new Version(
          id, modified, marker, content, etag, headers, metadata, Map.copyOf(other), checksum);
    }
  }

  Version newest() {
    return versions.getFirst();
  }

  Optional<Version> version(String id) {
    return versions.stream().filter(version -> version.id().equals(id)).findFirst();
  }

  /** This key with a version in front, which takes the place of another of its id. */
  ObjectRow plus(Version version) {
    List<Version> all = new ArrayList<>();
    all.add(version);
    versions.stream().filter(old -> !old.id().equals(version.id())).forEach(all::add);
    return new ObjectRow(bucket, key, List.copyOf(all));
  }

  ObjectRow replacing(Version version) {
    return new ObjectRow(
        bucket,
        key,
        versions.stream().map(old -> old.id().equals(version.id()) ? version : old).toList());
  }

  ObjectRow without(String id) {
    return new ObjectRow(
        bucket, key, versions.stream().filter(old -> !old.id().equals(id)).toList());
  }
}
