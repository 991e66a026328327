package dev.slipway.twin.s3;

import dev.slipway.twin.world.AwsError;
import software.amazon.awssdk.services.s3.model.AccessControlPolicy;
import software.amazon.awssdk.services.s3.model.GetBucketAccelerateConfigurationRequest;
import software.amazon.awssdk.services.s3.model.GetBucketAccelerateConfigurationResponse;
import software.amazon.awssdk.services.s3.model.GetBucketAclRequest;
import software.amazon.awssdk.services.s3.model.GetBucketAclResponse;
import software.amazon.awssdk.services.s3.model.GetBucketCorsRequest;
import software.amazon.awssdk.services.s3.model.GetBucketCorsResponse;
import software.amazon.awssdk.services.s3.model.GetBucketLoggingRequest;
import software.amazon.awssdk.services.s3.model.GetBucketLoggingResponse;
import software.amazon.awssdk.services.s3.model.GetBucketNotificationConfigurationRequest;
import software.amazon.awssdk.services.s3.model.GetBucketNotificationConfigurationResponse;
import software.amazon.awssdk.services.s3.model.GetBucketReplicationRequest;
import software.amazon.awssdk.services.s3.model.GetBucketReplicationResponse;
import software.amazon.awssdk.services.s3.model.GetBucketRequestPaymentRequest;
import software.amazon.awssdk.services.s3.model.GetBucketRequestPaymentResponse;
import software.amazon.awssdk.services.s3.model.GetBucketWebsiteRequest;
import software.amazon.awssdk.services.s3.model.GetBucketWebsiteResponse;
import software.amazon.awssdk.services.s3.model.GetObjectLockConfigurationRequest;
import software.amazon.awssdk.services.s3.model.GetObjectLockConfigurationResponse;
import software.amazon.awssdk.services.s3.model.Grant;
import software.amazon.awssdk.services.s3.model.Grantee;
import software.amazon.awssdk.services.s3.model.Payer;
import software.amazon.awssdk.services.s3.model.Permission;
import software.amazon.awssdk.services.s3.model.Type;

/**
 * What the twin's buckets never have, so that the answers are those of a bucket on which it was
 * never set: the requests that would set it are refused. Source: S3 API reference.
 */
final class BucketDefaultsApi {

  private final Buckets buckets;

  BucketDefaultsApi(Buckets buckets) {
    this.buckets = buckets;
  }

  public GetBucketAclResponse acl(GetBucketAclRequest request) {
    buckets.require(request.bucket(), request.expectedBucketOwner());
    AccessControlPolicy policy =
        AccessControlPolicy.builder()
            .owner(buckets.owner())
            .grants(
                Grant.builder()
                    .grantee(
                        Grantee.builder()
                            .type(Type.CANONICAL_USER)
                            .id(buckets.owner().id())
                            .build())
                    .permission(Permission.FULL_CONTROL)
                    .build())
            .build();
    return GetBucketAclResponse.builder().owner(policy.owner()).grants(policy.grants()).build();
  }

  public GetBucketCorsResponse cors(GetBucketCorsRequest request) {
    buckets.require(request.bucket(), request.expectedBucketOwner());
    throw new AwsError("NoSuchCORSConfiguration", 404, "The CORS configuration does not exist");
  }

  public GetBucketWebsiteResponse website(GetBucketWebsiteRequest request) {
    buckets.require(request.bucket(), request.expectedBucketOwner());
    throw new AwsError(
        "NoSuchWebsiteConfiguration",
        404,
        "The specified bucket does not have a website configuration");
  }

  public GetBucketReplicationResponse replication(GetBucketReplicationRequest request) {
    buckets.require(request.bucket(), request.expectedBucketOwner());
    throw new AwsError(
        "ReplicationConfigurationNotFoundError",
        404,
        "The replication configuration was not found");
  }

  public GetObjectLockConfigurationResponse objectLock(GetObjectLockConfigurationRequest request) {
    buckets.require(request.bucket(), request.expectedBucketOwner());
    throw new AwsError(
        "ObjectLockConfigurationNotFoundError",
        404,
        "Object Lock configuration does not exist for this bucket");
  }

  public GetBucketAccelerateConfigurationResponse accelerate(
      GetBucketAccelerateConfigurationRequest request) {
    buckets.require(request.bucket(), request.expectedBucketOwner());
    return GetBucketAccelerateConfigurationResponse.builder().build();
  }

  public GetBucketRequestPaymentResponse payment(GetBucketRequestPaymentRequest request) {
    buckets.require(request.bucket(), request.expectedBucketOwner());
    return GetBucketRequestPaymentResponse.builder().payer(Payer.BUCKET_OWNER).build();
  }

  public GetBucketLoggingResponse logging(GetBucketLoggingRequest request) {
    buckets.require(request.bucket(), request.expectedBucketOwner());
    return GetBucketLoggingResponse.builder().build();
  }

  public GetBucketNotificationConfigurationResponse notification(
      GetBucketNotificationConfigurationRequest request) {
    buckets.require(request.bucket(), request.expectedBucketOwner());
    return GetBucketNotificationConfigurationResponse.builder().build();
  }
}
