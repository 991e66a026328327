package dev.slipway.twin.elbv2;

import dev.slipway.twin.elbv2.Store.LbNode;
import dev.slipway.twin.world.Differs;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancer;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetDescription;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroup;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetHealth;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetHealthDescription;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetHealthReasonEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetHealthStateEnum;

/**
 * The state of a target as DescribeTargetHealth tells it. Source: ELB user guide,
 * target-group-health-checks.
 */
@Differs(
    value = "a target is unhealthy when one node finds it so, and healthy when all nodes do",
    because = "AWS does not tell how the findings of its nodes are combined")
@Differs(
    value =
        "no target is unavailable, unhealthy.draining, in Target.InvalidState or in"
            + " Elb.InternalError",
    because =
        "checks of addresses cannot be switched off, instances and Network Load Balancers are"
            + " refused by name, and the last is AWS's own trouble")
final class TargetStates {

  private TargetStates() {}

  /** A registered or draining target. */
  static TargetHealthDescription describe(Store store, RegisteredTarget target) {
    TargetGroup group = store.targetGroup(target.targetGroupArn());
    return description(
        group,
        TargetDescription.builder()
            .id(target.ip())
            .port(target.port())
            .availabilityZone(target.availabilityZone())
            .build(),
        target.port(),
        health(store, target));
  }

  /** A target that the group does not have. */
  static TargetHealthDescription unregistered(TargetGroup group, TargetDescription asked) {
    int port = asked.port() == null ? group.port() : asked.port();
    return description(
        group,
        asked.toBuilder().port(port).build(),
        port,
        health(
            TargetHealthStateEnum.UNUSED,
            TargetHealthReasonEnum.TARGET_NOT_REGISTERED,
            "Target is not registered to the target group"));
  }

  private static TargetHealthDescription description(
      TargetGroup group, TargetDescription target, int port, TargetHealth health) {
    String checked = group.healthCheckPort();
    return TargetHealthDescription.builder()
        .target(target)
        .healthCheckPort(
            checked.equals(HealthCheckSettings.TRAFFIC_PORT) ? String.valueOf(port) : checked)
        .targetHealth(health)
        .build();
  }

  private static TargetHealth health(Store store, RegisteredTarget target) {
    if (target.draining()) {
      return health(
          TargetHealthStateEnum.DRAINING,
          TargetHealthReasonEnum.TARGET_DEREGISTRATION_IN_PROGRESS,
          "Target deregistration is in progress");
    }
    Optional<LoadBalancer> lb =
        store.loadBalancerOf(target.targetGroupArn()).flatMap(store.loadBalancers()::find);
    if (lb.isEmpty()) {
      return health(
          TargetHealthStateEnum.UNUSED,
          TargetHealthReasonEnum.TARGET_NOT_IN_USE,
          "Target group is not configured to receive traffic from the load balancer");
    }
    if (!Zones.enabled(lb.get(), target)) {
      return health(
          TargetHealthStateEnum.UNUSED,
          TargetHealthReasonEnum.TARGET_NOT_IN_USE,
          "Target is in an Availability Zone that is not enabled for the load balancer");
    }
    if (store.isBalancer(target.targetGroupArn(), target.ip())) {
      return health(
          TargetHealthStateEnum.UNUSED,
          TargetHealthReasonEnum.TARGET_IP_UNUSABLE,
          "The IP address cannot be used as a target, as it is in use by a load balancer");
    }
    return combined(target, store.nodesOf(lb.get().loadBalancerArn()));
  }

  private static TargetHealth combined(RegisteredTarget target, List<LbNode> nodes) {
    NodeHealth worst = NodeHealth.HEALTHY;
    for (LbNode node : nodes) {
      NodeHealth found = target.healthAt(node.interfaceId());
      if (severity(found) > severity(worst)) {
        worst = found;
      }
    }
    return switch (worst.state()) {
      case HEALTHY -> TargetHealth.builder().state(TargetHealthStateEnum.HEALTHY).build();
      case INITIAL -> health(TargetHealthStateEnum.INITIAL, worst.reason(), worst.description());
      case UNHEALTHY ->
          health(TargetHealthStateEnum.UNHEALTHY, worst.reason(), worst.description());
    };
  }

  private static int severity(NodeHealth health) {
    return switch (health.state()) {
      case HEALTHY -> 0;
      case INITIAL ->
          health.reason() == TargetHealthReasonEnum.ELB_REGISTRATION_IN_PROGRESS ? 1 : 2;
      case UNHEALTHY -> 3;
    };
  }

  private static TargetHealth health(
      TargetHealthStateEnum state, TargetHealthReasonEnum reason, String description) {
    return TargetHealth.builder().state(state).reason(reason).description(description).build();
  }
}
