package dev.slipway.validation.observe;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Listener;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancer;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Rule;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroup;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetHealthDescription;

/**
 * How requests get to the service.
 *
 * @param targetGroups the service's target groups
 * @param health the health of every target, by target group ARN
 * @param loadBalancers the load balancers of the target groups
 * @param listeners the listeners of the load balancers
 * @param rules the rules of each listener, by listener ARN
 */
public record FrontDoor(
    List<TargetGroup> targetGroups,
    Map<String, List<TargetHealthDescription>> health,
    List<LoadBalancer> loadBalancers,
    List<Listener> listeners,
    Map<String, List<Rule>> rules) {

  /** No load balancer at all. */
  public static final FrontDoor NONE =
      new FrontDoor(List.of(), Map.of(), List.of(), List.of(), Map.of());

  /** The targets of a group; empty when there are none or they could not be read. */
  public List<TargetHealthDescription> targets(String targetGroupArn) {
    return health.getOrDefault(targetGroupArn, List.of());
  }

  /** A target group by its ARN. */
  public Optional<TargetGroup> targetGroup(String arn) {
    return targetGroups.stream().filter(g -> g.targetGroupArn().equals(arn)).findFirst();
  }

  /** A load balancer by its ARN. */
  public Optional<LoadBalancer> loadBalancer(String arn) {
    return loadBalancers.stream().filter(l -> l.loadBalancerArn().equals(arn)).findFirst();
  }

  /** A copy with other target health. */
  FrontDoor withHealth(Map<String, List<TargetHealthDescription>> other) {
    return new FrontDoor(targetGroups, other, loadBalancers, listeners, rules);
  }
}
