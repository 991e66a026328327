package dev.slipway.validation.diagnose;

import dev.slipway.validation.observe.Traffic;
import dev.slipway.validation.observe.Traffic.Hit;
import dev.slipway.validation.observe.Traffic.Sighting;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What AWS showed around a request.
 *
 * @param nobodyHealthy whether no target was healthy
 * @param leaving whether a task was being stopped
 * @param crashed whether a task ended by itself
 * @param complete whether the rollout was complete
 * @param rolledBack whether a rollback was complete
 */
record Circumstances(
    boolean nobodyHealthy, boolean leaving, boolean crashed, boolean complete, boolean rolledBack) {

  /** AWS is read a few times a second, and shows things a little late. */
  private static final Duration NEAR = Duration.ofSeconds(3);

  /** The end of a task shows later than its silence. */
  private static final Duration ENDING = Duration.ofSeconds(15);

  static Circumstances of(Hit hit, Traffic traffic) {
    List<Sighting> near = around(hit, traffic.sightings(), NEAR);
    return new Circumstances(
        near.stream().anyMatch(s -> s.healthy() == 0),
        near.stream().anyMatch(s -> !s.leaving().isEmpty()),
        ended(around(hit, traffic.sightings(), ENDING)),
        !near.isEmpty() && near.stream().allMatch(Sighting::complete),
        near.stream().anyMatch(Sighting::rolledBack));
  }

  /** The state in force then, and what was seen until shortly after. */
  private static List<Sighting> around(Hit hit, List<Sighting> all, Duration margin) {
    List<Sighting> near = new ArrayList<>();
    for (Sighting sighting : all) {
      if (sighting.at().isAfter(hit.end().plus(margin))) {
        break;
      }
      if (!sighting.at().isAfter(hit.at().minus(margin))) {
        near.clear();
      }
      near.add(sighting);
    }
    return near;
  }

  private static boolean ended(List<Sighting> near) {
    if (near.isEmpty()) {
      return false;
    }
    Set<String> before = near.getFirst().ended();
    Set<String> after = new HashSet<>(near.getLast().ended());
    after.removeAll(before);
    return !after.isEmpty();
  }
}
