package dev.slipway.twin.elbv2;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/**
 * What carries the traffic of a world's load balancers. Every call returns at once and may be made
 * under the world's lock; results come on other threads, never under the lock.
 */
public interface DataPlane extends AutoCloseable {

  /** The address that all clients are taken to have: a documentation address, RFC 5737. */
  String CLIENT_ADDRESS = "203.0.113.10";

  /**
   * A health check to perform.
   *
   * @param ip the target's private address
   * @param port the port to check
   * @param path path and query
   * @param tls whether to speak HTTPS
   * @param timeout how long to wait, in real time
   */
  record Probe(String ip, int port, String path, boolean tls, Duration timeout) {}

  /** How a health check ended. */
  sealed interface ProbeResult {
    /** The target answered with an HTTP status. */
    record Answered(int status) implements ProbeResult {}

    /** Nothing came within the timeout. */
    record TimedOut() implements ProbeResult {}

    /** Connection refused or reset, or no HTTP in the answer. */
    record Failed() implements ProbeResult {}

    /** Nobody has the address: packets to it vanish. Told at once, not after the timeout. */
    record NoSuchHost() implements ProbeResult {}
  }

  /**
   * Reserves a place for a load balancer's front door.
   *
   * @param preferred the name it had before, in a world that was copied or restored; may be empty
   * @return its DNS name: a host, or host and port where the ordinary port cannot be had
   */
  String claim(String loadBalancerArn, String preferred);

  /** Publishes how a load balancer routes from now on; opens and closes listeners as it says. */
  void route(Routing routing);

  /** Closes a load balancer's listeners and gives its place back. */
  void release(String loadBalancerArn);

  /** Performs a health check over a connection of its own. */
  void probe(Probe probe, Consumer<ProbeResult> done);

  /**
   * What each load balancer did since this was called last. To be called by one thread at a time.
   */
  List<Traffic> takeTraffic();

  /** What a load balancer logged since this was called last; nothing where nothing is logged. */
  default List<LogEntry> takeLog(String loadBalancerArn) {
    return List.of();
  }

  /** Closes every listener and connection. */
  @Override
  void close();
}
