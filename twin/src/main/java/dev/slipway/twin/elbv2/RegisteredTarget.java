package dev.slipway.twin.elbv2;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

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
 */
record RegisteredTarget(
    String targetGroupArn,
    String ip,
    int port,
    String availabilityZone,
    Instant registeredAt,
    Instant drainUntil,
    Map<String, NodeHealth> health) {

  RegisteredTarget {
    health = Map.copyOf(health);
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

  RegisteredTarget withHealth(String nodeId, NodeHealth found) {
    Map<String, NodeHealth> changed = new HashMap<>(health);
    changed.put(nodeId, found);
    return new RegisteredTarget(
        targetGroupArn, ip, port, availabilityZone, registeredAt, drainUntil, changed);
  }

  RegisteredTarget drainingUntil(Instant end) {
    return new RegisteredTarget(
        targetGroupArn, ip, port, availabilityZone, registeredAt, end, health);
  }
}
