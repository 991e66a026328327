package dev.slipway.twin.s3;

import dev.slipway.twin.world.AwsError;

/** How S3 refuses. Source: S3 API reference, "Error responses". */
final class S3Errors {

  private S3Errors() {}

  static AwsError noSuchBucket() {
    return new AwsError("NoSuchBucket", 404, "The specified bucket does not exist");
  }

  static AwsError noSuchKey() {
    return new AwsError("NoSuchKey", 404, "The specified key does not exist.");
  }

  static AwsError noSuchVersion() {
    return new AwsError("NoSuchVersion", 404, "The specified version does not exist.");
  }

  static AwsError precondition() {
    return new AwsError(
        "PreconditionFailed", 412, "At least one of the pre-conditions you specified did not hold");
  }

  static AwsError invalid(String message) {
    return AwsError.of("InvalidArgument", message);
  }

  /** A member of a request that the twin does not look at. */
  static AwsError notImplemented(String member) {
    return new AwsError(
        "NotImplemented",
        501,
        "A header you provided implies functionality that is not implemented: the twin's S3 does"
            + " not have "
            + member);
  }
}
