package dev.slipway.twin.terraform.resources;

import dev.slipway.twin.terraform.engine.Context;
import dev.slipway.twin.terraform.engine.ResourceHandler;
import dev.slipway.twin.terraform.value.Attributes;
import java.util.Optional;
import software.amazon.awssdk.services.applicationautoscaling.model.Alarm;
import software.amazon.awssdk.services.applicationautoscaling.model.DeleteScalingPolicyRequest;
import software.amazon.awssdk.services.applicationautoscaling.model.DeleteScalingPolicyResponse;
import software.amazon.awssdk.services.applicationautoscaling.model.DescribeScalingPoliciesRequest;
import software.amazon.awssdk.services.applicationautoscaling.model.DescribeScalingPoliciesResponse;
import software.amazon.awssdk.services.applicationautoscaling.model.PutScalingPolicyRequest;
import software.amazon.awssdk.services.applicationautoscaling.model.PutScalingPolicyResponse;
import software.amazon.awssdk.services.applicationautoscaling.model.ScalingPolicy;

/** {@code aws_appautoscaling_policy}. */
final class AutoscalingPolicyResource implements ResourceHandler {

  @Override
  public String type() {
    return "aws_appautoscaling_policy";
  }

  @Override
  public String label() {
    return "Application Auto Scaling Scaling Policy";
  }

  @Override
  public void create(Context context, Attributes planned) {
    put(context, planned);
    planned.set("id", planned.text("name"));
  }

  @Override
  public boolean read(Context context, Attributes state) {
    DescribeScalingPoliciesRequest request =
        DescribeScalingPoliciesRequest.builder()
            .policyNames(state.text("name"))
            .serviceNamespace(state.text("service_namespace"))
            .resourceId(state.text("resource_id"))
            .scalableDimension(state.text("scalable_dimension"))
            .build();
    Optional<ScalingPolicy> found =
        context.findFirst(
            () -> context.call(request, DescribeScalingPoliciesResponse.class).scalingPolicies());
    if (found.isEmpty()) {
      return false;
    }
    ScalingPolicy policy = found.get();
    state
        .set("arn", policy.policyARN())
        .setTexts("alarm_arns", policy.alarms().stream().map(Alarm::alarmARN).toList())
        .set("name", policy.policyName())
        .set("policy_type", policy.policyTypeAsString())
        .set("resource_id", policy.resourceId())
        .set("scalable_dimension", policy.scalableDimensionAsString())
        .set("service_namespace", policy.serviceNamespaceAsString())
        .setBlocks(
            "step_scaling_policy_configuration",
            ScalingConfigurations.stepBlocks(policy.stepScalingPolicyConfiguration()))
        .setBlocks(
            "target_tracking_scaling_policy_configuration",
            ScalingConfigurations.trackingBlocks(
                policy.targetTrackingScalingPolicyConfiguration()));
    return true;
  }

  @Override
  public void update(Context context, Attributes prior, Attributes planned) {
    put(context, planned);
  }

  @Override
  public void delete(Context context, Attributes state) {
    context.call(
        DeleteScalingPolicyRequest.builder()
            .policyName(state.text("name"))
            .serviceNamespace(state.text("service_namespace"))
            .resourceId(state.text("resource_id"))
            .scalableDimension(state.text("scalable_dimension"))
            .build(),
        DeleteScalingPolicyResponse.class);
  }

  @Override
  public void importById(Context context, String id, Attributes state) {
    String[] parts = id.split("/", -1);
    if (parts.length < 4) {
      throw new IllegalArgumentException(
          "unexpected format (%s), expected <service-namespace>/<resource-id>/<scalable-dimension>/<policy-name>"
              .formatted(id));
    }
    String name = parts[parts.length - 1];
    String dimension = parts[parts.length - 2];
    state
        .set("id", name)
        .set("name", name)
        .set("scalable_dimension", dimension)
        .set("service_namespace", parts[0])
        .set(
            "resource_id",
            id.substring(
                parts[0].length() + 1, id.length() - dimension.length() - name.length() - 2));
  }

  private static void put(Context context, Attributes planned) {
    PutScalingPolicyRequest request =
        PutScalingPolicyRequest.builder()
            .policyName(planned.text("name"))
            .policyType(planned.text("policy_type"))
            .serviceNamespace(planned.text("service_namespace"))
            .resourceId(planned.text("resource_id"))
            .scalableDimension(planned.text("scalable_dimension"))
            .stepScalingPolicyConfiguration(ScalingConfigurations.step(planned))
            .targetTrackingScalingPolicyConfiguration(ScalingConfigurations.tracking(planned))
            .build();
    context
        .waiter()
        .retry(
            IamDocuments.PROPAGATION,
            e ->
                e.is("FailedResourceAccessException")
                    && (e.awsMessage().contains("is not authorized")
                        || e.awsMessage().contains("Rate exceeded")),
            () -> context.call(request, PutScalingPolicyResponse.class));
  }
}
