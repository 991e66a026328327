package dev.slipway.twin.s3;

import dev.slipway.twin.world.AwsError;
import dev.slipway.twin.world.Parameters;
import dev.slipway.twin.world.Payload;
import dev.slipway.twin.world.Table;
import dev.slipway.twin.world.World;
import java.io.ByteArrayOutputStream;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.s3.model.AbortMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.AbortMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.UploadPartRequest;
import software.amazon.awssdk.services.s3.model.UploadPartResponse;

/**
 * Objects that come in parts. Source: S3 API reference; S3 user guide, "Multipart upload limits".
 */
final class MultipartApi {

  private static final int LEAST_PART = 5 * 1024 * 1024;

  private final World world;
  private final World home;
  private final Objects objects;

  MultipartApi(World world, World home, Objects objects) {
    this.world = world;
    this.home = home;
    this.objects = objects;
  }

  /** An upload that was begun. */
  private record Upload(
      String id,
      String bucket,
      String key,
      Map<String, String> headers,
      Map<String, String> metadata,
      Map<Integer, SdkBytes> parts) {}

  private Table<Upload> uploads() {
    return home.table("s3.uploads");
  }

  public CreateMultipartUploadResponse create(CreateMultipartUploadRequest request) {
    Parameters.only(
        request,
        S3Errors::notImplemented,
        "Bucket",
        "Key",
        "ContentType",
        "ContentEncoding",
        "ContentDisposition",
        "ContentLanguage",
        "CacheControl",
        "ChecksumAlgorithm",
        "ChecksumType",
        "Metadata",
        "ExpectedBucketOwner");
    Bucket bucket = objects.buckets().require(request.bucket(), request.expectedBucketOwner());
    ObjectHeaders headers =
        ObjectHeaders.of(request, Encryption.usual(objects.buckets(), bucket.name()));
    String id = world.ids().alphanumeric(64);
    uploads()
        .put(
            id,
            new Upload(
                id,
                bucket.name(),
                request.key(),
                headers.values(),
                Map.copyOf(request.metadata()),
                Map.of()));
    return CreateMultipartUploadResponse.builder()
        .bucket(bucket.name())
        .key(request.key())
        .uploadId(id)
        .serverSideEncryption(headers.encryption())
        .build();
  }

  public UploadPartResponse part(UploadPartRequest request) {
    Upload upload = require(request.uploadId(), request.bucket(), request.key());
    if (request.partNumber() == null || request.partNumber() < 1 || request.partNumber() > 10_000) {
      throw S3Errors.invalid("Part number must be an integer between 1 and 10000, inclusive");
    }
    byte[] content = Payload.received();
    Map<String, String> checksum = Checksums.verified(request, request.contentMD5(), content);
    Map<Integer, SdkBytes> parts = new TreeMap<>(upload.parts());
    parts.put(request.partNumber(), SdkBytes.fromByteArray(content));
    uploads()
        .put(
            upload.id(),
            new Upload(
                upload.id(),
                upload.bucket(),
                upload.key(),
                upload.headers(),
                upload.metadata(),
                Map.copyOf(parts)));
    UploadPartResponse.Builder response = UploadPartResponse.builder().eTag(Objects.etag(content));
    Checksums.show((software.amazon.awssdk.core.SdkPojo) response, checksum);
    return response.build();
  }

  public CompleteMultipartUploadResponse complete(CompleteMultipartUploadRequest request) {
    Upload upload = require(request.uploadId(), request.bucket(), request.key());
    objects.check(upload.bucket(), upload.key(), request.ifMatch(), request.ifNoneMatch());
    if (request.multipartUpload() == null || request.multipartUpload().parts().isEmpty()) {
      throw AwsError.of("MalformedXML", "You must specify at least one part");
    }
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    ByteArrayOutputStream digests = new ByteArrayOutputStream();
    int count = request.multipartUpload().parts().size();
    int index = 0;
    int before = 0;
    for (CompletedPart part : request.multipartUpload().parts()) {
      SdkBytes bytes = part.partNumber() == null ? null : upload.parts().get(part.partNumber());
      if (bytes == null || !sameTag(part, bytes)) {
        throw AwsError.of(
            "InvalidPart",
            "One or more of the specified parts could not be found.  The part may not have been"
                + " uploaded, or the specified entity tag may not match the part's entity tag.");
      }
      if (part.partNumber() <= before) {
        throw AwsError.of(
            "InvalidPartOrder",
            "The list of parts was not in ascending order. Parts must be ordered by part number.");
      }
      before = part.partNumber();
      byte[] raw = bytes.asByteArrayUnsafe();
      index++;
      if (index < count && raw.length < LEAST_PART) {
        throw AwsError.of(
            "EntityTooSmall", "Your proposed upload is smaller than the minimum allowed size");
      }
      content.writeBytes(raw);
      digests.writeBytes(Objects.md5(raw));
    }
    String etag =
        '"' + HexFormat.of().formatHex(Objects.md5(digests.toByteArray())) + "-" + count + '"';
    ObjectRow.Version version =
        objects.put(
            upload.bucket(),
            upload.key(),
            content.toByteArray(),
            etag,
            upload.headers(),
            upload.metadata(),
            Map.of(),
            Map.of());
    uploads().remove(upload.id());
    return CompleteMultipartUploadResponse.builder()
        .location("/" + upload.bucket() + "/" + upload.key())
        .bucket(upload.bucket())
        .key(upload.key())
        .eTag(etag)
        .versionId(objects.shown(upload.bucket(), version.id()))
        .build();
  }

  public AbortMultipartUploadResponse abort(AbortMultipartUploadRequest request) {
    Upload upload = require(request.uploadId(), request.bucket(), request.key());
    uploads().remove(upload.id());
    return AbortMultipartUploadResponse.builder().build();
  }

  private static boolean sameTag(CompletedPart part, SdkBytes bytes) {
    String etag = Objects.etag(bytes.asByteArrayUnsafe());
    return etag.equals(part.eTag()) || etag.equals('"' + part.eTag() + '"');
  }

  private Upload require(String id, String bucket, String key) {
    return uploads()
        .find(id == null ? "" : id)
        .filter(upload -> upload.bucket().equals(bucket) && upload.key().equals(key))
        .orElseThrow(() ->
            new AwsError(
                "NoSuchUpload",
                404,
                "The specified upload does not exist. The upload ID may be invalid, or the upload"
                    + " may have been aborted or completed."));
  }
}
