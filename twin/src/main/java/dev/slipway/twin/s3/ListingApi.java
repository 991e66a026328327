package dev.slipway.twin.s3;

import dev.slipway.twin.world.Parameters;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.services.s3.model.CommonPrefix;
import software.amazon.awssdk.services.s3.model.DeleteMarkerEntry;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsRequest;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsRequest;
import software.amazon.awssdk.services.s3.model.ListObjectsResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.ObjectStorageClass;
import software.amazon.awssdk.services.s3.model.ObjectVersion;
import software.amazon.awssdk.services.s3.model.ObjectVersionStorageClass;
import software.amazon.awssdk.services.s3.model.S3Object;

/** What is in a bucket. Source: S3 API reference. */
final class ListingApi {

  private static final int USUAL_PAGE = 1000;

  private final Buckets buckets;
  private final Objects objects;

  ListingApi(Buckets buckets, Objects objects) {
    this.buckets = buckets;
    this.objects = objects;
  }

  /** A page of keys and of the prefixes that stand for many. */
  private record Keys(List<ObjectRow> rows, List<String> prefixes, String last, boolean more) {}

  public ListObjectsV2Response listV2(ListObjectsV2Request request) {
    Parameters.only(
        request,
        S3Errors::notImplemented,
        "Bucket",
        "Delimiter",
        "EncodingType",
        "MaxKeys",
        "Prefix",
        "ContinuationToken",
        "FetchOwner",
        "StartAfter",
        "ExpectedBucketOwner");
    Bucket bucket = buckets.require(request.bucket(), request.expectedBucketOwner());
    String token = request.continuationToken();
    String after = token == null ? request.startAfter() : decode(token);
    int size = request.maxKeys() == null ? USUAL_PAGE : Math.min(request.maxKeys(), USUAL_PAGE);
    Keys keys = keys(bucket.name(), request.prefix(), request.delimiter(), after, size);
    UnaryOperator<String> spelling = spelling(request.encodingTypeAsString());
    boolean owner = Boolean.TRUE.equals(request.fetchOwner());
    return ListObjectsV2Response.builder()
        .name(bucket.name())
        .prefix(spelling.apply(request.prefix() == null ? "" : request.prefix()))
        .delimiter(request.delimiter())
        .startAfter(request.startAfter())
        .encodingType(request.encodingTypeAsString())
        .continuationToken(token)
        .maxKeys(size)
        .keyCount(keys.rows().size() + keys.prefixes().size())
        .isTruncated(keys.more())
        .nextContinuationToken(keys.more() ? encode(keys.last()) : null)
        .contents(keys.rows().stream().map(row -> shown(row, spelling, owner)).toList())
        .commonPrefixes(prefixes(keys, spelling))
        .build();
  }

  public ListObjectsResponse list(ListObjectsRequest request) {
    Parameters.only(
        request,
        S3Errors::notImplemented,
        "Bucket",
        "Delimiter",
        "EncodingType",
        "Marker",
        "MaxKeys",
        "Prefix",
        "ExpectedBucketOwner");
    Bucket bucket = buckets.require(request.bucket(), request.expectedBucketOwner());
    int size = request.maxKeys() == null ? USUAL_PAGE : Math.min(request.maxKeys(), USUAL_PAGE);
    Keys keys = keys(bucket.name(), request.prefix(), request.delimiter(), request.marker(), size);
    UnaryOperator<String> spelling = spelling(request.encodingTypeAsString());
    return ListObjectsResponse.builder()
        .name(bucket.name())
        .prefix(spelling.apply(request.prefix() == null ? "" : request.prefix()))
        .marker(request.marker() == null ? "" : request.marker())
        .delimiter(request.delimiter())
        .encodingType(request.encodingTypeAsString())
        .maxKeys(size)
        .isTruncated(keys.more())
        .nextMarker(keys.more() && request.delimiter() != null ? keys.last() : null)
        .contents(keys.rows().stream().map(row -> shown(row, spelling, true)).toList())
        .commonPrefixes(prefixes(keys, spelling))
        .build();
  }

  /** All versions at once; a page of them is not cut, as a state bucket has few. */
  public ListObjectVersionsResponse versions(ListObjectVersionsRequest request) {
    Parameters.only(
        request,
        S3Errors::notImplemented,
        "Bucket",
        "EncodingType",
        "MaxKeys",
        "Prefix",
        "ExpectedBucketOwner");
    Bucket bucket = buckets.require(request.bucket(), request.expectedBucketOwner());
    UnaryOperator<String> spelling = spelling(request.encodingTypeAsString());
    List<ObjectVersion> versions = new ArrayList<>();
    List<DeleteMarkerEntry> markers = new ArrayList<>();
    for (ObjectRow row : objects.sorted(bucket.name(), request.prefix())) {
      for (ObjectRow.Version version : row.versions()) {
        boolean newest = version == row.newest();
        if (version.marker()) {
          markers.add(
              DeleteMarkerEntry.builder()
                  .key(spelling.apply(row.key()))
                  .versionId(version.id())
                  .isLatest(newest)
                  .lastModified(version.modified())
                  .owner(buckets.owner())
                  .build());
        } else {
          versions.add(
              ObjectVersion.builder()
                  .key(spelling.apply(row.key()))
                  .versionId(version.id())
                  .isLatest(newest)
                  .lastModified(version.modified())
                  .eTag(version.etag())
                  .size((long) version.content().asByteArrayUnsafe().length)
                  .storageClass(ObjectVersionStorageClass.STANDARD)
                  .owner(buckets.owner())
                  .build());
        }
      }
    }
    return ListObjectVersionsResponse.builder()
        .name(bucket.name())
        .prefix(spelling.apply(request.prefix() == null ? "" : request.prefix()))
        .encodingType(request.encodingTypeAsString())
        .maxKeys(request.maxKeys() == null ? USUAL_PAGE : request.maxKeys())
        .isTruncated(false)
        .versions(versions)
        .deleteMarkers(markers)
        .build();
  }

  private Keys keys(String bucket, String prefix, String delimiter, String after, int size) {
    String start = prefix == null ? "" : prefix;
    List<ObjectRow> rows = new ArrayList<>();
    Set<String> prefixes = new LinkedHashSet<>();
    String last = null;
    for (ObjectRow row : objects.sorted(bucket, prefix)) {
      int cut =
          delimiter == null || delimiter.isEmpty()
              ? -1
              : row.key().indexOf(delimiter, start.length());
      String shown = cut < 0 ? row.key() : row.key().substring(0, cut + delimiter.length());
      if (row.newest().marker()
          || prefixes.contains(shown)
          || after != null && shown.compareTo(after) <= 0) {
        continue;
      }
      if (rows.size() + prefixes.size() == size) {
        return new Keys(rows, List.copyOf(prefixes), last, true);
      }
      if (cut < 0) {
        rows.add(row);
      } else {
        prefixes.add(shown);
      }
      last = shown;
    }
    return new Keys(rows, List.copyOf(prefixes), last, false);
  }

  private S3Object shown(ObjectRow row, UnaryOperator<String> spelling, boolean owner) {
    ObjectRow.Version version = row.newest();
    return S3Object.builder()
        .key(spelling.apply(row.key()))
        .lastModified(version.modified())
        .eTag(version.etag())
        .size((long) version.content().asByteArrayUnsafe().length)
        .storageClass(ObjectStorageClass.STANDARD)
        .owner(owner ? buckets.owner() : null)
        .build();
  }

  private static List<CommonPrefix> prefixes(Keys keys, UnaryOperator<String> spelling) {
    return keys.prefixes().stream()
        .map(prefix -> CommonPrefix.builder().prefix(spelling.apply(prefix)).build())
        .toList();
  }

  private static UnaryOperator<String> spelling(String encoding) {
    return "url".equals(encoding)
        ? key -> URLEncoder.encode(key, StandardCharsets.UTF_8).replace("%2F", "/")
        : UnaryOperator.identity();
  }

  private static String encode(String key) {
    return Base64.getUrlEncoder().encodeToString(key.getBytes(StandardCharsets.UTF_8));
  }

  private static String decode(String token) {
    try {
      return new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw S3Errors.invalid("The continuation token provided is incorrect");
    }
  }
}
