package dev.slipway.twin.ecs;

import dev.slipway.twin.world.AwsError;
import dev.slipway.twin.world.World;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DeregisterTargetsRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DeregisterTargetsResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTargetGroupAttributesRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTargetGroupAttributesResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTargetGroupsRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTargetGroupsResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTargetHealthRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTargetHealthResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RegisterTargetsRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RegisterTargetsResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetDescription;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroup;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetHealth;

/** ELBv2's target groups as ECS uses them: through the API, like any other caller. */
final class TargetGroups {

  /** The address of a target. */
  record Address(String ip, int port) {}

  private static final String DELAY = "deregistration_delay.timeout_seconds";
  private static final String NOT_FOUND = "TargetGroupNotFound";

  private final World world;

  TargetGroups(World world) {
    this.world = world;
  }

  /** The target group, when there is one. */
  Optional<TargetGroup> find(String arn) {
    return call(
            DescribeTargetGroupsRequest.builder().targetGroupArns(arn).build(),
            DescribeTargetGroupsResponse.class)
        .flatMap(r -> r.targetGroups().stream().findFirst());
  }

  /**
   * Registers targets.
   *
   * @throws AwsError as ELBv2 refuses it
   */
  void register(String arn, List<TargetDescription> targets) {
    world
        .operations()
        .call(
            RegisterTargetsRequest.builder().targetGroupArn(arn).targets(targets).build(),
            RegisterTargetsResponse.class);
  }

  /** Deregisters targets; without effect when the group is gone. */
  void deregister(String arn, List<Address> targets) {
    List<TargetDescription> descriptions =
        targets.stream()
            .map(t -> TargetDescription.builder().id(t.ip()).port(t.port()).build())
            .toList();
    Optional<DeregisterTargetsResponse> _ =
        call(
            DeregisterTargetsRequest.builder().targetGroupArn(arn).targets(descriptions).build(),
            DeregisterTargetsResponse.class);
  }

  /** The health of every registered target; empty when the group is gone. */
  Optional<Map<Address, TargetHealth>> health(String arn) {
    return call(
            DescribeTargetHealthRequest.builder().targetGroupArn(arn).build(),
            DescribeTargetHealthResponse.class)
        .map(response -> {
          Map<Address, TargetHealth> byTarget = new HashMap<>();
          response
              .targetHealthDescriptions()
              .forEach(d ->
                  byTarget.put(new Address(d.target().id(), d.target().port()), d.targetHealth()));
          return byTarget;
        });
  }

  /** The deregistration delay; nothing when the group is gone. */
  Duration drainTime(String arn) {
    return call(
            DescribeTargetGroupAttributesRequest.builder().targetGroupArn(arn).build(),
            DescribeTargetGroupAttributesResponse.class)
        .flatMap(r -> r.attributes().stream().filter(a -> a.key().equals(DELAY)).findFirst())
        .map(a -> Duration.ofSeconds(Long.parseLong(a.value())))
        .orElse(Duration.ZERO);
  }

  private <R extends SdkResponse> Optional<R> call(SdkRequest request, Class<R> type) {
    try {
      return Optional.of(world.operations().call(request, type));
    } catch (AwsError e) {
      if (e.code().equals(NOT_FOUND)) {
        return Optional.empty();
      }
      throw e;
    }
  }
}
