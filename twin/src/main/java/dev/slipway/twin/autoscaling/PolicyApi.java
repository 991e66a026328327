package dev.slipway.twin.autoscaling;

import dev.slipway.twin.world.AwsError;
import dev.slipway.twin.world.Differs;
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
@Differs(
    value = "Policies are kept, but no metric scales a service, and no tracking alarms are made.",
    because = "Load in the twin says nothing about load on AWS; scaling is rehearsed by hand.")
public final class PolicyApi {

  static final String TABLE = "autoscaling.policies";

  private final World world;
  private final Table<ScalingPolicy> policies;

  PolicyApi(World world) {
    this.world = world;
    this.policies = world.table(TABLE);
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
    String type = request.policyTypeAsString();
    ScalingPolicy policy =
        ScalingPolicy.builder()
            .policyARN(
                before
                    .map(ScalingPolicy::policyARN)
                    .orElseGet(() -> arn(request.resourceId(), request.policyName())))
            .policyName(request.policyName())
            .policyType(type == null ? "StepScaling" : type)
            .serviceNamespace(request.serviceNamespaceAsString())
            .resourceId(request.resourceId())
            .scalableDimension(request.scalableDimensionAsString())
            .stepScalingPolicyConfiguration(request.stepScalingPolicyConfiguration())
            .targetTrackingScalingPolicyConfiguration(
                request.targetTrackingScalingPolicyConfiguration())
            .alarms(List.<Alarm>of())
            .creationTime(before.map(ScalingPolicy::creationTime).orElseGet(world::now))
            .build();
    policies.put(key, policy);
    return PutScalingPolicyResponse.builder()
        .policyARN(policy.policyARN())
        .alarms(policy.alarms())
        .build();
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
        found.add(policy);
      }
    }
    return DescribeScalingPoliciesResponse.builder().scalingPolicies(found).build();
  }

  /** DeleteScalingPolicy. */
  public DeleteScalingPolicyResponse deleteScalingPolicy(DeleteScalingPolicyRequest request) {
    String key = key(request.resourceId(), request.policyName());
    if (policies.remove(key).isEmpty()) {
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
    return DeleteScalingPolicyResponse.builder().build();
  }

  List<ScalingPolicy> of(String resourceId) {
    return policies.where(policy -> policy.resourceId().equals(resourceId));
  }

  void remove(ScalingPolicy policy) {
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
