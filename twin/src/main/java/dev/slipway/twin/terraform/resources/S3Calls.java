package dev.slipway.twin.terraform.resources;

import dev.slipway.twin.terraform.engine.CallFailed;
import dev.slipway.twin.terraform.engine.Context;
import dev.slipway.twin.terraform.value.Attributes;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.services.s3.model.HeadBucketRequest;
import software.amazon.awssdk.services.s3.model.HeadBucketResponse;

/** What the resource types of S3 share. */
final class S3Calls {

  private S3Calls() {}

  /** Whether a bucket exists. */
  static boolean exists(Context context, String bucket) {
    return find(() ->
            context.call(
                HeadBucketRequest.builder().bucket(bucket).build(), HeadBucketResponse.class))
        .isPresent();
  }

  /** What the call finds; nothing when S3 says that the bucket or the setting is not there. */
  static <T> Optional<T> find(Supplier<T> call) {
    try {
      return Optional.ofNullable(call.get());
    } catch (CallFailed e) {
      if (e.code().startsWith("NoSuch")
          || e.code().equals("NotFound")
          || e.code().endsWith("NotFoundError")) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /** The bucket of an id, which is followed by the expected owner where there is one. */
  static String bucket(Attributes state) {
    int comma = state.id().indexOf(',');
    return comma < 0 ? state.id() : state.id().substring(0, comma);
  }

  /** The expected owner of an id, or null. */
  static String owner(Attributes state) {
    int comma = state.id().indexOf(',');
    return comma < 0 ? null : state.id().substring(comma + 1);
  }

  /** The id of a setting: its bucket, and the expected owner where there is one. */
  static String id(Attributes planned) {
    String owner = planned.text("expected_bucket_owner");
    return owner == null ? planned.text("bucket") : planned.text("bucket") + "," + owner;
  }
}
