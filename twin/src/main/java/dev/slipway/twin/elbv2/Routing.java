package dev.slipway.twin.elbv2;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Rule;

/**
 * Everything that a load balancer's data plane decides by, as one immutable value.
 *
 * @param loadBalancerArn whose it is
 * @param nodes its nodes, one in each enabled zone
 * @param listeners its listeners
 * @param groups how requests are spread over the targets of each target group, by its ARN
 * @param draining targets that finish what they have in flight and get nothing new
 * @param settings the load balancer's attributes that traffic depends on
 */
public record Routing(
    String loadBalancerArn,
    List<Node> nodes,
    List<Listener> listeners,
    Map<String, Algorithm> groups,
    Set<Target> draining,
    Settings settings) {

  /**
   * A node: each client connection arrives at one.
   *
   * @param id its network interface
   * @param openPorts the listener ports at which the internet reaches it
   * @param targets the targets that it routes to now, by target group; an empty list stands for a
   *     group without registered targets
   */
  public record Node(String id, Set<Integer> openPorts, Map<String, List<Route>> targets) {}

  /** A target's address. */
  public record Target(String ip, int port) {}

  /**
   * A target as a node sees it.
   *
   * @param target its address
   * @param reachable whether packets from the node arrive
   */
  public record Route(Target target, boolean reachable) {}

  /**
   * A listener.
   *
   * @param arn its ARN
   * @param port its port
   * @param rules its rules in the order of evaluation; the last is the default rule
   */
  public record Listener(String arn, int port, List<Rule> rules) {}

  /** How the next target is chosen. */
  public enum Algorithm {
    /** Each in turn. */
    ROUND_ROBIN,
    /** The one with the fewest requests in flight. */
    LEAST_OUTSTANDING_REQUESTS,
    /** Any. */
    WEIGHTED_RANDOM
  }

  /**
   * Attributes of the load balancer.
   *
   * @param idleTimeout how long a client or a target may be silent
   * @param clientKeepAlive how long a client connection lives at most
   * @param forwardedFor what becomes of X-Forwarded-For: {@code append}, {@code preserve}, {@code
   *     remove}
   * @param forwardedForClientPort whether X-Forwarded-For names the client's port
   * @param preserveHost whether the Host header stays as it came
   */
  public record Settings(
      Duration idleTimeout,
      Duration clientKeepAlive,
      String forwardedFor,
      boolean forwardedForClientPort,
      boolean preserveHost) {}
}
