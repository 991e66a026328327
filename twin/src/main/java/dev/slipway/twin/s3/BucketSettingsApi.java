package dev.slipway.twin.s3;

import dev.slipway.twin.world.AwsError;
import dev.slipway.twin.world.Differs;
import java.util.List;
import software.amazon.awssdk.services.s3.model.BucketLifecycleConfiguration;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;
import software.amazon.awssdk.services.s3.model.DeleteBucketEncryptionRequest;
import software.amazon.awssdk.services.s3.model.DeleteBucketEncryptionResponse;
import software.amazon.awssdk.services.s3.model.DeleteBucketLifecycleRequest;
import software.amazon.awssdk.services.s3.model.DeleteBucketLifecycleResponse;
import software.amazon.awssdk.services.s3.model.DeleteBucketTaggingRequest;
import software.amazon.awssdk.services.s3.model.DeleteBucketTaggingResponse;
import software.amazon.awssdk.services.s3.model.GetBucketEncryptionRequest;
import software.amazon.awssdk.services.s3.model.GetBucketEncryptionResponse;
import software.amazon.awssdk.services.s3.model.GetBucketLifecycleConfigurationRequest;
import software.amazon.awssdk.services.s3.model.GetBucketLifecycleConfigurationResponse;
import software.amazon.awssdk.services.s3.model.GetBucketTaggingRequest;
import software.amazon.awssdk.services.s3.model.GetBucketTaggingResponse;
import software.amazon.awssdk.services.s3.model.GetBucketVersioningRequest;
import software.amazon.awssdk.services.s3.model.GetBucketVersioningResponse;
import software.amazon.awssdk.services.s3.model.LifecycleRule;
import software.amazon.awssdk.services.s3.model.PutBucketEncryptionRequest;
import software.amazon.awssdk.services.s3.model.PutBucketEncryptionResponse;
import software.amazon.awssdk.services.s3.model.PutBucketLifecycleConfigurationRequest;
import software.amazon.awssdk.services.s3.model.PutBucketLifecycleConfigurationResponse;
import software.amazon.awssdk.services.s3.model.PutBucketTaggingRequest;
import software.amazon.awssdk.services.s3.model.PutBucketTaggingResponse;
import software.amazon.awssdk.services.s3.model.PutBucketVersioningRequest;
import software.amazon.awssdk.services.s3.model.PutBucketVersioningResponse;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;
import software.amazon.awssdk.services.s3.model.ServerSideEncryptionByDefault;
import software.amazon.awssdk.services.s3.model.ServerSideEncryptionConfiguration;
import software.amazon.awssdk.services.s3.model.ServerSideEncryptionRule;
import software.amazon.awssdk.services.s3.model.Tagging;
import software.amazon.awssdk.services.s3.model.TransitionDefaultMinimumObjectSize;

/** What a bucket does with its objects. Source: S3 API reference. */
@Differs(
    value = "Lifecycle rules are kept and shown; objects do not expire.",
    because = "No fault or check of a deployment depends on the age of an object.")
final class BucketSettingsApi {

  private final Buckets buckets;

  BucketSettingsApi(Buckets buckets) {
    this.buckets = buckets;
  }

  public PutBucketEncryptionResponse putEncryption(PutBucketEncryptionRequest request) {
    Bucket bucket = buckets.require(request.bucket(), request.expectedBucketOwner());
    buckets
        .<ServerSideEncryptionConfiguration>setting("encryption")
        .put(bucket.name(), request.serverSideEncryptionConfiguration());
    return PutBucketEncryptionResponse.builder().build();
  }

  /** Every bucket is encrypted. Source: S3 user guide, "Setting default encryption". */
  public GetBucketEncryptionResponse getEncryption(GetBucketEncryptionRequest request) {
    return GetBucketEncryptionResponse.builder()
        .serverSideEncryptionConfiguration(
            buckets
                .<ServerSideEncryptionConfiguration>find(
                    "encryption", request.bucket(), request.expectedBucketOwner())
                .orElseGet(BucketSettingsApi::usualEncryption))
        .build();
  }

  public DeleteBucketEncryptionResponse deleteEncryption(DeleteBucketEncryptionRequest request) {
    Bucket bucket = buckets.require(request.bucket(), request.expectedBucketOwner());
    buckets.setting("encryption").remove(bucket.name());
    return DeleteBucketEncryptionResponse.builder().build();
  }

  static ServerSideEncryptionConfiguration usualEncryption() {
    return ServerSideEncryptionConfiguration.builder()
        .rules(
            ServerSideEncryptionRule.builder()
                .applyServerSideEncryptionByDefault(
                    ServerSideEncryptionByDefault.builder()
                        .sseAlgorithm(ServerSideEncryption.AES256)
                        .build())
                .bucketKeyEnabled(false)
                .build())
        .build();
  }

  public PutBucketVersioningResponse putVersioning(PutBucketVersioningRequest request) {
    Bucket bucket = buckets.require(request.bucket(), request.expectedBucketOwner());
    BucketVersioningStatus status = request.versioningConfiguration().status();
    if (status == null || status == BucketVersioningStatus.UNKNOWN_TO_SDK_VERSION) {
      throw AwsError.of(
          "IllegalVersioningConfigurationException", "The Versioning element must be specified");
    }
    if ("Enabled".equals(request.versioningConfiguration().mfaDeleteAsString())) {
      throw S3Errors.notImplemented("MFA delete");
    }
    buckets.<String>setting("versioning").put(bucket.name(), status.toString());
    return PutBucketVersioningResponse.builder().build();
  }

  /** A bucket that never had versions has no status. */
  public GetBucketVersioningResponse getVersioning(GetBucketVersioningRequest request) {
    return GetBucketVersioningResponse.builder()
        .status(
            buckets
                .<String>find("versioning", request.bucket(), request.expectedBucketOwner())
                .orElse(null))
        .build();
  }

  public PutBucketTaggingResponse putTagging(PutBucketTaggingRequest request) {
    Bucket bucket = buckets.require(request.bucket(), request.expectedBucketOwner());
    buckets.<Tagging>setting("tagging").put(bucket.name(), request.tagging());
    return PutBucketTaggingResponse.builder().build();
  }

  public GetBucketTaggingResponse getTagging(GetBucketTaggingRequest request) {
    return GetBucketTaggingResponse.builder()
        .tagSet(
            buckets
                .<Tagging>find("tagging", request.bucket(), request.expectedBucketOwner())
                .orElseThrow(() -> new AwsError("NoSuchTagSet", 404, "The TagSet does not exist"))
                .tagSet())
        .build();
  }

  public DeleteBucketTaggingResponse deleteTagging(DeleteBucketTaggingRequest request) {
    Bucket bucket = buckets.require(request.bucket(), request.expectedBucketOwner());
    buckets.setting("tagging").remove(bucket.name());
    return DeleteBucketTaggingResponse.builder().build();
  }

  public PutBucketLifecycleConfigurationResponse putLifecycle(
      PutBucketLifecycleConfigurationRequest request) {
    Bucket bucket = buckets.require(request.bucket(), request.expectedBucketOwner());
    if (request.lifecycleConfiguration() == null
        || request.lifecycleConfiguration().rules().isEmpty()) {
      throw AwsError.of(
          "MalformedXML",
          "The XML you provided was not well-formed or did not validate against our published"
              + " schema");
    }
    List<LifecycleRule> rules =
        request.lifecycleConfiguration().rules().stream()
            .map(rule ->
                rule.id() == null || rule.id().isEmpty()
                    ? rule.toBuilder().id(buckets.world().ids().alphanumeric(48)).build()
                    : rule)
            .toList();
    buckets
        .<BucketLifecycleConfiguration>setting("lifecycle")
        .put(bucket.name(), BucketLifecycleConfiguration.builder().rules(rules).build());
    return PutBucketLifecycleConfigurationResponse.builder()
        .transitionDefaultMinimumObjectSize(
            TransitionDefaultMinimumObjectSize.ALL_STORAGE_CLASSES_128_K)
        .build();
  }

  public GetBucketLifecycleConfigurationResponse getLifecycle(
      GetBucketLifecycleConfigurationRequest request) {
    return GetBucketLifecycleConfigurationResponse.builder()
        .rules(
            buckets
                .<BucketLifecycleConfiguration>find(
                    "lifecycle", request.bucket(), request.expectedBucketOwner())
                .orElseThrow(() ->
                    new AwsError(
                        "NoSuchLifecycleConfiguration",
                        404,
                        "The lifecycle configuration does not exist"))
                .rules())
        .transitionDefaultMinimumObjectSize(
            TransitionDefaultMinimumObjectSize.ALL_STORAGE_CLASSES_128_K)
        .build();
  }

  public DeleteBucketLifecycleResponse deleteLifecycle(DeleteBucketLifecycleRequest request) {
    Bucket bucket = buckets.require(request.bucket(), request.expectedBucketOwner());
    buckets.setting("lifecycle").remove(bucket.name());
    return DeleteBucketLifecycleResponse.builder().build();
  }
}
