package dev.slipway.twin.s3;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.twin.world.AwsError;
import dev.slipway.twin.world.Differs;
import software.amazon.awssdk.services.s3.model.DeleteBucketOwnershipControlsRequest;
import software.amazon.awssdk.services.s3.model.DeleteBucketOwnershipControlsResponse;
import software.amazon.awssdk.services.s3.model.DeleteBucketPolicyRequest;
import software.amazon.awssdk.services.s3.model.DeleteBucketPolicyResponse;
import software.amazon.awssdk.services.s3.model.DeletePublicAccessBlockRequest;
import software.amazon.awssdk.services.s3.model.DeletePublicAccessBlockResponse;
import software.amazon.awssdk.services.s3.model.GetBucketOwnershipControlsRequest;
import software.amazon.awssdk.services.s3.model.GetBucketOwnershipControlsResponse;
import software.amazon.awssdk.services.s3.model.GetBucketPolicyRequest;
import software.amazon.awssdk.services.s3.model.GetBucketPolicyResponse;
import software.amazon.awssdk.services.s3.model.GetPublicAccessBlockRequest;
import software.amazon.awssdk.services.s3.model.GetPublicAccessBlockResponse;
import software.amazon.awssdk.services.s3.model.OwnershipControls;
import software.amazon.awssdk.services.s3.model.PublicAccessBlockConfiguration;
import software.amazon.awssdk.services.s3.model.PutBucketOwnershipControlsRequest;
import software.amazon.awssdk.services.s3.model.PutBucketOwnershipControlsResponse;
import software.amazon.awssdk.services.s3.model.PutBucketPolicyRequest;
import software.amazon.awssdk.services.s3.model.PutBucketPolicyResponse;
import software.amazon.awssdk.services.s3.model.PutPublicAccessBlockRequest;
import software.amazon.awssdk.services.s3.model.PutPublicAccessBlockResponse;

/** Who may do what with a bucket. Source: S3 API reference. */
@Differs(
    value = "Bucket policies and public access blocks are kept and shown, and decide nothing.",
    because =
        "The twin listens on loopback, over plain HTTP, which the policy of a state bucket denies.")
final class BucketGuardApi {

  private final Buckets buckets;

  BucketGuardApi(Buckets buckets) {
    this.buckets = buckets;
  }

  public PutPublicAccessBlockResponse putPublicAccessBlock(PutPublicAccessBlockRequest request) {
    Bucket bucket = buckets.require(request.bucket(), request.expectedBucketOwner());
    buckets
        .<PublicAccessBlockConfiguration>setting("publicAccessBlock")
        .put(bucket.name(), request.publicAccessBlockConfiguration());
    return PutPublicAccessBlockResponse.builder().build();
  }

  public GetPublicAccessBlockResponse getPublicAccessBlock(GetPublicAccessBlockRequest request) {
    return GetPublicAccessBlockResponse.builder()
        .publicAccessBlockConfiguration(
            buckets
                .<PublicAccessBlockConfiguration>find(
                    "publicAccessBlock", request.bucket(), request.expectedBucketOwner())
                .orElseThrow(() ->
                    new AwsError(
                        "NoSuchPublicAccessBlockConfiguration",
                        404,
                        "The public access block configuration was not found")))
        .build();
  }

  public DeletePublicAccessBlockResponse deletePublicAccessBlock(
      DeletePublicAccessBlockRequest request) {
    Bucket bucket = buckets.require(request.bucket(), request.expectedBucketOwner());
    buckets.setting("publicAccessBlock").remove(bucket.name());
    return DeletePublicAccessBlockResponse.builder().build();
  }

  public PutBucketOwnershipControlsResponse putOwnershipControls(
      PutBucketOwnershipControlsRequest request) {
    Bucket bucket = buckets.require(request.bucket(), request.expectedBucketOwner());
    buckets.<OwnershipControls>setting("ownership").put(bucket.name(), request.ownershipControls());
    return PutBucketOwnershipControlsResponse.builder().build();
  }

  public GetBucketOwnershipControlsResponse getOwnershipControls(
      GetBucketOwnershipControlsRequest request) {
    return GetBucketOwnershipControlsResponse.builder()
        .ownershipControls(
            buckets
                .<OwnershipControls>find(
                    "ownership", request.bucket(), request.expectedBucketOwner())
                .orElseThrow(() ->
                    new AwsError(
                        "OwnershipControlsNotFoundError",
                        404,
                        "The bucket ownership controls were not found")))
        .build();
  }

  public DeleteBucketOwnershipControlsResponse deleteOwnershipControls(
      DeleteBucketOwnershipControlsRequest request) {
    Bucket bucket = buckets.require(request.bucket(), request.expectedBucketOwner());
    buckets.setting("ownership").remove(bucket.name());
    return DeleteBucketOwnershipControlsResponse.builder().build();
  }

  public PutBucketPolicyResponse putPolicy(PutBucketPolicyRequest request) {
    Bucket bucket = buckets.require(request.bucket(), request.expectedBucketOwner());
    requirePolicy(request.policy());
    buckets.<String>setting("policy").put(bucket.name(), request.policy());
    return PutBucketPolicyResponse.builder().build();
  }

  public GetBucketPolicyResponse getPolicy(GetBucketPolicyRequest request) {
    return GetBucketPolicyResponse.builder()
        .policy(
            buckets
                .<String>find("policy", request.bucket(), request.expectedBucketOwner())
                .orElseThrow(() ->
                    new AwsError("NoSuchBucketPolicy", 404, "The bucket policy does not exist")))
        .build();
  }

  public DeleteBucketPolicyResponse deletePolicy(DeleteBucketPolicyRequest request) {
    Bucket bucket = buckets.require(request.bucket(), request.expectedBucketOwner());
    buckets.setting("policy").remove(bucket.name());
    return DeleteBucketPolicyResponse.builder().build();
  }

  private static void requirePolicy(String policy) {
    try {
      if (policy != null && JSON.readTree(policy).path("Statement").size() > 0) {
        return;
      }
    } catch (JsonProcessingException e) {
      // falls through to the refusal
    }
    throw AwsError.of(
        "MalformedPolicy", "Policies must be valid JSON and the first byte must be '{'");
  }

  private static final ObjectMapper JSON = new ObjectMapper();
}
