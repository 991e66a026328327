package dev.slipway.twin.autoscaling;

import dev.slipway.twin.world.AwsError;
import dev.slipway.twin.world.Table;
import dev.slipway.twin.world.World;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.applicationautoscaling.model.Alarm;
import software.amazon.awssdk.services.applicationautoscaling.model.DeleteScalingPolicyRequest;
import software.amazon.awssdk.services.applicationautoscaling.model.DeleteScalingPolicyResponse;
import software.amazon.awssdk.services.applicationautoscaling.model.DescribeScalingPoliciesRequest;
import software.amazon.awssdk.services.applicationautoscaling.model.DescribeScalingPoliciesResponse;
import software.amazon.awssdk.services.applicationautoscaling.model.PutScalingPolicyRequest;
import software.amazon.awssdk.services.applicationautoscaling.model.PutScalingPolicyResponse;
import software.amazon.awssdk.services.applicationautoscaling.model.ScalingPolicy;

/** Scaling policies. Source: Application Auto Scaling API reference. */
public final class PolicyApi {

  static final String TABLE = "autoscaling.policies";

  private final World world;
  private final Table<ScalingPolicy> policies;
  private final TrackingAlarms alarms;

  PolicyApi(World world) {
    this.world = world;
    this.policies = world.table(TABLE);
    this.alarms = new TrackingAlarms(world);
  }

  /** PutScalingPolicy. */
  public PutScalingPolicyResponse putScalingPolicy(PutScalingPolicyRequest request) {
    Target.require(
        world,
        request.serviceNamespaceAsString(),
        request.resourceId(),
        request.scalableDimensionAsString());
    if (request.predictiveScalingPolicyConfiguration() != null) {
      throw AwsError.of("ValidationException", "The twin has no predictive scaling policies");
    }
    String key = key(request.resourceId(), request.policyName());
    Optional<ScalingPolicy> before = policies.find(key);
    String type =
        request.policyType() == null
            ? before.map(ScalingPolicy::policyTypeAsString).orElse("StepScaling")
            : request.policyTypeAsString();
    check(request, type);
    ScalingPolicy policy =
        ScalingPolicy.builder()
            .policyARN(
                before
                    .map(ScalingPolicy::policyARN)
                    .orElseGet(() -> arn(request.resourceId(), request.policyName())))
            .policyName(request.policyName())
            .policyType(type)
            .serviceNamespace(request.serviceNamespaceAsString())
            .resourceId(request.resourceId())
            .scalableDimension(request.scalableDimensionAsString())
            .stepScalingPolicyConfiguration(request.stepScalingPolicyConfiguration())
            .targetTrackingScalingPolicyConfiguration(
                request.targetTrackingScalingPolicyConfiguration())
            .creationTime(before.map(ScalingPolicy::creationTime).orElseGet(world::now))
            .build();
    if ("TargetTrackingScaling".equals(type)) {
      List<Alarm> made = alarms.make(policy);
      policy = policy.copy(p -> p.alarms(made));
    } else {
      policy = policy.copy(p -> p.alarms(List.<Alarm>of()));
    }
    before.ifPresent(alarms::delete);
    policies.put(key, policy);
    return PutScalingPolicyResponse.builder()
        .policyARN(policy.policyARN())
        .alarms(policy.alarms())
        .build();
  }

  private static void check(PutScalingPolicyRequest request, String type) {
    var tracking = request.targetTrackingScalingPolicyConfiguration();
    if ("TargetTrackingScaling".equals(type) == (tracking == null)) {
      throw AwsError.of(
          "ValidationException",
          "TargetTrackingScalingPolicyConfiguration goes with PolicyType TargetTrackingScaling, and"
              + " only with it");
    }
    if ("StepScaling".equals(type)) {
      Steps.check(request.stepScalingPolicyConfiguration());
    }
    if (tracking != null) {
      TrackedMetric.of(tracking, request.resourceId());
      if (tracking.targetValue() == null || !(tracking.targetValue() > 0)) {
        throw AwsError.of("ValidationException", "TargetValue must be greater than 0");
      }
    }
  }

  /** DescribeScalingPolicies. */
  public DescribeScalingPoliciesResponse describeScalingPolicies(
      DescribeScalingPoliciesRequest request) {
    List<ScalingPolicy> found = new ArrayList<>();
    for (ScalingPolicy policy : policies.all()) {
      boolean wanted =
          policy.serviceNamespaceAsString().equals(request.serviceNamespaceAsString())
              && (request.resourceId() == null || policy.resourceId().equals(request.resourceId()))
              && (request.policyNames().isEmpty()
                  || request.policyNames().contains(policy.policyName()));
      if (wanted) {
        found.add(
            policy.stepScalingPolicyConfiguration() == null
                ? policy
                : policy.copy(p -> p.alarms(alarms.naming(policy.policyARN()))));
      }
    }
    return DescribeScalingPoliciesResponse.builder().scalingPolicies(found).build();
  }

  /** DeleteScalingPolicy. */
  public DeleteScalingPolicyResponse deleteScalingPolicy(DeleteScalingPolicyRequest request) {
    String key = key(request.resourceId(), request.policyName());
    Optional<ScalingPolicy> removed = policies.remove(key);
    if (removed.isEmpty()) {
      throw AwsError.of(
          "ObjectNotFoundException",
          "No scaling policy found for service namespace: "
              + request.serviceNamespaceAsString()
              + ", resource ID: "
              + request.resourceId()
              + ", scalable dimension: "
              + request.scalableDimensionAsString()
              + ", policy name: "
              + request.policyName());
    }
    remove(removed.get());
    return DeleteScalingPolicyResponse.builder().build();
  }

  List<ScalingPolicy> of(String resourceId) {
    return policies.where(policy -> policy.resourceId().equals(resourceId));
  }

  /** Removes a policy with its alarms. */
  void remove(ScalingPolicy policy) {
    alarms.delete(policy);
    new Cooldowns(world).forget(policy);
    policies.remove(key(policy.resourceId(), policy.policyName()));
  }

  private String arn(String resourceId, String name) {
    return world.arn(
        "autoscaling",
        "scalingPolicy:"
            + world.ids().uuid()
            + ":resource/ecs/"
            + resourceId
            + ":policyName/"
            + name);
  }

  private static String key(String resourceId, String name) {
    return resourceId + "\n" + name;
  }
}
