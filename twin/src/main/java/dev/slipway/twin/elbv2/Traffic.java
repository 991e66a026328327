package dev.slipway.twin.elbv2;

import java.util.Map;

/**
 * What a load balancer did in a span of time.
 *
 * @param loadBalancerArn whose it is
 * @param ownStatuses how often it answered with a status itself, without a target
 * @param groups what became of the requests that were sent to targets, by target group
 */
public record Traffic(
    String loadBalancerArn, Map<Integer, Long> ownStatuses, Map<String, Group> groups) {

  /**
   * Requests to a target group.
   *
   * @param requests the requests for which a target was chosen
   * @param statuses how often targets answered with a status
   * @param responseSeconds how often they took how long to begin an answer, in real time
   */
  public record Group(
      long requests, Map<Integer, Long> statuses, Map<Double, Long> responseSeconds) {}
}
