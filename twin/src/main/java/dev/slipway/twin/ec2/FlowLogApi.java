package dev.slipway.twin.ec2;

import dev.slipway.twin.world.AwsError;
import dev.slipway.twin.world.Differs;
import dev.slipway.twin.world.World;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import software.amazon.awssdk.services.ec2.model.CreateFlowLogsRequest;
import software.amazon.awssdk.services.ec2.model.CreateFlowLogsResponse;
import software.amazon.awssdk.services.ec2.model.DeleteFlowLogsRequest;
import software.amazon.awssdk.services.ec2.model.DeleteFlowLogsResponse;
import software.amazon.awssdk.services.ec2.model.DescribeFlowLogsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeFlowLogsResponse;
import software.amazon.awssdk.services.ec2.model.FlowLog;
import software.amazon.awssdk.services.ec2.model.FlowLogsResourceType;
import software.amazon.awssdk.services.ec2.model.LogDestinationType;
import software.amazon.awssdk.services.ec2.model.UnsuccessfulItem;
import software.amazon.awssdk.services.ec2.model.UnsuccessfulItemError;

/** Flow logs to CloudWatch Logs. Source: EC2 API reference, CreateFlowLogs and others. */
@Differs(
    value = "Flow logs are kept and shown; no flow is recorded.",
    because = "Tasks' packets do not pass through the twin, only their connections' ends do.")
final class FlowLogApi {

  private static final String USUAL_FORMAT =
      "${version} ${account-id} ${interface-id} ${srcaddr} ${dstaddr} ${srcport} ${dstport}"
          + " ${protocol} ${packets} ${bytes} ${start} ${end} ${action} ${log-status}";
  private static final Set<Integer> INTERVALS = Set.of(60, 600);

  private final World world;
  private final Stores stores;
  private final Filters<FlowLog> filters;

  FlowLogApi(World world, Stores stores) {
    this.world = world;
    this.stores = stores;
    this.filters =
        Filters.of(stores.flowLogs.kind())
            .on("flow-log-id", FlowLog::flowLogId)
            .on("log-destination-type", FlowLog::logDestinationTypeAsString)
            .on("log-group-name", FlowLog::logGroupName)
            .on("resource-id", FlowLog::resourceId)
            .on("traffic-type", FlowLog::trafficTypeAsString)
            .on("deliver-log-status", FlowLog::deliverLogsStatus);
  }

  /** Creates a flow log for each resource; what fails is listed beside what is made. */
  public CreateFlowLogsResponse createFlowLogs(CreateFlowLogsRequest request) {
    Parameters.only(
        request,
        "DeliverLogsPermissionArn",
        "LogGroupName",
        "ResourceIds",
        "ResourceType",
        "TrafficType",
        "LogDestinationType",
        "LogDestination",
        "LogFormat",
        "TagSpecifications",
        "MaxAggregationInterval");
    if (request.logDestinationType() != null
        && request.logDestinationType() != LogDestinationType.CLOUD_WATCH_LOGS) {
      throw Parameters.unsupported("LogDestinationType " + request.logDestinationTypeAsString());
    }
    Parameters.required("DeliverLogsPermissionArn", request.deliverLogsPermissionArn());
    int interval =
        request.maxAggregationInterval() == null ? 600 : request.maxAggregationInterval();
    if (!INTERVALS.contains(interval)) {
      throw AwsError.of(
          "InvalidParameter",
          "Invalid Flow Log Max Aggregation Interval: %d. Valid values are 60 and 600."
              .formatted(interval));
    }
    String group = group(request);
    List<String> made = new ArrayList<>();
    List<UnsuccessfulItem> failed = new ArrayList<>();
    for (String resource : request.resourceIds()) {
      require(request.resourceType(), resource);
      boolean exists =
          stores.flowLogs.all().stream()
              .anyMatch(log ->
                  log.resourceId().equals(resource)
                      && log.trafficType() == request.trafficType()
                      && group.equals(log.logGroupName()));
      if (exists) {
        failed.add(failure(resource));
      } else {
        made.add(put(request, resource, group, interval).flowLogId());
      }
    }
    return CreateFlowLogsResponse.builder().flowLogIds(made).unsuccessful(failed).build();
  }

  private FlowLog put(CreateFlowLogsRequest request, String resource, String group, int interval) {
    return stores.flowLogs.put(
        FlowLog.builder()
            .flowLogId(stores.flowLogs.newId())
            .creationTime(world.now())
            .deliverLogsPermissionArn(request.deliverLogsPermissionArn())
            .deliverLogsStatus("SUCCESS")
            .flowLogStatus("ACTIVE")
            .logDestinationType(LogDestinationType.CLOUD_WATCH_LOGS)
            .logDestination(world.arn("logs", "log-group:" + group))
            .logGroupName(group)
            .logFormat(request.logFormat() == null ? USUAL_FORMAT : request.logFormat())
            .maxAggregationInterval(interval)
            .resourceId(resource)
            .trafficType(request.trafficType())
            .tags(Tags.of(request.tagSpecifications(), "vpc-flow-log"))
            .build());
  }

  private static String group(CreateFlowLogsRequest request) {
    if (request.logGroupName() != null) {
      return request.logGroupName();
    }
    String destination = Parameters.required("LogDestination", request.logDestination());
    String mark = ":log-group:";
    int at = destination.indexOf(mark);
    if (at < 0) {
      throw AwsError.of("InvalidParameter", "Please provide LogGroupName or LogDestination");
    }
    String group = destination.substring(at + mark.length());
    return group.endsWith(":*") ? group.substring(0, group.length() - 2) : group;
  }

  private void require(FlowLogsResourceType type, String resource) {
    switch (type) {
      case VPC -> stores.vpcs.require(resource);
      case SUBNET -> stores.subnets.require(resource);
      case NETWORK_INTERFACE -> stores.networkInterfaces.require(resource);
      case null, default -> throw Parameters.unsupported("ResourceType " + type);
    }
  }

  private static UnsuccessfulItem failure(String resource) {
    return UnsuccessfulItem.builder()
        .resourceId(resource)
        .error(
            UnsuccessfulItemError.builder()
                .code("FlowLogAlreadyExists")
                .message(
                    "There is an existing Flow Log with the same configuration and log destination.")
                .build())
        .build();
  }

  /** Lists flow logs. */
  public DescribeFlowLogsResponse describeFlowLogs(DescribeFlowLogsRequest request) {
    Parameters.only(request, "Filter", "FlowLogIds", "NextToken", "MaxResults");
    // An id that is not there is no error here.
    List<FlowLog> wanted =
        request.flowLogIds().isEmpty()
            ? stores.flowLogs.all()
            : stores.flowLogs.all().stream()
                .filter(log -> request.flowLogIds().contains(log.flowLogId()))
                .toList();
    Page<FlowLog> page =
        Page.of(filters.apply(wanted, request.filter()), request.maxResults(), request.nextToken());
    return DescribeFlowLogsResponse.builder()
        .flowLogs(page.items())
        .nextToken(page.nextToken())
        .build();
  }

  /** Deletes flow logs. */
  public DeleteFlowLogsResponse deleteFlowLogs(DeleteFlowLogsRequest request) {
    Parameters.only(request, "FlowLogIds");
    request.flowLogIds().forEach(stores.flowLogs::require);
    request.flowLogIds().forEach(stores.flowLogs::remove);
    return DeleteFlowLogsResponse.builder().build();
  }
}
