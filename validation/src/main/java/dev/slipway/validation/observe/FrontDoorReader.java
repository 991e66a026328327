package dev.slipway.validation.observe;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Listener;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancer;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Rule;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroup;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetHealthDescription;

/**
 * Reads target groups and what leads to them. The layout changes seldom: it is read again every
 * {@value #LAYOUT_EVERY} polls, the health of targets each time.
 */
final class FrontDoorReader {

  static final int LAYOUT_EVERY = 5;
  private static final String ELB = "elasticloadbalancing:";

  private final Aws aws;
  private FrontDoor layout = FrontDoor.NONE;
  private List<String> layoutOf = List.of();
  private int age;

  FrontDoorReader(Aws aws) {
    this.aws = aws;
  }

  FrontDoor frontDoor(Ask ask, Service service) {
    List<String> arns =
        service.loadBalancers().stream()
            .map(l -> l.targetGroupArn())
            .filter(a -> a != null)
            .distinct()
            .toList();
    if (arns.isEmpty()) {
      return FrontDoor.NONE;
    }
    if (!arns.equals(layoutOf) || age >= LAYOUT_EVERY) {
      layout = layout(ask, arns);
      layoutOf = arns;
      age = 0;
    }
    age++;
    Map<String, List<TargetHealthDescription>> health = new HashMap<>();
    for (TargetGroup group : layout.targetGroups()) {
      String arn = group.targetGroupArn();
      List<TargetHealthDescription> targets =
          ask.optional(
              ELB + "DescribeTargetHealth",
              null,
              () ->
                  aws.elb()
                      .describeTargetHealth(r -> r.targetGroupArn(arn))
                      .targetHealthDescriptions());
      if (targets != null) {
        health.put(arn, targets);
      }
    }
    return layout.withHealth(Map.copyOf(health));
  }

  private FrontDoor layout(Ask ask, List<String> arns) {
    List<TargetGroup> groups =
        ask.optional(
            ELB + "DescribeTargetGroups",
            List.<TargetGroup>of(),
            () -> aws.elb().describeTargetGroups(r -> r.targetGroupArns(arns)).targetGroups());
    List<String> balancerArns =
        groups.stream().flatMap(g -> g.loadBalancerArns().stream()).distinct().toList();
    if (balancerArns.isEmpty()) {
      return new FrontDoor(groups, Map.of(), List.of(), List.of(), Map.of());
    }
    List<LoadBalancer> balancers =
        ask.optional(
            ELB + "DescribeLoadBalancers",
            List.<LoadBalancer>of(),
            () ->
                aws.elb()
                    .describeLoadBalancers(r -> r.loadBalancerArns(balancerArns))
                    .loadBalancers());
    List<Listener> listeners =
        ask.optional(
            ELB + "DescribeListeners",
            List.<Listener>of(),
            () ->
                balancerArns.stream()
                    .flatMap(b ->
                        aws
                            .elb()
                            .describeListenersPaginator(r -> r.loadBalancerArn(b))
                            .listeners()
                            .stream())
                    .toList());
    Map<String, List<Rule>> rules = new HashMap<>();
    for (Listener listener : listeners) {
      String arn = listener.listenerArn();
      rules.put(
          arn,
          ask.optional(
              ELB + "DescribeRules",
              List.<Rule>of(),
              () ->
                  aws.elb().describeRulesPaginator(r -> r.listenerArn(arn)).rules().stream()
                      .toList()));
    }
    return new FrontDoor(groups, Map.of(), balancers, listeners, Map.copyOf(rules));
  }
}
