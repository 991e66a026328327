package dev.slipway.twin.elbv2;

import dev.slipway.twin.elbv2.Store.LbNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Which targets warm up. A target does from the moment it becomes healthy, if there is a healthy
 * one beside it that is warm already; it stops when the time is over or it is unhealthy. Source:
 * ELB user guide, edit-target-group-attributes, slow start mode. Under the world's lock.
 */
final class SlowStart {

  private final Store store;

  SlowStart(Store store) {
    this.store = store;
  }

  /** How long the targets of a group warm up. */
  static Duration duration(Store store, String group) {
    return Duration.ofSeconds(
        AttributeSets.TARGET_GROUP.number(store, group, AttributeSets.SLOW_START));
  }

  /** A node found a target healthy, or no longer healthy. */
  RegisteredTarget changed(RegisteredTarget target, LbNode node, boolean healthy) {
    String nodeId = node.interfaceId();
    Duration duration = duration(store, target.targetGroupArn());
    Instant now = store.world().now();
    boolean warms =
        healthy
            && duration.isPositive()
            && store.targetsOf(target.targetGroupArn()).stream()
                .filter(other -> !other.key().equals(target.key()) && !other.draining())
                .filter(other -> other.healthAt(nodeId).healthy())
                .anyMatch(other ->
                    other.warmFromAt(nodeId).equals(Instant.MIN)
                        || !other.warmFromAt(nodeId).plus(duration).isAfter(now));
    return target.warming(nodeId, warms ? Optional.of(now) : Optional.empty());
  }
}
