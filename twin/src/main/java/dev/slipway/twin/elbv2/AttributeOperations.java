package dev.slipway.twin.elbv2;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeListenerAttributesRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeListenerAttributesResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeLoadBalancerAttributesRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeLoadBalancerAttributesResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTargetGroupAttributesRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTargetGroupAttributesResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ListenerAttribute;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancerAttribute;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ModifyListenerAttributesRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ModifyListenerAttributesResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ModifyLoadBalancerAttributesRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ModifyLoadBalancerAttributesResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ModifyTargetGroupAttributesRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ModifyTargetGroupAttributesResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroupAttribute;

/** The attributes of load balancers, target groups and listeners. */
final class AttributeOperations {

  private final Store store;
  private final RoutePublisher routes;
  private final AccessLogs accessLogs;

  AttributeOperations(Store store, RoutePublisher routes, AccessLogs accessLogs) {
    this.accessLogs = accessLogs;
    this.store = store;
    this.routes = routes;
  }

  /** DescribeLoadBalancerAttributes. */
  public DescribeLoadBalancerAttributesResponse describeLoadBalancerAttributes(
      DescribeLoadBalancerAttributesRequest request) {
    store.loadBalancer(request.loadBalancerArn());
    return DescribeLoadBalancerAttributesResponse.builder()
        .attributes(ofLoadBalancer(request.loadBalancerArn()))
        .build();
  }

  /** ModifyLoadBalancerAttributes. */
  public ModifyLoadBalancerAttributesResponse modifyLoadBalancerAttributes(
      ModifyLoadBalancerAttributesRequest request) {
    String arn = request.loadBalancerArn();
    store.loadBalancer(arn);
    Map<String, String> changes = new LinkedHashMap<>();
    request.attributes().forEach(attribute -> changes.put(attribute.key(), attribute.value()));
    AttributeSets.LOAD_BALANCER.change(
        store,
        arn,
        changes,
        result -> {
          if (changes.keySet().stream().anyMatch(key -> key.startsWith("access_logs."))) {
            accessLogs.prove(result);
          }
        });
    routes.publish(arn);
    return ModifyLoadBalancerAttributesResponse.builder().attributes(ofLoadBalancer(arn)).build();
  }

  /** DescribeTargetGroupAttributes. */
  public DescribeTargetGroupAttributesResponse describeTargetGroupAttributes(
      DescribeTargetGroupAttributesRequest request) {
    store.targetGroup(request.targetGroupArn());
    return DescribeTargetGroupAttributesResponse.builder()
        .attributes(ofTargetGroup(request.targetGroupArn()))
        .build();
  }

  /** ModifyTargetGroupAttributes. */
  public ModifyTargetGroupAttributesResponse modifyTargetGroupAttributes(
      ModifyTargetGroupAttributesRequest request) {
    String arn = request.targetGroupArn();
    store.targetGroup(arn);
    Map<String, String> changes = new LinkedHashMap<>();
    request.attributes().forEach(attribute -> changes.put(attribute.key(), attribute.value()));
    AttributeSets.TARGET_GROUP.change(store, arn, changes);
    routes.publishGroup(arn);
    return ModifyTargetGroupAttributesResponse.builder().attributes(ofTargetGroup(arn)).build();
  }

  /** DescribeListenerAttributes. */
  public DescribeListenerAttributesResponse describeListenerAttributes(
      DescribeListenerAttributesRequest request) {
    store.listener(request.listenerArn());
    return DescribeListenerAttributesResponse.builder()
        .attributes(ofListener(request.listenerArn()))
        .build();
  }

  /** ModifyListenerAttributes. */
  public ModifyListenerAttributesResponse modifyListenerAttributes(
      ModifyListenerAttributesRequest request) {
    String arn = request.listenerArn();
    String loadBalancer = store.listener(arn).loadBalancerArn();
    Map<String, String> changes = new LinkedHashMap<>();
    request.attributes().forEach(attribute -> changes.put(attribute.key(), attribute.value()));
    AttributeSets.LISTENER.change(store, arn, changes);
    routes.publish(loadBalancer);
    return ModifyListenerAttributesResponse.builder().attributes(ofListener(arn)).build();
  }

  private List<LoadBalancerAttribute> ofLoadBalancer(String arn) {
    return AttributeSets.LOAD_BALANCER.values(store, arn).entrySet().stream()
        .map(e -> LoadBalancerAttribute.builder().key(e.getKey()).value(e.getValue()).build())
        .toList();
  }

  private List<TargetGroupAttribute> ofTargetGroup(String arn) {
    return AttributeSets.TARGET_GROUP.values(store, arn).entrySet().stream()
        .map(e -> TargetGroupAttribute.builder().key(e.getKey()).value(e.getValue()).build())
        .toList();
  }

  private List<ListenerAttribute> ofListener(String arn) {
    return AttributeSets.LISTENER.values(store, arn).entrySet().stream()
        .map(e -> ListenerAttribute.builder().key(e.getKey()).value(e.getValue()).build())
        .toList();
  }
}
