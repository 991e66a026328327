package dev.slipway.twin.iam;

import dev.slipway.twin.world.AwsError;
import java.util.List;

/** A page of a list; the marker is the index of the next item. */
record Page<T>(List<T> items, boolean truncated, String marker) {

  private static final int DEFAULT_SIZE = 100;

  static <T> Page<T> of(List<T> all, String marker, Integer maxItems) {
    int from = marker == null ? 0 : index(marker, all.size());
    int size = maxItems == null ? DEFAULT_SIZE : maxItems;
    if (size < 1 || size > 1000) {
      throw AwsError.of(
          "ValidationError",
          "1 validation error detected: Value '"
              + size
              + "' at 'maxItems' failed to satisfy constraint: Member must be between 1 and 1000");
    }
    int to = Math.min(all.size(), from + size);
    boolean more = to < all.size();
    return new Page<>(all.subList(from, to), more, more ? Integer.toString(to) : null);
  }

  private static int index(String marker, int size) {
    try {
      int index = Integer.parseInt(marker);
      if (index >= 0 && index <= size) {
        return index;
      }
    } catch (NumberFormatException e) {
      // Falls through to the refusal.
    }
    throw AwsError.of("ValidationError", "Invalid Marker.");
  }
}
