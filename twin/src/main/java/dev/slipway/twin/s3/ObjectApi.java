package dev.slipway.twin.s3;

import dev.slipway.twin.world.AwsError;
import dev.slipway.twin.world.Parameters;
import dev.slipway.twin.world.Payload;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.s3.model.CopyObjectRequest;
import software.amazon.awssdk.services.s3.model.CopyObjectResponse;
import software.amazon.awssdk.services.s3.model.CopyObjectResult;
import software.amazon.awssdk.services.s3.model.DeleteObjectRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectResponse;
import software.amazon.awssdk.services.s3.model.DeleteObjectsRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectsResponse;
import software.amazon.awssdk.services.s3.model.DeletedObject;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;

/** Objects. Their bytes travel in the call's {@link Payload}. Source: S3 API reference. */
final class ObjectApi {

  private final Objects objects;

  ObjectApi(Objects objects) {
    this.objects = objects;
  }

  public PutObjectResponse put(PutObjectRequest request) {
    Parameters.only(
        request,
        S3Errors::notImplemented,
        "Bucket",
        "Key",
        "ACL",
        "CacheControl",
        "ContentDisposition",
        "ContentEncoding",
        "ContentLanguage",
        "ContentLength",
        "ContentMD5",
        "ContentType",
        "ChecksumAlgorithm",
        "ChecksumCRC32",
        "ChecksumCRC32C",
        "ChecksumCRC64NVME",
        "ChecksumSHA1",
        "ChecksumSHA256",
        "IfMatch",
        "IfNoneMatch",
        "Metadata",
        "ServerSideEncryption",
        "SSEKMSKeyId",
        "BucketKeyEnabled",
        "StorageClass",
        "Tagging",
        "ExpectedBucketOwner");
    Bucket bucket = objects.buckets().require(request.bucket(), request.expectedBucketOwner());
    refuseOtherThan("private", request.aclAsString(), "ACL", "bucket-owner-full-control");
    refuseOtherThan("STANDARD", request.storageClassAsString(), "storage class");
    objects.check(bucket.name(), request.key(), request.ifMatch(), request.ifNoneMatch());
    byte[] content = Payload.received();
    Map<String, String> checksum = Checksums.verified(request, request.contentMD5(), content);
    ObjectHeaders headers = ObjectHeaders.of(request, Encryption.of(objects.buckets(), request));
    ObjectRow.Version version =
        objects.put(
            bucket.name(),
            request.key(),
            content,
            Objects.etag(content),
            headers.values(),
            request.metadata(),
            tags(request.tagging()),
            checksum);
    PutObjectResponse.Builder response =
        PutObjectResponse.builder()
            .eTag(version.etag())
            .serverSideEncryption(headers.encryption())
            .ssekmsKeyId(headers.kmsKey())
            .versionId(objects.shown(bucket.name(), version.id()));
    Checksums.show((software.amazon.awssdk.core.SdkPojo) response, checksum);
    return response.build();
  }

  public GetObjectResponse get(GetObjectRequest request) {
    Parameters.only(
        request,
        S3Errors::notImplemented,
        "Bucket",
        "Key",
        "IfMatch",
        "IfNoneMatch",
        "Range",
        "VersionId",
        "ExpectedBucketOwner",
        "ChecksumMode");
    Bucket bucket = objects.buckets().require(request.bucket(), request.expectedBucketOwner());
    ObjectRow.Version version = objects.require(bucket.name(), request.key(), request.versionId());
    preconditions(version, request.ifMatch(), request.ifNoneMatch());
    byte[] content = version.content().asByteArray();
    GetObjectResponse.Builder response =
        GetObjectResponse.builder()
            .acceptRanges("bytes")
            .lastModified(version.modified().truncatedTo(ChronoUnit.SECONDS))
            .eTag(version.etag())
            .metadata(version.metadata())
            .tagCount(version.tags().isEmpty() ? null : version.tags().size())
            .versionId(objects.shown(bucket.name(), version.id()));
    if (request.range() == null) {
      Payload.answer(content);
      response.contentLength((long) content.length);
      if ("ENABLED".equals(request.checksumModeAsString())) {
        Checksums.show((software.amazon.awssdk.core.SdkPojo) response, version.checksum());
      }
    } else {
      ByteRange range = ByteRange.of(request.range(), content.length);
      byte[] part = Arrays.copyOfRange(content, range.from(), range.to() + 1);
      Payload.answer(part);
      response.contentLength((long) part.length).contentRange(range.header(content.length));
    }
    ObjectHeaders.show((software.amazon.awssdk.core.SdkPojo) response, version.headers());
    return response.build();
  }

  public HeadObjectResponse head(HeadObjectRequest request) {
    Parameters.only(
        request,
        S3Errors::notImplemented,
        "Bucket",
        "Key",
        "IfMatch",
        "IfNoneMatch",
        "VersionId",
        "ExpectedBucketOwner",
        "ChecksumMode");
    Bucket bucket = objects.buckets().require(request.bucket(), request.expectedBucketOwner());
    ObjectRow.Version version = objects.require(bucket.name(), request.key(), request.versionId());
    preconditions(version, request.ifMatch(), request.ifNoneMatch());
    HeadObjectResponse.Builder response =
        HeadObjectResponse.builder()
            .acceptRanges("bytes")
            .lastModified(version.modified().truncatedTo(ChronoUnit.SECONDS))
            .contentLength((long) version.content().asByteArrayUnsafe().length)
            .eTag(version.etag())
            .metadata(version.metadata())
            .versionId(objects.shown(bucket.name(), version.id()));
    if ("ENABLED".equals(request.checksumModeAsString())) {
      Checksums.show((software.amazon.awssdk.core.SdkPojo) response, version.checksum());
    }
    ObjectHeaders.show((software.amazon.awssdk.core.SdkPojo) response, version.headers());
    return response.build();
  }

  public DeleteObjectResponse delete(DeleteObjectRequest request) {
    Parameters.only(
        request,
        S3Errors::notImplemented,
        "Bucket",
        "Key",
        "VersionId",
        "IfMatch",
        "ExpectedBucketOwner");
    Bucket bucket = objects.buckets().require(request.bucket(), request.expectedBucketOwner());
    objects.check(bucket.name(), request.key(), request.ifMatch(), null);
    Objects.Deleted deleted = objects.delete(bucket.name(), request.key(), request.versionId());
    return DeleteObjectResponse.builder()
        .deleteMarker(deleted.marker() ? true : null)
        .versionId(deleted.versionId())
        .build();
  }

  public DeleteObjectsResponse deleteMany(DeleteObjectsRequest request) {
    Bucket bucket = objects.buckets().require(request.bucket(), request.expectedBucketOwner());
    if (request.delete() == null || request.delete().objects().size() > 1000) {
      throw AwsError.of(
          "MalformedXML",
          "The XML you provided was not well-formed or did not validate against our published"
              + " schema");
    }
    // Nothing is deleted when one of them could not be deleted as it is asked for.
    request.delete().objects().forEach(Objects::refuseConditions);
    List<DeletedObject> gone = new ArrayList<>();
    for (ObjectIdentifier each : request.delete().objects()) {
      Objects.Deleted deleted = objects.delete(bucket.name(), each.key(), each.versionId());
      boolean newMarker = deleted.marker() && each.versionId() == null;
      gone.add(
          DeletedObject.builder()
              .key(each.key())
              .versionId(each.versionId())
              .deleteMarker(deleted.marker() ? true : null)
              .deleteMarkerVersionId(newMarker ? deleted.versionId() : null)
              .build());
    }
    boolean quiet = Boolean.TRUE.equals(request.delete().quiet());
    return DeleteObjectsResponse.builder().deleted(quiet ? null : gone).build();
  }

  public CopyObjectResponse copy(CopyObjectRequest request) {
    Parameters.only(
        request,
        S3Errors::notImplemented,
        "Bucket",
        "Key",
        "CopySource",
        "MetadataDirective",
        "Metadata",
        "ContentType",
        "ServerSideEncryption",
        "ExpectedBucketOwner");
    Bucket bucket = objects.buckets().require(request.bucket(), request.expectedBucketOwner());
    Source source = Source.of(request.copySource());
    objects.buckets().require(source.bucket(), null);
    ObjectRow.Version from = objects.require(source.bucket(), source.key(), source.versionId());
    boolean replace = "REPLACE".equals(request.metadataDirectiveAsString());
    Map<String, String> headers = new LinkedHashMap<>(from.headers());
    if (replace && request.contentType() != null) {
      headers.put("ContentType", request.contentType());
    }
    ObjectRow.Version copy =
        objects.put(
            bucket.name(),
            request.key(),
            from.content().asByteArray(),
            from.etag(),
            headers,
            replace ? request.metadata() : from.metadata(),
            from.tags(),
            from.checksum());
    return CopyObjectResponse.builder()
        .copyObjectResult(
            CopyObjectResult.builder().eTag(copy.etag()).lastModified(copy.modified()).build())
        .versionId(objects.shown(bucket.name(), copy.id()))
        .build();
  }

  private record Source(String bucket, String key, String versionId) {
    static Source of(String text) {
      String path = text.startsWith("/") ? text.substring(1) : text;
      int mark = path.indexOf("?versionId=");
      String version = mark < 0 ? null : path.substring(mark + 11);
      String name = mark < 0 ? path : path.substring(0, mark);
      String decoded = URLDecoder.decode(name.replace("+", "%2B"), StandardCharsets.UTF_8);
      int slash = decoded.indexOf('/');
      if (slash < 0) {
        throw S3Errors.invalid(
            "Copy Source must mention the source bucket and key: sourcebucket/sourcekey");
      }
      return new Source(decoded.substring(0, slash), decoded.substring(slash + 1), version);
    }
  }

  /** The tags of a header, which are written as a query is. */
  static Map<String, String> tags(String header) {
    Map<String, String> tags = new LinkedHashMap<>();
    if (header != null && !header.isEmpty()) {
      for (String pair : header.split("&", -1)) {
        int equals = pair.indexOf('=');
        tags.put(
            decoded(equals < 0 ? pair : pair.substring(0, equals)),
            equals < 0 ? "" : decoded(pair.substring(equals + 1)));
      }
    }
    return tags;
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  private static void preconditions(ObjectRow.Version version, String ifMatch, String ifNoneMatch) {
    if (ifMatch != null && !isEtag(version, ifMatch)) {
      throw S3Errors.precondition();
    }
    if (ifNoneMatch != null && isEtag(version, ifNoneMatch)) {
      throw new AwsError("NotModified", 304, "Not Modified");
    }
  }

  private static boolean isEtag(ObjectRow.Version version, String text) {
    return text.equals("*")
        || version.etag().equals(text)
        || version.etag().equals('"' + text + '"');
  }

  private static void refuseOtherThan(String usual, String wanted, String what, String... same) {
    if (wanted != null && !wanted.equals(usual) && !Arrays.asList(same).contains(wanted)) {
      throw S3Errors.notImplemented("the " + what + " " + wanted);
    }
  }
}
