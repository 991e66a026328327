package dev.slipway.twin.autoscaling;

import dev.slipway.twin.world.AwsError;
import dev.slipway.twin.world.Table;
import dev.slipway.twin.world.World;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.applicationautoscaling.model.DeleteScheduledActionRequest;
import software.amazon.awssdk.services.applicationautoscaling.model.DeleteScheduledActionResponse;
import software.amazon.awssdk.services.applicationautoscaling.model.DescribeScheduledActionsRequest;
import software.amazon.awssdk.services.applicationautoscaling.model.DescribeScheduledActionsResponse;
import software.amazon.awssdk.services.applicationautoscaling.model.PutScheduledActionRequest;
import software.amazon.awssdk.services.applicationautoscaling.model.PutScheduledActionResponse;
import software.amazon.awssdk.services.applicationautoscaling.model.ScalableTargetAction;
import software.amazon.awssdk.services.applicationautoscaling.model.ScheduledAction;

/** Scheduled actions. Source: Application Auto Scaling API reference. */
final class ScheduledActionApi {

  static final String TABLE = "autoscaling.scheduledActions";

  private final World world;
  private final Table<ScheduledAction> actions;
  private final ActionTimers timers;

  ScheduledActionApi(World world, ActionTimers timers) {
    this.world = world;
    this.actions = world.table(TABLE);
    this.timers = timers;
  }

  /** Makes an action, or changes what is given of one that is there. */
  public PutScheduledActionResponse put(PutScheduledActionRequest request) {
    Target.require(
        world,
        request.serviceNamespaceAsString(),
        request.resourceId(),
        request.scalableDimensionAsString());
    String key = ActionTimers.key(request.resourceId(), request.scheduledActionName());
    Optional<ScheduledAction> before = actions.find(key);
    ScheduledAction.Builder changed =
        before.map(ScheduledAction::toBuilder).orElseGet(() -> fresh(request));
    if (request.schedule() != null) {
      changed.schedule(request.schedule());
    }
    if (request.timezone() != null) {
      changed.timezone(request.timezone());
    }
    if (request.scalableTargetAction() != null) {
      changed.scalableTargetAction(request.scalableTargetAction());
    }
    ScheduledAction action =
        changed.startTime(request.startTime()).endTime(request.endTime()).build();
    check(action);
    actions.put(key, action);
    timers.arm(action);
    return PutScheduledActionResponse.builder().build();
  }

  private ScheduledAction.Builder fresh(PutScheduledActionRequest request) {
    return ScheduledAction.builder()
        .scheduledActionName(request.scheduledActionName())
        .scheduledActionARN(
            world.arn(
                "autoscaling",
                "scheduledAction:"
                    + world.ids().uuid()
                    + ":resource/ecs/"
                    + request.resourceId()
                    + ":scheduledActionName/"
                    + request.scheduledActionName()))
        .serviceNamespace(request.serviceNamespaceAsString())
        .resourceId(request.resourceId())
        .scalableDimension(request.scalableDimensionAsString())
        .creationTime(world.now());
  }

  private static void check(ScheduledAction action) {
    try {
      ZoneId zone = ActionTimers.zone(action);
      Schedule.parse(action.schedule(), zone, action.creationTime());
    } catch (DateTimeException e) {
      throw AwsError.of("ValidationException", "Invalid timezone: " + action.timezone());
    }
    ScalableTargetAction change = action.scalableTargetAction();
    if (change == null || change.minCapacity() == null && change.maxCapacity() == null) {
      throw AwsError.of(
          "ValidationException", "You must specify MinCapacity or MaxCapacity, or both");
    }
  }

  public DescribeScheduledActionsResponse describe(DescribeScheduledActionsRequest request) {
    List<ScheduledAction> found =
        actions.where(action ->
            action.serviceNamespaceAsString().equals(request.serviceNamespaceAsString())
                && (request.resourceId() == null
                    || action.resourceId().equals(request.resourceId()))
                && (request.scheduledActionNames().isEmpty()
                    || request.scheduledActionNames().contains(action.scheduledActionName())));
    return DescribeScheduledActionsResponse.builder().scheduledActions(found).build();
  }

  public DeleteScheduledActionResponse delete(DeleteScheduledActionRequest request) {
    String key = ActionTimers.key(request.resourceId(), request.scheduledActionName());
    if (actions.remove(key).isEmpty()) {
      throw AwsError.of(
          "ObjectNotFoundException",
          "No scheduled action found for service namespace: "
              + request.serviceNamespaceAsString()
              + ", resource ID: "
              + request.resourceId()
              + ", scheduled action name: "
              + request.scheduledActionName());
    }
    timers.disarm(key);
    return DeleteScheduledActionResponse.builder().build();
  }
}
