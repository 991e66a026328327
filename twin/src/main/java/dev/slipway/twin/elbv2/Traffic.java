package dev.slipway.twin.elbv2;

import java.util.List;
import java.util.Map;

/**
 * What a load balancer did in a span of time.
 *
 * @param loadBalancerArn whose it is
 * @param activeConnections how many connections of clients and to targets there were
 * @param ownStatuses how often it answered with a status itself, without a target
 * @param events how often something else happened
 * @param groups what became of the requests that were sent to targets
 */
public record Traffic(
    String loadBalancerArn,
    long activeConnections,
    Map<Integer, Long> ownStatuses,
    Map<Event, Long> events,
    List<Group> groups) {

  /** What a load balancer counts beside statuses. */
  public enum Event {
    /** A request that was not refused. */
    REQUEST,
    /** A client connected. */
    NEW_CONNECTION,
    /** A redirect action was done. */
    REDIRECT,
    /** A fixed response action was done. */
    FIXED_RESPONSE,
    /** A client and the load balancer did not come to terms over TLS. */
    CLIENT_TLS_ERROR,
    /** A request does not comply with RFC 7230. */
    NON_COMPLIANT,
    /** A connection to a target could not be made. */
    TARGET_CONNECTION_ERROR,
    /** A target and the load balancer did not come to terms over TLS. */
    TARGET_TLS_ERROR
  }

  /**
   * Requests to a target group.
   *
   * @param arn the target group
   * @param zone the zone of the nodes that sent them
   * @param events how often what happened; of requests those for which a target was chosen
   * @param statuses how often targets answered with a status
   * @param responseSeconds how often they took how long to begin an answer, in real time
   */
  public record Group(
      String arn,
      String zone,
      Map<Event, Long> events,
      Map<Integer, Long> statuses,
      Map<Double, Long> responseSeconds) {}
}
