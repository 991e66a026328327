package dev.slipway.twin.iam;

import dev.slipway.twin.world.AwsError;

/** IAM's refusals in its words. Source: answers of the real service as users quote them. */
final class IamErrors {

  private IamErrors() {}

  static AwsError notFound(String message) {
    return new AwsError("NoSuchEntity", 404, message);
  }

  static AwsError noRole(String name) {
    return notFound("The role with name " + name + " cannot be found.");
  }

  static AwsError noUser(String name) {
    return notFound("The user with name " + name + " cannot be found.");
  }

  static AwsError exists(String message) {
    return new AwsError("EntityAlreadyExists", 409, message);
  }

  static AwsError deleteConflict(String message) {
    return new AwsError("DeleteConflict", 409, message);
  }

  static AwsError limit(String message) {
    return new AwsError("LimitExceeded", 409, message);
  }

  static AwsError unmodifiable(String role) {
    return AwsError.of(
        "UnmodifiableEntity",
        "Cannot perform the operation on the protected role '"
            + role
            + "' - this role is only modifiable by AWS");
  }

  static AwsError invalid(String value, String field, String constraint) {
    return AwsError.of(
        "ValidationError",
        "1 validation error detected: Value '%s' at '%s' failed to satisfy constraint: %s"
            .formatted(value, field, constraint));
  }
}
