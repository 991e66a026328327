package dev.slipway.topology;

import dev.slipway.topology.Verdict.Blocked;
import dev.slipway.topology.Verdict.Hop;
import dev.slipway.topology.Verdict.Obstacle;
import dev.slipway.topology.Verdict.Reachable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The hops of a connection, in the order in which they are passed. */
final class Trail {

  private final List<Hop> hops = new ArrayList<>();

  void pass(String resourceId, String what) {
    hops.add(new Hop(resourceId, what));
  }

  Verdict end(Optional<Obstacle> obstacle) {
    List<Hop> path = List.copyOf(hops);
    return obstacle.<Verdict>map(o -> new Blocked(path, o)).orElseGet(() -> new Reachable(path));
  }
}
