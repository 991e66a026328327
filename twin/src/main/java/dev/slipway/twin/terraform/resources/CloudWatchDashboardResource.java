package dev.slipway.twin.terraform.resources;

import dev.slipway.twin.terraform.engine.Context;
import dev.slipway.twin.terraform.engine.ResourceHandler;
import dev.slipway.twin.terraform.plan.Traits;
import dev.slipway.twin.terraform.value.Attributes;
import software.amazon.awssdk.services.cloudwatch.model.DeleteDashboardsRequest;
import software.amazon.awssdk.services.cloudwatch.model.DeleteDashboardsResponse;
import software.amazon.awssdk.services.cloudwatch.model.GetDashboardRequest;
import software.amazon.awssdk.services.cloudwatch.model.GetDashboardResponse;
import software.amazon.awssdk.services.cloudwatch.model.PutDashboardRequest;
import software.amazon.awssdk.services.cloudwatch.model.PutDashboardResponse;

/** {@code aws_cloudwatch_dashboard}. */
final class CloudWatchDashboardResource implements ResourceHandler {

  @Override
  public String type() {
    return "aws_cloudwatch_dashboard";
  }

  @Override
  public String label() {
    return "CloudWatch Dashboard";
  }

  @Override
  public Traits traits() {
    return new Traits().sameJson("dashboard_body");
  }

  @Override
  public void create(Context context, Attributes planned) {
    put(context, planned);
    planned.set("id", planned.text("dashboard_name"));
  }

  @Override
  public boolean read(Context context, Attributes state) {
    GetDashboardResponse response =
        context.call(
            GetDashboardRequest.builder().dashboardName(state.id()).build(),
            GetDashboardResponse.class);
    state
        .set("dashboard_arn", response.dashboardArn())
        .set("dashboard_name", response.dashboardName());
    if (!Traits.isSameJson(state.text("dashboard_body", ""), response.dashboardBody())) {
      state.set("dashboard_body", response.dashboardBody());
    }
    return true;
  }

  @Override
  public void update(Context context, Attributes prior, Attributes planned) {
    put(context, planned);
  }

  @Override
  public void delete(Context context, Attributes state) {
    context.call(
        DeleteDashboardsRequest.builder().dashboardNames(state.id()).build(),
        DeleteDashboardsResponse.class);
  }

  private static void put(Context context, Attributes planned) {
    context.call(
        PutDashboardRequest.builder()
            .dashboardName(planned.text("dashboard_name"))
            .dashboardBody(planned.text("dashboard_body"))
            .build(),
        PutDashboardResponse.class);
  }
}
