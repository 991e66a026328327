package dev.slipway.twin.acm;

import dev.slipway.twin.world.World;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Certificate;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeListenersRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeListenersResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeLoadBalancersRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeLoadBalancersResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Listener;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancer;

/** Who uses a certificate: the load balancers whose listeners have it. */
final class InUse {

  private InUse() {}

  static List<String> by(World world, String arn) {
    Set<String> users = new LinkedHashSet<>();
    try {
      for (LoadBalancer balancer : balancers(world)) {
        for (Listener listener : listeners(world, balancer.loadBalancerArn())) {
          if (listener.certificates().stream()
              .map(Certificate::certificateArn)
              .anyMatch(arn::equals)) {
            users.add(balancer.loadBalancerArn());
          }
        }
      }
    } catch (UnsupportedOperationException e) {
      // A world without load balancing has no users.
    }
    return List.copyOf(users);
  }

  private static List<LoadBalancer> balancers(World world) {
    return world
        .operations()
        .call(DescribeLoadBalancersRequest.builder().build(), DescribeLoadBalancersResponse.class)
        .loadBalancers();
  }

  private static List<Listener> listeners(World world, String balancer) {
    return world
        .operations()
        .call(
            DescribeListenersRequest.builder().loadBalancerArn(balancer).build(),
            DescribeListenersResponse.class)
        .listeners();
  }
}
