package dev.slipway.twin.terraform.resources;

import dev.slipway.twin.terraform.engine.Context;
import dev.slipway.twin.terraform.engine.ResourceHandler;
import dev.slipway.twin.terraform.value.Attributes;
import java.util.Optional;
import software.amazon.awssdk.services.s3.model.DeletePublicAccessBlockRequest;
import software.amazon.awssdk.services.s3.model.DeletePublicAccessBlockResponse;
import software.amazon.awssdk.services.s3.model.GetPublicAccessBlockRequest;
import software.amazon.awssdk.services.s3.model.GetPublicAccessBlockResponse;
import software.amazon.awssdk.services.s3.model.PublicAccessBlockConfiguration;
import software.amazon.awssdk.services.s3.model.PutPublicAccessBlockRequest;
import software.amazon.awssdk.services.s3.model.PutPublicAccessBlockResponse;

/** {@code aws_s3_bucket_public_access_block}. */
final class S3PublicAccessBlockResource implements ResourceHandler {

  @Override
  public String type() {
    return "aws_s3_bucket_public_access_block";
  }

  @Override
  public String label() {
    return "S3 Bucket Public Access Block";
  }

  @Override
  public void create(Context context, Attributes planned) {
    put(context, planned);
    planned.set("id", planned.text("bucket"));
  }

  @Override
  public boolean read(Context context, Attributes state) {
    Optional<PublicAccessBlockConfiguration> found =
        S3Calls.find(() ->
            context
                .call(
                    GetPublicAccessBlockRequest.builder().bucket(state.id()).build(),
                    GetPublicAccessBlockResponse.class)
                .publicAccessBlockConfiguration());
    found.ifPresent(block ->
        state
            .set("bucket", state.id())
            .set("block_public_acls", Boolean.TRUE.equals(block.blockPublicAcls()))
            .set("block_public_policy", Boolean.TRUE.equals(block.blockPublicPolicy()))
            .set("ignore_public_acls", Boolean.TRUE.equals(block.ignorePublicAcls()))
            .set("restrict_public_buckets", Boolean.TRUE.equals(block.restrictPublicBuckets())));
    return found.isPresent();
  }

  @Override
  public void update(Context context, Attributes prior, Attributes planned) {
    put(context, planned);
  }

  @Override
  public void delete(Context context, Attributes state) {
    S3Calls.find(() ->
        context.call(
            DeletePublicAccessBlockRequest.builder().bucket(state.id()).build(),
            DeletePublicAccessBlockResponse.class));
  }

  private static void put(Context context, Attributes planned) {
    context.call(
        PutPublicAccessBlockRequest.builder()
            .bucket(planned.text("bucket"))
            .publicAccessBlockConfiguration(
                PublicAccessBlockConfiguration.builder()
                    .blockPublicAcls(planned.flag("block_public_acls"))
                    .blockPublicPolicy(planned.flag("block_public_policy"))
                    .ignorePublicAcls(planned.flag("ignore_public_acls"))
                    .restrictPublicBuckets(planned.flag("restrict_public_buckets"))
                    .build())
            .build(),
        PutPublicAccessBlockResponse.class);
  }
}
