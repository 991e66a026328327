package dev.slipway.twin.ecs;

import dev.slipway.twin.world.Page;
import java.util.List;

/** Pages as ECS cuts them: 1 to 100 items. Source: ECS API reference, {@code maxResults}. */
final class Listing {

  private static final int MOST = 100;

  private Listing() {}

  /** One page of a listing. */
  static <T> Page<T> page(List<T> all, Integer max, String token, int usual) {
    if (max != null && (max < 1 || max > MOST)) {
      throw EcsErrors.invalid("maxResults must be between 1 and 100.");
    }
    return Page.of(all, token, max, usual);
  }
}
