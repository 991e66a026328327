package dev.slipway.twin.autoscaling;

import dev.slipway.twin.world.AwsError;
import dev.slipway.twin.world.Table;
import dev.slipway.twin.world.World;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.applicationautoscaling.model.ScalableTarget;
import software.amazon.awssdk.services.applicationautoscaling.model.ScalableTargetAction;
import software.amazon.awssdk.services.applicationautoscaling.model.ScalingActivity;
import software.amazon.awssdk.services.applicationautoscaling.model.ScalingActivityStatusCode;
import software.amazon.awssdk.services.applicationautoscaling.model.ScalingPolicy;
import software.amazon.awssdk.services.applicationautoscaling.model.ScheduledAction;
import software.amazon.awssdk.services.applicationautoscaling.model.SuspendedState;
import software.amazon.awssdk.services.ecs.model.DescribeServicesRequest;
import software.amazon.awssdk.services.ecs.model.DescribeServicesResponse;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.ecs.model.UpdateServiceRequest;
import software.amazon.awssdk.services.ecs.model.UpdateServiceResponse;

/**
 * Brings a service within the bounds of its target, and keeps a record of it. Source: Application
 * Auto Scaling user guide, "Scheduled scaling": the action sets the bounds, and the capacity
 * follows where it lies outside.
 */
final class Scaler {

  private static final String ACTIVITIES = "autoscaling.activities";

  private final World world;

  Scaler(World world) {
    this.world = world;
  }

  List<ScalingActivity> activities() {
    return world.<ScalingActivity>table(ACTIVITIES).all().reversed();
  }

  void perform(ScheduledAction action) {
    Table<Target> targets = world.table(Target.TABLE);
    String key =
        Target.key(
            action.serviceNamespaceAsString(),
            action.resourceId(),
            action.scalableDimensionAsString());
    Optional<Target> found = targets.find(key);
    if (found.isEmpty() || isSuspended(found.get().target())) {
      return;
    }
    ScalableTargetAction change = action.scalableTargetAction();
    ScalableTarget old = found.get().target();
    int least = change.minCapacity() == null ? old.minCapacity() : change.minCapacity();
    int most = change.maxCapacity() == null ? old.maxCapacity() : change.maxCapacity();
    ScalableTarget changed = old.toBuilder().minCapacity(least).maxCapacity(most).build();
    targets.put(key, new Target(changed, found.get().tags()));
    String cause = "scheduled action name " + action.scheduledActionName() + " was triggered";
    record(
        changed,
        "Setting min capacity to " + least + " and max capacity to " + most,
        cause,
        ScalingActivityStatusCode.SUCCESSFUL,
        "Successfully set min capacity to " + least + " and max capacity to " + most);
    service(changed)
        .ifPresent(service -> {
          int wanted = within(changed, service.desiredCount());
          if (wanted != service.desiredCount()) {
            String bound = wanted == least ? "minimum" : "maximum";
            scale(changed, wanted, bound + " capacity was set to " + wanted);
          }
        });
  }

  private static boolean isSuspended(ScalableTarget target) {
    return target.suspendedState() != null
        && Boolean.TRUE.equals(target.suspendedState().scheduledScalingSuspended());
  }

  /** Whether policies may not scale a target out, or in. */
  static boolean isSuspended(ScalableTarget target, boolean out) {
    SuspendedState state = target.suspendedState();
    return state != null
        && Boolean.TRUE.equals(
            out ? state.dynamicScalingOutSuspended() : state.dynamicScalingInSuspended());
  }

  /** The capacity within a target's bounds that is nearest to another. */
  static int within(ScalableTarget target, int capacity) {
    return Math.max(target.minCapacity(), Math.min(target.maxCapacity(), capacity));
  }

  /** Sets the desired count of a target's service, since an alarm of a policy rang. */
  void scale(ScalableTarget target, int count, ScalingPolicy policy, String alarmName) {
    scale(
        target,
        count,
        "monitor alarm %s in state ALARM triggered policy %s"
            .formatted(alarmName, policy.policyName()));
  }

  /** Sets the desired count of a target's service, and records it with its cause. */
  void scale(ScalableTarget target, int count, String cause) {
    String[] parts = target.resourceId().split("/", -1);
    String description = "Setting desired count to " + count + ".";
    try {
      world
          .operations()
          .call(
              UpdateServiceRequest.builder()
                  .cluster(parts[1])
                  .service(parts[2])
                  .desiredCount(count)
                  .build(),
              UpdateServiceResponse.class);
      record(
          target,
          description,
          cause,
          ScalingActivityStatusCode.SUCCESSFUL,
          "Successfully set desired count to " + count + ". Change successfully fulfilled by ecs.");
    } catch (AwsError e) {
      record(
          target,
          description,
          cause,
          ScalingActivityStatusCode.FAILED,
          "Failed to set desired count to " + count + ". Reason: " + e.getMessage());
    }
  }

  /** The service of a target, when it is active. */
  Optional<Service> service(ScalableTarget target) {
    String[] parts = target.resourceId().split("/", -1);
    try {
      return world
          .operations()
          .call(
              DescribeServicesRequest.builder().cluster(parts[1]).services(parts[2]).build(),
              DescribeServicesResponse.class)
          .services()
          .stream()
          .filter(service -> "ACTIVE".equals(service.status()))
          .findFirst();
    } catch (AwsError e) {
      return Optional.empty();
    }
  }

  private void record(
      ScalableTarget target,
      String description,
      String cause,
      ScalingActivityStatusCode status,
      String message) {
    String id = world.ids().uuid();
    world
        .<ScalingActivity>table(ACTIVITIES)
        .put(
            id,
            ScalingActivity.builder()
                .activityId(id)
                .serviceNamespace(target.serviceNamespaceAsString())
                .resourceId(target.resourceId())
                .scalableDimension(target.scalableDimensionAsString())
                .description(description)
                .cause(cause)
                .startTime(world.now())
                .endTime(world.now())
                .statusCode(status)
                .statusMessage(message)
                .build());
  }
}
