package dev.slipway.twin.autoscaling;

import dev.slipway.twin.world.AwsError;
import dev.slipway.twin.world.World;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.applicationautoscaling.model.ScalableTarget;
import software.amazon.awssdk.services.applicationautoscaling.model.ScalingPolicy;

/** A registered target and its tags. */
record Target(ScalableTarget target, Map<String, String> tags) {

  static final String TABLE = "autoscaling.targets";
  private static final String ECS = "ecs";
  private static final String DIMENSION = "ecs:service:DesiredCount";

  static String key(String namespace, String resourceId, String dimension) {
    return namespace + "\n" + resourceId + "\n" + dimension;
  }

  /** The target that a policy scales, as long as it is registered. */
  static Optional<ScalableTarget> of(World world, ScalingPolicy policy) {
    return world
        .<Target>table(TABLE)
        .find(
            key(
                policy.serviceNamespaceAsString(),
                policy.resourceId(),
                policy.scalableDimensionAsString()))
        .map(Target::target);
  }

  static String require(World world, String namespace, String resourceId, String dimension) {
    check(namespace, dimension);
    String key = key(namespace, resourceId, dimension);
    if (!world.<Target>table(TABLE).contains(key)) {
      throw AwsError.of(
          "ObjectNotFoundException",
          "No scalable target found for service namespace: "
              + namespace
              + ", resource ID: "
              + resourceId
              + ", scalable dimension: "
              + dimension);
    }
    return key;
  }

  static void check(String namespace, String dimension) {
    if (!ECS.equals(namespace) || !DIMENSION.equals(dimension)) {
      throw AwsError.of(
          "ValidationException",
          "The twin scales ecs services by "
              + DIMENSION
              + "; the request names "
              + namespace
              + " and "
              + dimension);
    }
  }
}
