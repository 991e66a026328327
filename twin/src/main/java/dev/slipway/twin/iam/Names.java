package dev.slipway.twin.iam;

import dev.slipway.twin.world.AwsError;
import java.util.regex.Pattern;

/** IAM's rule for names: letters, digits and {@code +=,.@_-}. */
final class Names {

  private static final Pattern ALLOWED = Pattern.compile("[\\w+=,.@-]+");

  private Names() {}

  static void require(String member, String name, int longest) {
    if (name == null || name.isEmpty() || name.length() > longest) {
      throw AwsError.of(
          "ValidationError",
          "1 validation error detected: Value at '"
              + member
              + "' failed to satisfy constraint: Member must have length less than or equal to "
              + longest);
    }
    if (!ALLOWED.matcher(name).matches()) {
      throw AwsError.of(
          "ValidationError",
          "The specified value for "
              + member
              + " is invalid. It must contain only alphanumeric characters and/or the following:"
              + " +=,.@_-");
    }
  }
}
