package dev.slipway.twin.elbv2;

import java.time.Duration;
import java.time.Instant;
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
    Map<String, Group> groups,
    Set<Target> draining,
    Settings settings) {

  /**
   * A node: each client connection arrives at one.
   *
   * @param id its network interface
   * @param zone its availability zone
   * @param openPorts the listener ports at which the internet reaches it
   * @param targets the targets that it routes to now, by target group; an empty list stands for a
   *     group without registered targets
   */
  public record Node(
      String id, String zone, Set<Integer> openPorts, Map<String, List<Route>> targets) {}

  /**
   * A target's address.
   *
   * @param tls whether it is spoken to over TLS
   */
  public record Target(String ip, int port, boolean tls) {}

  /**
   * A target as a node sees it.
   *
   * @param target its address
   * @param reachable whether packets from the node arrive
   * @param warmFrom when its slow start began; {@link Instant#MIN} for a target without one
   */
  public record Route(Target target, boolean reachable, Instant warmFrom) {}

  /**
   * A listener.
   *
   * @param arn its ARN
   * @param port its port
   * @param transport how clients speak to it
   * @param rules its rules in the order of evaluation; the last is the default rule
   * @param responses what it does to the headers of answers
   */
  public record Listener(
      String arn, int port, Transport transport, List<Rule> rules, Responses responses) {}

  /** How clients speak to a listener. */
  public sealed interface Transport {
    /** HTTP/1.1 in the clear. */
    record Plain() implements Transport {}

    /**
     * HTTPS.
     *
     * @param protocols the versions of TLS, by their Java names
     * @param suites the cipher suites, by their Java names
     * @param certificates the default certificate and those chosen by the name that a client asks
     *     for
     * @param http2 whether HTTP/2 is offered
     */
    record Tls(
        List<String> protocols, List<String> suites, List<Certificate> certificates, boolean http2)
        implements Transport {}
  }

  /**
   * A certificate to serve.
   *
   * @param chainPem the certificate and its chain
   * @param keyPem its key
   */
  public record Certificate(String chainPem, String keyPem) {

    @Override
    public String toString() {
      return "a certificate";
    }
  }

  /**
   * What a listener does to the headers of answers.
   *
   * @param server whether answers of its own carry a Server header
   * @param set headers that every answer gets, in place of what the target sent
   */
  public record Responses(boolean server, Map<String, String> set) {}

  /**
   * How requests are spread over the targets of a group.
   *
   * @param algorithm how the next target is chosen
   * @param stickiness what binds a client to a target
   * @param slowStart how long a target that becomes healthy gets less than its share; zero for none
   */
  public record Group(Algorithm algorithm, Stickiness stickiness, Duration slowStart) {

    /** A group with every attribute at its default. */
    public static final Group PLAIN =
        new Group(Algorithm.ROUND_ROBIN, new Stickiness.None(), Duration.ZERO);
  }

  /** What binds a client to the target that answered it first. */
  public sealed interface Stickiness {
    /** Nothing. */
    record None() implements Stickiness {}

    /** A cookie of the load balancer's, for so long after each request. */
    record ByBalancer(Duration duration) implements Stickiness {}

    /** A cookie of the application's, for so long after each request. */
    record ByApplication(String cookie, Duration duration) implements Stickiness {}
  }

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
   * @param dropInvalidHeaders whether headers with an unusual name are left out
   * @param tlsHeaders whether targets are told how the client speaks TLS
   * @param desync what becomes of ambiguous requests: {@code monitor}, {@code defensive}, {@code
   *     strictest}
   * @param accessLog whether requests are logged
   * @param blocked whether a web ACL lets no request through
   */
  public record Settings(
      Duration idleTimeout,
      Duration clientKeepAlive,
      String forwardedFor,
      boolean forwardedForClientPort,
      boolean preserveHost,
      boolean dropInvalidHeaders,
      boolean tlsHeaders,
      String desync,
      boolean accessLog,
      boolean blocked) {}
}
