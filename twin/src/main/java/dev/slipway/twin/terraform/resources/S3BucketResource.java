package dev.slipway.twin.terraform.resources;

import dev.slipway.twin.terraform.engine.Context;
import dev.slipway.twin.terraform.engine.ResourceHandler;
import dev.slipway.twin.terraform.engine.TagChanges;
import dev.slipway.twin.terraform.plan.Traits;
import dev.slipway.twin.terraform.value.Attributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.s3.model.CreateBucketConfiguration;
import software.amazon.awssdk.services.s3.model.CreateBucketRequest;
import software.amazon.awssdk.services.s3.model.CreateBucketResponse;
import software.amazon.awssdk.services.s3.model.Delete;
import software.amazon.awssdk.services.s3.model.DeleteBucketRequest;
import software.amazon.awssdk.services.s3.model.DeleteBucketResponse;
import software.amazon.awssdk.services.s3.model.DeleteBucketTaggingRequest;
import software.amazon.awssdk.services.s3.model.DeleteBucketTaggingResponse;
import software.amazon.awssdk.services.s3.model.DeleteObjectsRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectsResponse;
import software.amazon.awssdk.services.s3.model.GetBucketTaggingRequest;
import software.amazon.awssdk.services.s3.model.GetBucketTaggingResponse;
import software.amazon.awssdk.services.s3.model.HeadBucketRequest;
import software.amazon.awssdk.services.s3.model.HeadBucketResponse;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsRequest;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsResponse;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.PutBucketTaggingRequest;
import software.amazon.awssdk.services.s3.model.PutBucketTaggingResponse;
import software.amazon.awssdk.services.s3.model.Tag;
import software.amazon.awssdk.services.s3.model.Tagging;

/**
 * {@code aws_s3_bucket}. What has a resource type of its own cannot be set here, as the provider
 * has advised since its version 4.
 */
final class S3BucketResource implements ResourceHandler {

  /** Attributes and blocks that resource types of their own took over. */
  private static final String[] ELSEWHERE = {
    "acceleration_status",
    "acl",
    "cors_rule",
    "grant",
    "lifecycle_rule",
    "logging",
    "object_lock_configuration",
    "policy",
    "replication_configuration",
    "request_payer",
    "server_side_encryption_configuration",
    "versioning",
    "website"
  };

  private static final String HOME = "us-east-1";

  @Override
  public String type() {
    return "aws_s3_bucket";
  }

  @Override
  public String label() {
    return "S3 Bucket";
  }

  @Override
  public Traits traits() {
    return new Traits().keep(ELSEWHERE);
  }

  @Override
  public void create(Context context, Attributes planned) {
    for (String name : ELSEWHERE) {
      if (planned.has(name)) {
        throw new UnsupportedOperationException(name + " of aws_s3_bucket");
      }
    }
    if (planned.flag("object_lock_enabled")) {
      throw new UnsupportedOperationException("object lock of aws_s3_bucket");
    }
    String name = planned.text("bucket");
    if (name == null) {
      name = planned.text("bucket_prefix", "terraform-") + context.uniqueSuffix();
    }
    CreateBucketConfiguration region =
        context.region().equals(HOME)
            ? null
            : CreateBucketConfiguration.builder().locationConstraint(context.region()).build();
    context.call(
        CreateBucketRequest.builder().bucket(name).createBucketConfiguration(region).build(),
        CreateBucketResponse.class);
    planned.set("id", name);
    putTags(context, planned);
  }

  @Override
  public boolean read(Context context, Attributes state) {
    String bucket = state.id();
    Optional<HeadBucketResponse> head =
        S3Calls.find(() ->
            context.call(
                HeadBucketRequest.builder().bucket(bucket).build(), HeadBucketResponse.class));
    if (head.isEmpty()) {
      return false;
    }
    String region = head.get().bucketRegion();
    state
        .set("arn", "arn:aws:s3:::" + bucket)
        .set("bucket", bucket)
        .set("bucket_prefix", Context.namePrefix(bucket))
        .set("bucket_domain_name", bucket + ".s3.amazonaws.com")
        .set("bucket_regional_domain_name", bucket + ".s3." + region + ".amazonaws.com")
        .set("hosted_zone_id", S3Zones.of(region))
        .set("object_lock_enabled", false)
        .set("region", region)
        .setNoBlocks(
            "cors_rule",
            "lifecycle_rule",
            "logging",
            "object_lock_configuration",
            "replication_configuration",
            "website");
    if (!state.has("force_destroy")) {
      state.set("force_destroy", false);
    }
    S3BucketSettings.read(context, bucket, state);
    List<Tag> tags =
        S3Calls.find(() ->
                context
                    .call(
                        GetBucketTaggingRequest.builder().bucket(bucket).build(),
                        GetBucketTaggingResponse.class)
                    .tagSet())
            .orElse(List.of());
    context.setTags(state, tags, Tag::key, Tag::value);
    return true;
  }

  @Override
  public void update(Context context, Attributes prior, Attributes planned) {
    for (String name : ELSEWHERE) {
      if (planned.differs(prior, name)) {
        throw new UnsupportedOperationException(name + " of aws_s3_bucket");
      }
    }
    if (!planned.textMap("tags_all").equals(prior.textMap("tags_all"))) {
      putTags(context, planned);
    }
  }

  private static void putTags(Context context, Attributes planned) {
    List<Tag> tags =
        TagChanges.all(planned, (key, value) -> Tag.builder().key(key).value(value).build());
    if (tags.isEmpty()) {
      context.call(
          DeleteBucketTaggingRequest.builder().bucket(planned.id()).build(),
          DeleteBucketTaggingResponse.class);
    } else {
      context.call(
          PutBucketTaggingRequest.builder()
              .bucket(planned.id())
              .tagging(Tagging.builder().tagSet(tags).build())
              .build(),
          PutBucketTaggingResponse.class);
    }
  }

  @Override
  public void delete(Context context, Attributes state) {
    if (!S3Calls.exists(context, state.id())) {
      return;
    }
    if (state.flag("force_destroy")) {
      empty(context, state.id());
    }
    context.call(
        DeleteBucketRequest.builder().bucket(state.id()).build(), DeleteBucketResponse.class);
  }

  private static void empty(Context context, String bucket) {
    ListObjectVersionsResponse all =
        context.call(
            ListObjectVersionsRequest.builder().bucket(bucket).build(),
            ListObjectVersionsResponse.class);
    List<ObjectIdentifier> objects = new ArrayList<>();
    all.versions().forEach(each -> objects.add(object(each.key(), each.versionId())));
    all.deleteMarkers().forEach(each -> objects.add(object(each.key(), each.versionId())));
    for (int i = 0; i < objects.size(); i += 1000) {
      List<ObjectIdentifier> some = objects.subList(i, Math.min(i + 1000, objects.size()));
      context.call(
          DeleteObjectsRequest.builder()
              .bucket(bucket)
              .delete(Delete.builder().objects(some).build())
              .build(),
          DeleteObjectsResponse.class);
    }
  }

  private static ObjectIdentifier object(String key, String version) {
    return ObjectIdentifier.builder().key(key).versionId(version).build();
  }

  @Override
  public void importById(Context context, String id, Attributes state) {
    state.set("id", id).set("force_destroy", false);
  }
}
