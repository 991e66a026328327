package dev.slipway.twin.elbv2;

import java.util.List;

/**
 * One page of a description. Source: ELBv2 API reference, PageSize 1 to 400.
 *
 * @param items what is on it
 * @param nextMarker where the next begins; null on the last
 */
record Page<T>(List<T> items, String nextMarker) {

  private static final int LARGEST = 400;

  /** Cuts a page out of everything there is. */
  static <T> Page<T> of(List<T> all, String marker, Integer pageSize) {
    Refusal.outside("pageSize", pageSize, 1, LARGEST);
    int from = marker == null ? 0 : start(marker, all.size());
    int to = Math.min(all.size(), from + (pageSize == null ? LARGEST : pageSize));
    return new Page<>(all.subList(from, to), to < all.size() ? String.valueOf(to) : null);
  }

  private static int start(String marker, int size) {
    if (!AttributeSet.isNumber(marker, 0, size)) {
      throw Refusal.validation("The marker '" + marker + "' is not valid");
    }
    return Integer.parseInt(marker);
  }
}
