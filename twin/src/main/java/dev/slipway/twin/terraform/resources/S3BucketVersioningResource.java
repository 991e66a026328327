package dev.slipway.twin.terraform.resources;

import dev.slipway.twin.terraform.engine.Context;
import dev.slipway.twin.terraform.engine.ResourceHandler;
import dev.slipway.twin.terraform.value.Attributes;
import java.util.Optional;
import software.amazon.awssdk.services.s3.model.GetBucketVersioningRequest;
import software.amazon.awssdk.services.s3.model.GetBucketVersioningResponse;
import software.amazon.awssdk.services.s3.model.PutBucketVersioningRequest;
import software.amazon.awssdk.services.s3.model.PutBucketVersioningResponse;
import software.amazon.awssdk.services.s3.model.VersioningConfiguration;

/** {@code aws_s3_bucket_versioning}. To delete it is to suspend versioning. */
final class S3BucketVersioningResource implements ResourceHandler {

  @Override
  public String type() {
    return "aws_s3_bucket_versioning";
  }

  @Override
  public String label() {
    return "S3 Bucket Versioning";
  }

  @Override
  public void create(Context context, Attributes planned) {
    String status = status(planned);
    if (!status.equals("Disabled")) {
      put(context, planned.text("bucket"), planned.text("expected_bucket_owner"), status);
    }
    planned.set("id", S3Calls.id(planned));
  }

  @Override
  public boolean read(Context context, Attributes state) {
    GetBucketVersioningRequest request =
        GetBucketVersioningRequest.builder()
            .bucket(S3Calls.bucket(state))
            .expectedBucketOwner(S3Calls.owner(state))
            .build();
    Optional<GetBucketVersioningResponse> found =
        S3Calls.find(() -> context.call(request, GetBucketVersioningResponse.class));
    if (found.isEmpty()) {
      return false;
    }
    String status = found.get().statusAsString();
    state
        .set("bucket", S3Calls.bucket(state))
        .setText("expected_bucket_owner", S3Calls.owner(state))
        .setBlock(
            "versioning_configuration",
            new Attributes()
                .set("status", status == null ? "Disabled" : status)
                .setText("mfa_delete", found.get().mfaDeleteAsString()));
    return true;
  }

  @Override
  public void update(Context context, Attributes prior, Attributes planned) {
    put(context, S3Calls.bucket(planned), S3Calls.owner(planned), status(planned));
  }

  @Override
  public void delete(Context context, Attributes state) {
    if (!status(state).equals("Disabled")) {
      S3Calls.find(() -> {
        put(context, S3Calls.bucket(state), S3Calls.owner(state), "Suspended");
        return true;
      });
    }
  }

  private static String status(Attributes attributes) {
    return attributes
        .block("versioning_configuration")
        .map(configuration -> configuration.text("status", ""))
        .orElse("");
  }

  private static void put(Context context, String bucket, String owner, String status) {
    context.call(
        PutBucketVersioningRequest.builder()
            .bucket(bucket)
            .expectedBucketOwner(owner)
            .versioningConfiguration(VersioningConfiguration.builder().status(status).build())
            .build(),
        PutBucketVersioningResponse.class);
  }
}
