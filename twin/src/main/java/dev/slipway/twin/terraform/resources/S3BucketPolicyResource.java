package dev.slipway.twin.terraform.resources;

import dev.slipway.twin.terraform.engine.Context;
import dev.slipway.twin.terraform.engine.ResourceHandler;
import dev.slipway.twin.terraform.plan.Traits;
import dev.slipway.twin.terraform.value.Attributes;
import java.util.Optional;
import software.amazon.awssdk.services.s3.model.DeleteBucketPolicyRequest;
import software.amazon.awssdk.services.s3.model.DeleteBucketPolicyResponse;
import software.amazon.awssdk.services.s3.model.GetBucketPolicyRequest;
import software.amazon.awssdk.services.s3.model.GetBucketPolicyResponse;
import software.amazon.awssdk.services.s3.model.PutBucketPolicyRequest;
import software.amazon.awssdk.services.s3.model.PutBucketPolicyResponse;

/** {@code aws_s3_bucket_policy}. */
final class S3BucketPolicyResource implements ResourceHandler {

  @Override
  public String type() {
    return "aws_s3_bucket_policy";
  }

  @Override
  public String label() {
    return "S3 Bucket Policy";
  }

  @Override
  public Traits traits() {
    return IamDocuments.traits("policy");
  }

  @Override
  public void create(Context context, Attributes planned) {
    put(context, planned);
    planned.set("id", planned.text("bucket"));
  }

  @Override
  public boolean read(Context context, Attributes state) {
    Optional<String> policy =
        S3Calls.find(() ->
            context
                .call(
                    GetBucketPolicyRequest.builder().bucket(state.id()).build(),
                    GetBucketPolicyResponse.class)
                .policy());
    policy.ifPresent(document -> {
      state.set("bucket", state.id());
      IamDocuments.set(state, "policy", document);
    });
    return policy.isPresent();
  }

  @Override
  public void update(Context context, Attributes prior, Attributes planned) {
    put(context, planned);
  }

  @Override
  public void delete(Context context, Attributes state) {
    S3Calls.find(() ->
        context.call(
            DeleteBucketPolicyRequest.builder().bucket(state.id()).build(),
            DeleteBucketPolicyResponse.class));
  }

  private static void put(Context context, Attributes planned) {
    context.call(
        PutBucketPolicyRequest.builder()
            .bucket(planned.text("bucket"))
            .policy(planned.text("policy"))
            .build(),
        PutBucketPolicyResponse.class);
  }
}
