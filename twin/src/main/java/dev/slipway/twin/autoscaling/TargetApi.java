package dev.slipway.twin.autoscaling;

import dev.slipway.twin.world.AwsError;
import dev.slipway.twin.world.Table;
import dev.slipway.twin.world.World;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.applicationautoscaling.model.DeregisterScalableTargetRequest;
import software.amazon.awssdk.services.applicationautoscaling.model.DeregisterScalableTargetResponse;
import software.amazon.awssdk.services.applicationautoscaling.model.DescribeScalableTargetsRequest;
import software.amazon.awssdk.services.applicationautoscaling.model.DescribeScalableTargetsResponse;
import software.amazon.awssdk.services.applicationautoscaling.model.DescribeScalingActivitiesRequest;
import software.amazon.awssdk.services.applicationautoscaling.model.DescribeScalingActivitiesResponse;
import software.amazon.awssdk.services.applicationautoscaling.model.ListTagsForResourceRequest;
import software.amazon.awssdk.services.applicationautoscaling.model.ListTagsForResourceResponse;
import software.amazon.awssdk.services.applicationautoscaling.model.RegisterScalableTargetRequest;
import software.amazon.awssdk.services.applicationautoscaling.model.RegisterScalableTargetResponse;
import software.amazon.awssdk.services.applicationautoscaling.model.ScalableTarget;
import software.amazon.awssdk.services.applicationautoscaling.model.ScalingPolicy;
import software.amazon.awssdk.services.applicationautoscaling.model.SuspendedState;
import software.amazon.awssdk.services.applicationautoscaling.model.TagResourceRequest;
import software.amazon.awssdk.services.applicationautoscaling.model.TagResourceResponse;
import software.amazon.awssdk.services.applicationautoscaling.model.UntagResourceRequest;
import software.amazon.awssdk.services.applicationautoscaling.model.UntagResourceResponse;
import software.amazon.awssdk.services.ecs.model.DescribeServicesRequest;
import software.amazon.awssdk.services.ecs.model.DescribeServicesResponse;

/** Scalable targets. Source: Application Auto Scaling API reference. */
public final class TargetApi {

  private final World world;
  private final Table<Target> targets;
  private final Scaler scaler;
  private final ActionTimers timers;

  TargetApi(World world, Scaler scaler, ActionTimers timers) {
    this.world = world;
    this.scaler = scaler;
    this.timers = timers;
    this.targets = world.table(Target.TABLE);
  }

  /** RegisterScalableTarget; changes what is given of a target that is registered. */
  public RegisterScalableTargetResponse registerScalableTarget(
      RegisterScalableTargetRequest request) {
    String namespace = request.serviceNamespaceAsString();
    String dimension = request.scalableDimensionAsString();
    Target.check(namespace, dimension);
    requireService(request.resourceId());
    String key = Target.key(namespace, request.resourceId(), dimension);
    Optional<Target> before = targets.find(key);
    ScalableTarget.Builder target =
        before.map(t -> t.target().toBuilder()).orElseGet(() -> fresh(request));
    if (request.minCapacity() != null) {
      target.minCapacity(request.minCapacity());
    }
    if (request.maxCapacity() != null) {
      target.maxCapacity(request.maxCapacity());
    }
    if (request.suspendedState() != null) {
      target.suspendedState(request.suspendedState());
    }
    ScalableTarget built = target.build();
    checkCapacity(built);
    Map<String, String> tags = new LinkedHashMap<>(before.map(Target::tags).orElse(Map.of()));
    tags.putAll(request.tags());
    targets.put(key, new Target(built, tags));
    return RegisterScalableTargetResponse.builder()
        .scalableTargetARN(built.scalableTargetARN())
        .build();
  }

  private ScalableTarget.Builder fresh(RegisterScalableTargetRequest request) {
    return ScalableTarget.builder()
        .serviceNamespace(request.serviceNamespaceAsString())
        .resourceId(request.resourceId())
        .scalableDimension(request.scalableDimensionAsString())
        .roleARN(
            "arn:aws:iam::"
                + world.account()
                + ":role/aws-service-role/ecs.application-autoscaling.amazonaws.com/"
                + "AWSServiceRoleForApplicationAutoScaling_ECSService")
        .scalableTargetARN(
            world.arn("application-autoscaling", "scalable-target/" + world.ids().hex(32)))
        .creationTime(world.now())
        .suspendedState(
            SuspendedState.builder()
                .dynamicScalingInSuspended(false)
                .dynamicScalingOutSuspended(false)
                .scheduledScalingSuspended(false)
                .build());
  }

  /** DescribeScalableTargets. */
  public DescribeScalableTargetsResponse describeScalableTargets(
      DescribeScalableTargetsRequest request) {
    List<ScalableTarget> found =
        targets.all().stream()
            .map(Target::target)
            .filter(t -> t.serviceNamespaceAsString().equals(request.serviceNamespaceAsString()))
            .filter(t ->
                request.resourceIds().isEmpty() || request.resourceIds().contains(t.resourceId()))
            .filter(t ->
                request.scalableDimension() == null
                    || t.scalableDimensionAsString().equals(request.scalableDimensionAsString()))
            .toList();
    return DescribeScalableTargetsResponse.builder().scalableTargets(found).build();
  }

  /** DeregisterScalableTarget; the target's policies and scheduled actions go with it. */
  public DeregisterScalableTargetResponse deregisterScalableTarget(
      DeregisterScalableTargetRequest request) {
    String key =
        Target.require(
            world,
            request.serviceNamespaceAsString(),
            request.resourceId(),
            request.scalableDimensionAsString());
    PolicyApi policies = new PolicyApi(world);
    for (ScalingPolicy policy : policies.of(request.resourceId())) {
      policies.remove(policy);
    }
    timers.forget(request.resourceId());
    targets.remove(key);
    return DeregisterScalableTargetResponse.builder().build();
  }

  /** DescribeScalingActivities, the newest first. */
  public DescribeScalingActivitiesResponse describeScalingActivities(
      DescribeScalingActivitiesRequest request) {
    return DescribeScalingActivitiesResponse.builder()
        .scalingActivities(
            scaler.activities().stream()
                .filter(each ->
                    request.resourceId() == null || each.resourceId().equals(request.resourceId()))
                .toList())
        .build();
  }

  /** TagResource. */
  public TagResourceResponse tagResource(TagResourceRequest request) {
    Target target = byArn(request.resourceARN());
    Map<String, String> tags = new LinkedHashMap<>(target.tags());
    tags.putAll(request.tags());
    put(target.target(), tags);
    return TagResourceResponse.builder().build();
  }

  /** UntagResource. */
  public UntagResourceResponse untagResource(UntagResourceRequest request) {
    Target target = byArn(request.resourceARN());
    Map<String, String> tags = new LinkedHashMap<>(target.tags());
    tags.keySet().removeAll(request.tagKeys());
    put(target.target(), tags);
    return UntagResourceResponse.builder().build();
  }

  /** ListTagsForResource. */
  public ListTagsForResourceResponse listTagsForResource(ListTagsForResourceRequest request) {
    return ListTagsForResourceResponse.builder().tags(byArn(request.resourceARN()).tags()).build();
  }

  private void put(ScalableTarget target, Map<String, String> tags) {
    targets.put(
        Target.key(
            target.serviceNamespaceAsString(),
            target.resourceId(),
            target.scalableDimensionAsString()),
        new Target(target, tags));
  }

  private Target byArn(String arn) {
    return targets.where(t -> t.target().scalableTargetARN().equals(arn)).stream()
        .findFirst()
        .orElseThrow(() ->
            AwsError.of(
                "ResourceNotFoundException", "No scalable target with ARN " + arn + " found"));
  }

  /** AWS refuses a target whose service it cannot describe. */
  private void requireService(String resourceId) {
    String[] parts = resourceId == null ? new String[0] : resourceId.split("/", -1);
    if (parts.length != 3 || !parts[0].equals("service")) {
      throw AwsError.of(
          "ValidationException",
          "Unsupported service namespace, resource type or scalable dimension");
    }
    DescribeServicesResponse found =
        world
            .operations()
            .call(
                DescribeServicesRequest.builder().cluster(parts[1]).services(parts[2]).build(),
                DescribeServicesResponse.class);
    boolean active =
        found.services().stream().anyMatch(service -> "ACTIVE".equals(service.status()));
    if (!active) {
      throw AwsError.of("ValidationException", "ECS service doesn't exist: " + resourceId);
    }
  }

  private static void checkCapacity(ScalableTarget target) {
    if (target.minCapacity() == null || target.maxCapacity() == null) {
      throw AwsError.of("ValidationException", "You must specify both MinCapacity and MaxCapacity");
    }
    if (target.minCapacity() > target.maxCapacity()) {
      throw AwsError.of(
          "ValidationException", "Maximum capacity cannot be less than minimum capacity");
    }
  }
}
