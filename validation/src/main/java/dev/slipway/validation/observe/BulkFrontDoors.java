package dev.slipway.validation.observe;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Listener;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancer;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Rule;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroup;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetHealthDescription;

/**
 * Reads load balancers, listeners and rules of many services once, however many share them, and the
 * targets of a few.
 */
final class BulkFrontDoors {

  /** Source: ELB API reference, DescribeTargetGroups and DescribeLoadBalancers. */
  private static final int PER_CALL = 20;

  private static final String ELB = "elasticloadbalancing:";

  private final Aws aws;
  private final Batches batches;

  BulkFrontDoors(Aws aws, Batches batches) {
    this.aws = aws;
    this.batches = batches;
  }

  /** All that leads to the services, without the health of targets. */
  FrontDoor layout(Collection<Service> services) {
    List<String> arns = services.stream().flatMap(s -> groups(s).stream()).distinct().toList();
    List<TargetGroup> groups =
        batches.each(
            ELB + "DescribeTargetGroups",
            arns,
            PER_CALL,
            some -> aws.elb().describeTargetGroups(r -> r.targetGroupArns(some)).targetGroups());
    List<String> balancerArns =
        groups.stream().flatMap(g -> g.loadBalancerArns().stream()).distinct().toList();
    List<LoadBalancer> balancers =
        batches.each(
            ELB + "DescribeLoadBalancers",
            balancerArns,
            PER_CALL,
            some -> aws.elb().describeLoadBalancers(r -> r.loadBalancerArns(some)).loadBalancers());
    List<Listener> listeners =
        batches.each(
            ELB + "DescribeListeners",
            balancerArns,
            1,
            one ->
                aws
                    .elb()
                    .describeListenersPaginator(r -> r.loadBalancerArn(one.getFirst()))
                    .listeners()
                    .stream()
                    .toList());
    Map<String, List<Rule>> rules = new HashMap<>();
    batches
        .each(
            ELB + "DescribeRules",
            listeners.stream().map(Listener::listenerArn).toList(),
            1,
            one ->
                List.of(
                    Map.entry(
                        one.getFirst(),
                        aws
                            .elb()
                            .describeRulesPaginator(r -> r.listenerArn(one.getFirst()))
                            .rules()
                            .stream()
                            .toList())))
        .forEach(e -> rules.put(e.getKey(), e.getValue()));
    return new FrontDoor(groups, Map.of(), balancers, listeners, Map.copyOf(rules));
  }

  /** The targets of groups, a call each. */
  Map<String, List<TargetHealthDescription>> health(List<String> groups) {
    Map<String, List<TargetHealthDescription>> health = new HashMap<>();
    batches
        .each(
            ELB + "DescribeTargetHealth",
            groups,
            1,
            one ->
                List.of(
                    Map.entry(
                        one.getFirst(),
                        aws.elb()
                            .describeTargetHealth(r -> r.targetGroupArn(one.getFirst()))
                            .targetHealthDescriptions())))
        .forEach(e -> health.put(e.getKey(), e.getValue()));
    return health;
  }

  /** What of a layout is one service's. */
  static FrontDoor of(
      Service service,
      FrontDoor layout,
      Map<String, TargetGroup> groups,
      Map<String, List<TargetHealthDescription>> health) {
    Set<String> own = groups(service);
    if (own.isEmpty()) {
      return FrontDoor.NONE;
    }
    List<TargetGroup> ours = own.stream().filter(groups::containsKey).map(groups::get).toList();
    Set<String> balancers =
        ours.stream().flatMap(g -> g.loadBalancerArns().stream()).collect(Collectors.toSet());
    List<Listener> listeners =
        layout.listeners().stream().filter(l -> balancers.contains(l.loadBalancerArn())).toList();
    return new FrontDoor(
        ours,
        own.stream().filter(health::containsKey).collect(Collectors.toMap(a -> a, health::get)),
        layout.loadBalancers().stream()
            .filter(b -> balancers.contains(b.loadBalancerArn()))
            .toList(),
        listeners,
        listeners.stream()
            .map(Listener::listenerArn)
            .filter(layout.rules()::containsKey)
            .collect(Collectors.toMap(a -> a, layout.rules()::get)));
  }

  /** The layout's groups by ARN. */
  static Map<String, TargetGroup> byArn(FrontDoor layout) {
    return layout.targetGroups().stream()
        .collect(Collectors.toMap(TargetGroup::targetGroupArn, Function.identity(), (a, _) -> a));
  }

  static Set<String> groups(Service service) {
    return service.loadBalancers().stream()
        .map(l -> l.targetGroupArn())
        .filter(a -> a != null)
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }
}
