package dev.slipway.twin.ecs;

import dev.slipway.twin.world.AwsError;
import java.util.List;

/**
 * One page of a listing.
 *
 * @param items what stands on it
 * @param nextToken the token of the next page, or null on the last, as the SDK's builders take it
 */
record Page<T>(List<T> items, String nextToken) {

  /**
   * Cuts a page out of a listing. The token is the index of the first item.
   *
   * @param max as asked, or null
   * @param usual the size when nothing is asked
   */
  static <T> Page<T> of(List<T> all, Integer max, String token, int usual) {
    int size = max == null ? usual : max;
    if (size < 1 || size > 100) {
      throw EcsErrors.invalid("maxResults must be between 1 and 100.");
    }
    int from = Math.min(start(token), all.size());
    int to = Math.min(all.size(), from + size);
    return new Page<>(all.subList(from, to), to < all.size() ? Integer.toString(to) : null);
  }

  private static int start(String token) {
    if (token == null || token.isEmpty()) {
      return 0;
    }
    try {
      return Math.max(0, Integer.parseInt(token));
    } catch (NumberFormatException e) {
      throw AwsError.of("InvalidParameterException", "Invalid token " + token);
    }
  }
}
