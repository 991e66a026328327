package dev.slipway.twin.elbv2;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A target of a target group.
 *
 * @param targetGroupArn its group
 * @param ip its address
 * @param port its port
 * @param availabilityZone its zone, or {@code all} for an address outside the VPC
 * @param registeredAt when it was registered
 * @param drainUntil when deregistration ends; null while it is registered
 * @param health what each node found, by the node's network interface
 * @param warmFrom when slow start began, by the node's network interface
 */
record RegisteredTarget(
    String targetGroupArn,
    String ip,
    int port,
    String availabilityZone,
    Instant registeredAt,
    Instant drainUntil,
    Map<String, NodeHealth> health,
    Map<String, Instant> warmFrom) {

  RegisteredTarget {
    health = Map.copyOf(health);
    warmFrom = Map.copyOf(warmFrom);
  }

  static String key(String targetGroupArn, String ip, int port) {
    return targetGroupArn + '|' + ip + '|' + port;
  }

  String key() {
    return key(targetGroupArn, ip, port);
  }

  boolean draining() {
    return drainUntil != null;
  }

  /** What a node found. */
  NodeHealth healthAt(String nodeId) {
    return health.getOrDefault(nodeId, NodeHealth.REGISTERING);
  }

  /** When a node began to warm it up; {@link Instant#MIN} when it does not. */
  Instant warmFromAt(String nodeId) {
    return warmFrom.getOrDefault(nodeId, Instant.MIN);
  }

  RegisteredTarget withHealth(String nodeId, NodeHealth found) {
    Map<String, NodeHealth> changed = new HashMap<>(health);
    changed.put(nodeId, found);
    return new RegisteredTarget(
        targetGroupArn, ip, port, availabilityZone, registeredAt, drainUntil, changed, warmFrom);
  }

  /** The target with slow start at a node that begins at an instant, or with none. */
  RegisteredTarget warming(String nodeId, Optional<Instant> from) {
    Map<String, Instant> changed = new HashMap<>(warmFrom);
    from.ifPresentOrElse(at -> changed.put(nodeId, at), () -> changed.remove(nodeId));
    return new RegisteredTarget(
        targetGroupArn, ip, port, availabilityZone, registeredAt, drainUntil, health, changed);
  }

  RegisteredTarget drainingUntil(Instant end) {
    return new RegisteredTarget(
        targetGroupArn, ip, port, availabilityZone, registeredAt, end, health, Map.of());
  }
}
