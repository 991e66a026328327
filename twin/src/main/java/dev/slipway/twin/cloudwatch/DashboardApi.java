package dev.slipway.twin.cloudwatch;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.twin.world.AwsError;
import dev.slipway.twin.world.Differs;
import dev.slipway.twin.world.Page;
import dev.slipway.twin.world.Table;
import dev.slipway.twin.world.World;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import software.amazon.awssdk.services.cloudwatch.model.DashboardEntry;
import software.amazon.awssdk.services.cloudwatch.model.DashboardValidationMessage;
import software.amazon.awssdk.services.cloudwatch.model.DeleteDashboardsRequest;
import software.amazon.awssdk.services.cloudwatch.model.DeleteDashboardsResponse;
import software.amazon.awssdk.services.cloudwatch.model.GetDashboardRequest;
import software.amazon.awssdk.services.cloudwatch.model.GetDashboardResponse;
import software.amazon.awssdk.services.cloudwatch.model.ListDashboardsRequest;
import software.amazon.awssdk.services.cloudwatch.model.ListDashboardsResponse;
import software.amazon.awssdk.services.cloudwatch.model.PutDashboardRequest;
import software.amazon.awssdk.services.cloudwatch.model.PutDashboardResponse;

/** Dashboards. Source: CloudWatch API reference. */
@Differs(
    value =
        "A dashboard belongs to a region, and of its body only that it is a JSON object is held.",
    because = "The twin draws none; on AWS an account's dashboards are seen from every region.")
final class DashboardApi {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final World world;
  private final Tagging tagging;
  private final Table<Dashboard> dashboards;

  DashboardApi(World world, Tagging tagging) {
    this.world = world;
    this.tagging = tagging;
    this.dashboards = world.table(Dashboard.TABLE);
  }

  /** PutDashboard. */
  public PutDashboardResponse putDashboard(PutDashboardRequest request) {
    String name = Refusals.require(request.dashboardName(), "DashboardName");
    if (!name.matches("[A-Za-z0-9_-]{1,255}")) {
      throw invalid("The value " + name + " for field DashboardName contains invalid characters.");
    }
    checkBody(Refusals.require(request.dashboardBody(), "DashboardBody"));
    dashboards.put(name, new Dashboard(name, arn(name), request.dashboardBody(), world.now()));
    return PutDashboardResponse.builder()
        .dashboardValidationMessages(List.<DashboardValidationMessage>of())
        .build();
  }

  /** GetDashboard. */
  public GetDashboardResponse getDashboard(GetDashboardRequest request) {
    Dashboard dashboard = find(Refusals.require(request.dashboardName(), "DashboardName"));
    return GetDashboardResponse.builder()
        .dashboardArn(dashboard.arn())
        .dashboardName(dashboard.name())
        .dashboardBody(dashboard.body())
        .build();
  }

  /** ListDashboards. */
  public ListDashboardsResponse listDashboards(ListDashboardsRequest request) {
    String prefix = request.dashboardNamePrefix() == null ? "" : request.dashboardNamePrefix();
    List<DashboardEntry> entries =
        dashboards.where(dashboard -> dashboard.name().startsWith(prefix)).stream()
            .sorted(Comparator.comparing(Dashboard::name))
            .map(DashboardApi::entry)
            .toList();
    Page<DashboardEntry> page = Pages.of(entries, request.nextToken(), null, 1000);
    return ListDashboardsResponse.builder()
        .dashboardEntries(page.items())
        .nextToken(page.nextToken())
        .build();
  }

  /** DeleteDashboards: all of them, or none when one does not exist. */
  public DeleteDashboardsResponse deleteDashboards(DeleteDashboardsRequest request) {
    request.dashboardNames().forEach(this::find);
    for (String name : request.dashboardNames()) {
      dashboards.remove(name);
      tagging.forget(arn(name));
    }
    return DeleteDashboardsResponse.builder().build();
  }

  private static DashboardEntry entry(Dashboard dashboard) {
    return DashboardEntry.builder()
        .dashboardArn(dashboard.arn())
        .dashboardName(dashboard.name())
        .lastModified(dashboard.lastModified())
        .size((long) dashboard.body().getBytes(StandardCharsets.UTF_8).length)
        .build();
  }

  private Dashboard find(String name) {
    return dashboards
        .find(name)
        .orElseThrow(() ->
            new AwsError("DashboardNotFoundError", 404, "Dashboard " + name + " does not exist"));
  }

  private static void checkBody(String body) {
    try {
      if (JSON.readTree(body).isObject()) {
        return;
      }
    } catch (JsonProcessingException e) {
      // refused below; what the parser says of itself is no business of the client
    }
    throw invalid("The field DashboardBody must be a valid JSON object");
  }

  private static AwsError invalid(String message) {
    return AwsError.of("DashboardInvalidInputError", message);
  }

  private String arn(String name) {
    return "arn:aws:cloudwatch::" + world.account() + ":dashboard/" + name;
  }
}
