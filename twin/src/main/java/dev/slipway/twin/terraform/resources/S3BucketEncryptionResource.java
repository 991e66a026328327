package dev.slipway.twin.terraform.resources;

import dev.slipway.twin.terraform.engine.Context;
import dev.slipway.twin.terraform.engine.ResourceHandler;
import dev.slipway.twin.terraform.value.Attributes;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.s3.model.DeleteBucketEncryptionRequest;
import software.amazon.awssdk.services.s3.model.DeleteBucketEncryptionResponse;
import software.amazon.awssdk.services.s3.model.GetBucketEncryptionRequest;
import software.amazon.awssdk.services.s3.model.GetBucketEncryptionResponse;
import software.amazon.awssdk.services.s3.model.PutBucketEncryptionRequest;
import software.amazon.awssdk.services.s3.model.PutBucketEncryptionResponse;
import software.amazon.awssdk.services.s3.model.ServerSideEncryptionByDefault;
import software.amazon.awssdk.services.s3.model.ServerSideEncryptionConfiguration;
import software.amazon.awssdk.services.s3.model.ServerSideEncryptionRule;

/** {@code aws_s3_bucket_server_side_encryption_configuration}. */
final class S3BucketEncryptionResource implements ResourceHandler {

  @Override
  public String type() {
    return "aws_s3_bucket_server_side_encryption_configuration";
  }

  @Override
  public String label() {
    return "S3 Bucket Server-side Encryption Configuration";
  }

  @Override
  public void create(Context context, Attributes planned) {
    put(context, planned.text("bucket"), planned.text("expected_bucket_owner"), planned);
    planned.set("id", S3Calls.id(planned));
  }

  @Override
  public boolean read(Context context, Attributes state) {
    GetBucketEncryptionRequest request =
        GetBucketEncryptionRequest.builder()
            .bucket(S3Calls.bucket(state))
            .expectedBucketOwner(S3Calls.owner(state))
            .build();
    Optional<GetBucketEncryptionResponse> found =
        S3Calls.find(() -> context.call(request, GetBucketEncryptionResponse.class));
    found.ifPresent(response ->
        state
            .set("bucket", S3Calls.bucket(state))
            .setText("expected_bucket_owner", S3Calls.owner(state))
            .setBlocks(
                "rule",
                response.serverSideEncryptionConfiguration().rules().stream()
                    .map(S3BucketSettings::rule)
                    .toList()));
    return found.isPresent();
  }

  @Override
  public void update(Context context, Attributes prior, Attributes planned) {
    put(context, S3Calls.bucket(planned), S3Calls.owner(planned), planned);
  }

  @Override
  public void delete(Context context, Attributes state) {
    S3Calls.find(() ->
        context.call(
            DeleteBucketEncryptionRequest.builder()
                .bucket(S3Calls.bucket(state))
                .expectedBucketOwner(S3Calls.owner(state))
                .build(),
            DeleteBucketEncryptionResponse.class));
  }

  private static void put(Context context, String bucket, String owner, Attributes planned) {
    List<ServerSideEncryptionRule> rules =
        planned.blocks("rule").stream().map(S3BucketEncryptionResource::rule).toList();
    context.call(
        PutBucketEncryptionRequest.builder()
            .bucket(bucket)
            .expectedBucketOwner(owner)
            .serverSideEncryptionConfiguration(
                ServerSideEncryptionConfiguration.builder().rules(rules).build())
            .build(),
        PutBucketEncryptionResponse.class);
  }

  private static ServerSideEncryptionRule rule(Attributes rule) {
    return ServerSideEncryptionRule.builder()
        .bucketKeyEnabled(rule.flag("bucket_key_enabled"))
        .applyServerSideEncryptionByDefault(
            rule.block("apply_server_side_encryption_by_default")
                .map(usual ->
                    ServerSideEncryptionByDefault.builder()
                        .sseAlgorithm(usual.text("sse_algorithm"))
                        .kmsMasterKeyID(usual.text("kms_master_key_id"))
                        .build())
                .orElse(null))
        .build();
  }
}
