package dev.slipway.twin.terraform.resources;

import dev.slipway.twin.terraform.engine.Context;
import dev.slipway.twin.terraform.engine.ResourceHandler;
import dev.slipway.twin.terraform.value.Attributes;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.s3.model.BucketLifecycleConfiguration;
import software.amazon.awssdk.services.s3.model.DeleteBucketLifecycleRequest;
import software.amazon.awssdk.services.s3.model.DeleteBucketLifecycleResponse;
import software.amazon.awssdk.services.s3.model.GetBucketLifecycleConfigurationRequest;
import software.amazon.awssdk.services.s3.model.GetBucketLifecycleConfigurationResponse;
import software.amazon.awssdk.services.s3.model.LifecycleRule;
import software.amazon.awssdk.services.s3.model.PutBucketLifecycleConfigurationRequest;
import software.amazon.awssdk.services.s3.model.PutBucketLifecycleConfigurationResponse;

/** {@code aws_s3_bucket_lifecycle_configuration}. */
final class S3BucketLifecycleResource implements ResourceHandler {

  @Override
  public String type() {
    return "aws_s3_bucket_lifecycle_configuration";
  }

  @Override
  public String label() {
    return "S3 Bucket Lifecycle Configuration";
  }

  @Override
  public void create(Context context, Attributes planned) {
    put(context, planned.text("bucket"), planned.text("expected_bucket_owner"), planned);
    planned.set("id", S3Calls.id(planned));
  }

  @Override
  public boolean read(Context context, Attributes state) {
    GetBucketLifecycleConfigurationRequest request =
        GetBucketLifecycleConfigurationRequest.builder()
            .bucket(S3Calls.bucket(state))
            .expectedBucketOwner(S3Calls.owner(state))
            .build();
    Optional<List<LifecycleRule>> rules =
        S3Calls.find(
            () -> context.call(request, GetBucketLifecycleConfigurationResponse.class).rules());
    rules.ifPresent(found ->
        state
            .set("bucket", S3Calls.bucket(state))
            .setText("expected_bucket_owner", S3Calls.owner(state))
            .setBlocks("rule", found.stream().map(S3LifecycleRules::write).toList()));
    return rules.isPresent();
  }

  @Override
  public void update(Context context, Attributes prior, Attributes planned) {
    put(context, S3Calls.bucket(planned), S3Calls.owner(planned), planned);
  }

  @Override
  public void delete(Context context, Attributes state) {
    S3Calls.find(() ->
        context.call(
            DeleteBucketLifecycleRequest.builder()
                .bucket(S3Calls.bucket(state))
                .expectedBucketOwner(S3Calls.owner(state))
                .build(),
            DeleteBucketLifecycleResponse.class));
  }

  private static void put(Context context, String bucket, String owner, Attributes planned) {
    List<LifecycleRule> rules =
        planned.blocks("rule").stream().map(S3LifecycleRules::read).toList();
    context.call(
        PutBucketLifecycleConfigurationRequest.builder()
            .bucket(bucket)
            .expectedBucketOwner(owner)
            .lifecycleConfiguration(BucketLifecycleConfiguration.builder().rules(rules).build())
            .build(),
        PutBucketLifecycleConfigurationResponse.class);
  }
}
