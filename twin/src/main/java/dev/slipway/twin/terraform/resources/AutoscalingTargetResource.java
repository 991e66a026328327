package dev.slipway.twin.terraform.resources;

import dev.slipway.twin.terraform.engine.Context;
import dev.slipway.twin.terraform.engine.ResourceHandler;
import dev.slipway.twin.terraform.engine.TagChanges;
import dev.slipway.twin.terraform.value.Attributes;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.applicationautoscaling.model.DeregisterScalableTargetRequest;
import software.amazon.awssdk.services.applicationautoscaling.model.DeregisterScalableTargetResponse;
import software.amazon.awssdk.services.applicationautoscaling.model.DescribeScalableTargetsRequest;
import software.amazon.awssdk.services.applicationautoscaling.model.DescribeScalableTargetsResponse;
import software.amazon.awssdk.services.applicationautoscaling.model.ListTagsForResourceRequest;
import software.amazon.awssdk.services.applicationautoscaling.model.ListTagsForResourceResponse;
import software.amazon.awssdk.services.applicationautoscaling.model.RegisterScalableTargetRequest;
import software.amazon.awssdk.services.applicationautoscaling.model.RegisterScalableTargetResponse;
import software.amazon.awssdk.services.applicationautoscaling.model.ScalableTarget;
import software.amazon.awssdk.services.applicationautoscaling.model.TagResourceRequest;
import software.amazon.awssdk.services.applicationautoscaling.model.TagResourceResponse;
import software.amazon.awssdk.services.applicationautoscaling.model.UntagResourceRequest;
import software.amazon.awssdk.services.applicationautoscaling.model.UntagResourceResponse;

/** {@code aws_appautoscaling_target}. */
final class AutoscalingTargetResource implements ResourceHandler {

  @Override
  public String type() {
    return "aws_appautoscaling_target";
  }

  @Override
  public String label() {
    return "Application AutoScaling Target";
  }

  @Override
  public void create(Context context, Attributes planned) {
    Map<String, String> tags = planned.textMap("tags_all");
    register(context, planned, tags.isEmpty() ? null : tags);
    planned.set("id", planned.text("resource_id"));
  }

  @Override
  public boolean read(Context context, Attributes state) {
    DescribeScalableTargetsRequest request =
        DescribeScalableTargetsRequest.builder()
            .serviceNamespace(state.text("service_namespace"))
            .resourceIds(state.text("resource_id"))
            .scalableDimension(state.text("scalable_dimension"))
            .build();
    Optional<ScalableTarget> found =
        context.findFirst(
            () -> context.call(request, DescribeScalableTargetsResponse.class).scalableTargets());
    if (found.isEmpty()) {
      return false;
    }
    ScalableTarget target = found.get();
    state
        .set("arn", target.scalableTargetARN())
        .set("max_capacity", target.maxCapacity())
        .set("min_capacity", target.minCapacity())
        .set("resource_id", target.resourceId())
        .setText("role_arn", target.roleARN())
        .set("scalable_dimension", target.scalableDimensionAsString())
        .set("service_namespace", target.serviceNamespaceAsString());
    ListTagsForResourceRequest tags =
        ListTagsForResourceRequest.builder().resourceARN(target.scalableTargetARN()).build();
    context.setTags(state, context.call(tags, ListTagsForResourceResponse.class).tags());
    return true;
  }

  @Override
  public void update(Context context, Attributes prior, Attributes planned) {
    if (planned.differs(prior, "max_capacity", "min_capacity", "role_arn")) {
      register(context, planned, null);
    }
    String arn = planned.text("arn");
    TagChanges changes = TagChanges.between(prior, planned);
    changes.apply(
        Map::entry,
        keys ->
            context.call(
                UntagResourceRequest.builder().resourceARN(arn).tagKeys(keys).build(),
                UntagResourceResponse.class),
        (List<Map.Entry<String, String>> tags) ->
            context.call(
                TagResourceRequest.builder().resourceARN(arn).tags(changes.set()).build(),
                TagResourceResponse.class));
  }

  @Override
  public void delete(Context context, Attributes state) {
    context.call(
        DeregisterScalableTargetRequest.builder()
            .serviceNamespace(state.text("service_namespace"))
            .resourceId(state.text("resource_id"))
            .scalableDimension(state.text("scalable_dimension"))
            .build(),
        DeregisterScalableTargetResponse.class);
  }

  @Override
  public void importById(Context context, String id, Attributes state) {
    String[] parts = id.split("/", -1);
    if (parts.length < 3) {
      throw new IllegalArgumentException(
          "unexpected format (%s), expected <service-namespace>/<resource-id>/<scalable-dimension>"
              .formatted(id));
    }
    String dimension = parts[parts.length - 1];
    String resource = id.substring(parts[0].length() + 1, id.length() - dimension.length() - 1);
    state
        .set("service_namespace", parts[0])
        .set("resource_id", resource)
        .set("scalable_dimension", dimension)
        .set("id", resource);
  }

  private static void register(Context context, Attributes planned, Map<String, String> tags) {
    RegisterScalableTargetRequest request =
        RegisterScalableTargetRequest.builder()
            .serviceNamespace(planned.text("service_namespace"))
            .resourceId(planned.text("resource_id"))
            .scalableDimension(planned.text("scalable_dimension"))
            .minCapacity(planned.integer("min_capacity"))
            .maxCapacity(planned.integer("max_capacity"))
            .roleARN(planned.text("role_arn"))
            .tags(tags)
            .build();
    context
        .waiter()
        .retry(
            IamDocuments.PROPAGATION,
            e ->
                e.is("ValidationException")
                    && (e.awsMessage().contains("Unable to assume IAM role")
                        || e.awsMessage().contains("ECS service doesn't exist")),
            () -> context.call(request, RegisterScalableTargetResponse.class));
  }
}
