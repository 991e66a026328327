package dev.slipway.twin.terraform.resources;

import dev.slipway.twin.terraform.engine.Context;
import dev.slipway.twin.terraform.engine.ResourceHandler;
import dev.slipway.twin.terraform.value.Attributes;
import java.time.Instant;
import java.util.Optional;
import software.amazon.awssdk.services.applicationautoscaling.model.DeleteScheduledActionRequest;
import software.amazon.awssdk.services.applicationautoscaling.model.DeleteScheduledActionResponse;
import software.amazon.awssdk.services.applicationautoscaling.model.DescribeScheduledActionsRequest;
import software.amazon.awssdk.services.applicationautoscaling.model.DescribeScheduledActionsResponse;
import software.amazon.awssdk.services.applicationautoscaling.model.PutScheduledActionRequest;
import software.amazon.awssdk.services.applicationautoscaling.model.PutScheduledActionResponse;
import software.amazon.awssdk.services.applicationautoscaling.model.ScalableTargetAction;
import software.amazon.awssdk.services.applicationautoscaling.model.ScheduledAction;

/** {@code aws_appautoscaling_scheduled_action}. The provider cannot import it either. */
final class AutoscalingScheduledActionResource implements ResourceHandler {

  @Override
  public String type() {
    return "aws_appautoscaling_scheduled_action";
  }

  @Override
  public String label() {
    return "Application Auto Scaling Scheduled Action";
  }

  @Override
  public void create(Context context, Attributes planned) {
    put(context, planned);
    planned.set(
        "id",
        planned.text("name")
            + "-"
            + planned.text("service_namespace")
            + "-"
            + planned.text("resource_id"));
  }

  @Override
  public boolean read(Context context, Attributes state) {
    DescribeScheduledActionsRequest request =
        DescribeScheduledActionsRequest.builder()
            .serviceNamespace(state.text("service_namespace"))
            .resourceId(state.text("resource_id"))
            .scalableDimension(state.text("scalable_dimension"))
            .scheduledActionNames(state.text("name"))
            .build();
    Optional<ScheduledAction> found =
        context.findFirst(
            () -> context.call(request, DescribeScheduledActionsResponse.class).scheduledActions());
    found.ifPresent(action ->
        state
            .set("arn", action.scheduledActionARN())
            .set("schedule", action.schedule())
            .setText("timezone", action.timezone())
            .setText("start_time", text(action.startTime()))
            .setText("end_time", text(action.endTime()))
            .setBlock(
                "scalable_target_action",
                new Attributes()
                    .setText("max_capacity", text(action.scalableTargetAction().maxCapacity()))
                    .setText("min_capacity", text(action.scalableTargetAction().minCapacity()))));
    return found.isPresent();
  }

  @Override
  public void update(Context context, Attributes prior, Attributes planned) {
    put(context, planned);
  }

  @Override
  public void delete(Context context, Attributes state) {
    context.call(
        DeleteScheduledActionRequest.builder()
            .serviceNamespace(state.text("service_namespace"))
            .resourceId(state.text("resource_id"))
            .scalableDimension(state.text("scalable_dimension"))
            .scheduledActionName(state.text("name"))
            .build(),
        DeleteScheduledActionResponse.class);
  }

  @Override
  public void importById(Context context, String id, Attributes state) {
    throw new UnsupportedOperationException("import of aws_appautoscaling_scheduled_action");
  }

  private static void put(Context context, Attributes planned) {
    ScalableTargetAction action =
        planned
            .block("scalable_target_action")
            .map(block ->
                ScalableTargetAction.builder()
                    .maxCapacity(number(block.text("max_capacity")))
                    .minCapacity(number(block.text("min_capacity")))
                    .build())
            .orElse(null);
    context.call(
        PutScheduledActionRequest.builder()
            .scheduledActionName(planned.text("name"))
            .serviceNamespace(planned.text("service_namespace"))
            .resourceId(planned.text("resource_id"))
            .scalableDimension(planned.text("scalable_dimension"))
            .schedule(planned.text("schedule"))
            .timezone(planned.text("timezone"))
            .startTime(instant(planned.text("start_time")))
            .endTime(instant(planned.text("end_time")))
            .scalableTargetAction(action)
            .build(),
        PutScheduledActionResponse.class);
  }

  private static Integer number(String text) {
    return text == null ? null : Integer.valueOf(text);
  }

  private static Instant instant(String text) {
    return text == null ? null : Instant.parse(text);
  }

  private static String text(Object value) {
    return value == null ? "" : value.toString();
  }
}
