package dev.slipway.twin.world;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/**
 * One page of a listing.
 *
 * @param items what stands on the page
 * @param nextToken what asks for the next page, or null on the last one as SDK builders take it
 */
public record Page<T>(List<T> items, String nextToken) {

  /**
   * Cuts a page out of a whole listing.
   *
   * @param token the token of the page before, or null for the first page
   * @param asked how many items the caller wants, or null
   * @param usual how many there are when the caller does not say
   * @throws AwsError {@code InvalidParameterException} when no page gave the token out
   */
  public static <T> Page<T> of(List<T> all, String token, Integer asked, int usual) {
    int from = token == null || token.isEmpty() ? 0 : position(token);
    int size = asked == null || asked <= 0 ? usual : asked;
    int start = Math.min(from, all.size());
    int end = Math.min(start + size, all.size());
    return new Page<>(List.copyOf(all.subList(start, end)), end < all.size() ? token(end) : null);
  }

  private static String token(int position) {
    return Base64.getUrlEncoder()
        .encodeToString(("from:" + position).getBytes(StandardCharsets.UTF_8));
  }

  private static int position(String token) {
    try {
      String text = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
      if (text.startsWith("from:")) {
        return Integer.parseUnsignedInt(text.substring(5));
      }
    } catch (IllegalArgumentException e) {
      // Falls through: the same answer as for a token of another shape.
    }
    throw AwsError.of("InvalidParameterException", "The specified token is not valid.");
  }
}
