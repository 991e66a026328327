package dev.slipway.topology;

import dev.slipway.topology.Verdict.Obstacle;
import dev.slipway.topology.Verdict.ObstacleKind;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Makes obstacles. */
final class Obstacles {

  private Obstacles() {}

  static Obstacle of(
      ObstacleKind kind, String resourceId, String explanation, Collection<String> relatedIds) {
    return new Obstacle(kind, resourceId, List.copyOf(relatedIds), explanation);
  }

  /** All ids once, in order, without the given one. */
  @SafeVarargs
  static Collection<String> others(String id, Collection<String>... ids) {
    Set<String> all = new LinkedHashSet<>();
    for (Collection<String> some : ids) {
      all.addAll(some);
    }
    all.remove(id);
    return all;
  }
}
