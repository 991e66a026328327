package dev.slipway.twin.ec2;

import dev.slipway.twin.world.AwsError;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/**
 * A page of an answer.
 *
 * @param items what is on it
 * @param nextToken asks for the page that follows; null on the last
 */
record Page<T>(List<T> items, String nextToken) {

  private static final int LARGEST = 1000;

  /** The page of a list that a request asks for. */
  static <T> Page<T> of(List<T> all, Integer maxResults, String nextToken) {
    int from = nextToken == null || nextToken.isEmpty() ? 0 : offset(nextToken);
    if (maxResults == null) {
      return new Page<>(all.subList(Math.min(from, all.size()), all.size()), null);
    }
    if (maxResults < 5) {
      throw AwsError.of(
          "InvalidParameterValue",
          "Value ( %d ) for parameter maxResults is invalid. Expecting a value greater than 5."
              .formatted(maxResults));
    }
    int end = (int) Math.min((long) from + Math.min(maxResults, LARGEST), all.size());
    List<T> items = all.subList(Math.min(from, all.size()), end);
    return new Page<>(items, end < all.size() ? token(end) : null);
  }

  private static String token(int offset) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(("from:" + offset).getBytes(StandardCharsets.UTF_8));
  }

  private static int offset(String token) {
    try {
      String text = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
      if (text.startsWith("from:")) {
        return Math.max(0, Integer.parseInt(text.substring(5)));
      }
    } catch (IllegalArgumentException e) {
      // Falls through: AWS tells no more than that the token is none of its own.
    }
    throw AwsError.of("InvalidParameterValue", "Unable to parse pagination token");
  }
}
