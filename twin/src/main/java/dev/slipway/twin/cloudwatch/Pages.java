package dev.slipway.twin.cloudwatch;

import dev.slipway.twin.world.AwsError;
import dev.slipway.twin.world.Page;
import java.util.List;

/** Pages with CloudWatch's own error for a token that nobody gave out. */
final class Pages {

  private Pages() {}

  static <T> Page<T> of(List<T> all, String token, Integer asked, int usual) {
    try {
      return Page.of(all, token, asked, usual);
    } catch (AwsError e) {
      throw AwsError.of("InvalidNextToken", "The next token specified is invalid.");
    }
  }
}
