package dev.slipway.twin.elbv2;

import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancer;

/** Which targets a load balancer may serve: by availability zone, and by who has the address. */
final class Zones {

  /** The zone of a target outside the VPC: every node sends to it. */
  static final String ALL = "all";

  private Zones() {}

  /** Whether a load balancer checks a target and may send requests to it. */
  static boolean serves(Store store, LoadBalancer lb, RegisteredTarget target) {
    return enabled(lb, target) && !store.isBalancer(target.targetGroupArn(), target.ip());
  }

  /** Whether a node sends to a target that must not be of another zone. */
  static boolean shared(Store.LbNode node, RegisteredTarget target) {
    return target.availabilityZone().equals(ALL) || target.availabilityZone().equals(node.zone());
  }

  /** Whether a load balancer is enabled in the zone of a target. */
  static boolean enabled(LoadBalancer lb, RegisteredTarget target) {
    return target.availabilityZone().equals(ALL)
        || lb.availabilityZones().stream()
            .anyMatch(zone -> zone.zoneName().equals(target.availabilityZone()));
  }
}
