package dev.slipway.twin.tagging;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeListenersRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeListenersResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeLoadBalancersRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeLoadBalancersResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeRulesRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeRulesResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTagsRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTagsResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTargetGroupsRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTargetGroupsResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Listener;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancer;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Rule;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Tag;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroup;

/** Load balancers, their listeners and rules, and target groups. */
record Elbv2Tags(Questions questions) implements TaggedResources {

  @Override
  public Stream<Tagged> resources() {
    List<String> arns = new ArrayList<>();
    for (LoadBalancer balancer : balancers()) {
      arns.add(balancer.loadBalancerArn());
      for (Listener listener : listeners(balancer.loadBalancerArn())) {
        arns.add(listener.listenerArn());
        rules(listener.listenerArn()).forEach(rule -> arns.add(rule.ruleArn()));
      }
    }
    targetGroups().forEach(group -> arns.add(group.targetGroupArn()));
    return arns.stream().map(arn -> new Tagged(arn, tags(arn)));
  }

  private List<LoadBalancer> balancers() {
    return questions.all(
        token -> DescribeLoadBalancersRequest.builder().marker(token).build(),
        DescribeLoadBalancersResponse.class,
        DescribeLoadBalancersResponse::loadBalancers,
        DescribeLoadBalancersResponse::nextMarker);
  }

  private List<Listener> listeners(String balancer) {
    return questions.all(
        token -> DescribeListenersRequest.builder().loadBalancerArn(balancer).marker(token).build(),
        DescribeListenersResponse.class,
        DescribeListenersResponse::listeners,
        DescribeListenersResponse::nextMarker);
  }

  private List<Rule> rules(String listener) {
    return questions.all(
        token -> DescribeRulesRequest.builder().listenerArn(listener).marker(token).build(),
        DescribeRulesResponse.class,
        DescribeRulesResponse::rules,
        DescribeRulesResponse::nextMarker);
  }

  private List<TargetGroup> targetGroups() {
    return questions.all(
        token -> DescribeTargetGroupsRequest.builder().marker(token).build(),
        DescribeTargetGroupsResponse.class,
        DescribeTargetGroupsResponse::targetGroups,
        DescribeTargetGroupsResponse::nextMarker);
  }

  private Map<String, String> tags(String arn) {
    return questions
        .ask(DescribeTagsRequest.builder().resourceArns(arn).build(), DescribeTagsResponse.class)
        .map(found -> found.tagDescriptions().getFirst().tags())
        .map(tags -> Questions.byKey(tags, Tag::key, Tag::value))
        .orElse(Map.of());
  }
}
