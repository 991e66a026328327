package dev.slipway.twin.elbv2;

import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancer;

/** Availability zones of load balancers and targets. */
final class Zones {

  /** The zone of a target outside the VPC: every node sends to it. */
  static final String ALL = "all";

  private Zones() {}

  /** Whether a load balancer is enabled in the zone of a target. */
  static boolean enabled(LoadBalancer lb, RegisteredTarget target) {
    return target.availabilityZone().equals(ALL)
        || lb.availabilityZones().stream()
            .anyMatch(zone -> zone.zoneName().equals(target.availabilityZone()));
  }
}
