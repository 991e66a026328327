package dev.slipway.twin.s3;

import java.util.LinkedHashMap;
import java.util.Map;
import software.amazon.awssdk.services.s3.model.DeleteObjectTaggingRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectTaggingResponse;
import software.amazon.awssdk.services.s3.model.GetObjectTaggingRequest;
import software.amazon.awssdk.services.s3.model.GetObjectTaggingResponse;
import software.amazon.awssdk.services.s3.model.PutObjectTaggingRequest;
import software.amazon.awssdk.services.s3.model.PutObjectTaggingResponse;
import software.amazon.awssdk.services.s3.model.Tag;

/** The tags of objects. Source: S3 API reference. */
final class ObjectTagApi {

  private final Objects objects;

  ObjectTagApi(Objects objects) {
    this.objects = objects;
  }

  public GetObjectTaggingResponse get(GetObjectTaggingRequest request) {
    objects.buckets().require(request.bucket(), request.expectedBucketOwner());
    ObjectRow.Version version =
        objects.require(request.bucket(), request.key(), request.versionId());
    return GetObjectTaggingResponse.builder()
        .tagSet(
            version.tags().entrySet().stream()
                .map(tag -> Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
                .toList())
        .versionId(objects.shown(request.bucket(), version.id()))
        .build();
  }

  public PutObjectTaggingResponse put(PutObjectTaggingRequest request) {
    objects.buckets().require(request.bucket(), request.expectedBucketOwner());
    Map<String, String> tags = new LinkedHashMap<>();
    request.tagging().tagSet().forEach(tag -> tags.put(tag.key(), tag.value()));
    String id = change(request.bucket(), request.key(), request.versionId(), tags);
    return PutObjectTaggingResponse.builder()
        .versionId(objects.shown(request.bucket(), id))
        .build();
  }

  public DeleteObjectTaggingResponse delete(DeleteObjectTaggingRequest request) {
    objects.buckets().require(request.bucket(), request.expectedBucketOwner());
    String id = change(request.bucket(), request.key(), request.versionId(), Map.of());
    return DeleteObjectTaggingResponse.builder()
        .versionId(objects.shown(request.bucket(), id))
        .build();
  }

  private String change(String bucket, String key, String versionId, Map<String, String> tags) {
    ObjectRow.Version version = objects.require(bucket, key, versionId);
    objects
        .row(bucket, key)
        .ifPresent(row -> objects.replace(row.replacing(version.withTags(tags))));
    return version.id();
  }
}
