package dev.slipway.twin.terraform.resources;

import dev.slipway.twin.terraform.engine.Context;
import dev.slipway.twin.terraform.engine.ResourceHandler;
import dev.slipway.twin.terraform.engine.TagChanges;
import dev.slipway.twin.terraform.value.Attributes;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.ec2.model.CreateFlowLogsRequest;
import software.amazon.awssdk.services.ec2.model.CreateFlowLogsResponse;
import software.amazon.awssdk.services.ec2.model.CreateTagsRequest;
import software.amazon.awssdk.services.ec2.model.CreateTagsResponse;
import software.amazon.awssdk.services.ec2.model.DeleteFlowLogsRequest;
import software.amazon.awssdk.services.ec2.model.DeleteFlowLogsResponse;
import software.amazon.awssdk.services.ec2.model.DeleteTagsRequest;
import software.amazon.awssdk.services.ec2.model.DeleteTagsResponse;
import software.amazon.awssdk.services.ec2.model.DescribeFlowLogsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeFlowLogsResponse;
import software.amazon.awssdk.services.ec2.model.FlowLog;
import software.amazon.awssdk.services.ec2.model.FlowLogsResourceType;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.TagSpecification;

/** {@code aws_flow_log} of a VPC, a subnet or a network interface. */
final class FlowLogResource implements ResourceHandler {

  @Override
  public String type() {
    return "aws_flow_log";
  }

  @Override
  public String label() {
    return "Flow Log";
  }

  @Override
  public void create(Context context, Attributes planned) {
    if (planned.block("destination_options").isPresent()
        || planned.has("transit_gateway_id")
        || planned.has("transit_gateway_attachment_id")) {
      throw new UnsupportedOperationException(
          "destination options and transit gateways of aws_flow_log");
    }
    List<Tag> tags = TagChanges.all(planned, FlowLogResource::tag);
    CreateFlowLogsRequest.Builder request =
        CreateFlowLogsRequest.builder()
            .deliverLogsPermissionArn(planned.text("iam_role_arn"))
            .deliverCrossAccountRole(planned.text("deliver_cross_account_role"))
            .logDestination(planned.text("log_destination"))
            .logDestinationType(planned.text("log_destination_type"))
            .logGroupName(planned.text("log_group_name"))
            .logFormat(planned.text("log_format"))
            .maxAggregationInterval(planned.positive("max_aggregation_interval"))
            .trafficType(planned.text("traffic_type"))
            .tagSpecifications(
                tags.isEmpty()
                    ? null
                    : List.of(
                        TagSpecification.builder()
                            .resourceType(ResourceType.VPC_FLOW_LOG)
                            .tags(tags)
                            .build()));
    if (planned.has("vpc_id")) {
      request.resourceIds(planned.text("vpc_id")).resourceType(FlowLogsResourceType.VPC);
    } else if (planned.has("subnet_id")) {
      request.resourceIds(planned.text("subnet_id")).resourceType(FlowLogsResourceType.SUBNET);
    } else {
      request
          .resourceIds(planned.text("eni_id"))
          .resourceType(FlowLogsResourceType.NETWORK_INTERFACE);
    }
    CreateFlowLogsResponse response = context.call(request.build(), CreateFlowLogsResponse.class);
    if (response.flowLogIds().isEmpty()) {
      throw new IllegalStateException(
          "creating Flow Log: " + response.unsuccessful().getFirst().error().message());
    }
    planned.set("id", response.flowLogIds().getFirst());
  }

  @Override
  public boolean read(Context context, Attributes state) {
    DescribeFlowLogsRequest request =
        DescribeFlowLogsRequest.builder().flowLogIds(state.id()).build();
    Optional<FlowLog> found =
        context.findFirst(() -> context.call(request, DescribeFlowLogsResponse.class).flowLogs());
    found.ifPresent(log -> {
      String resource = log.resourceId();
      state
          .set("arn", context.arn("ec2", "vpc-flow-log/" + state.id()))
          .setText("deliver_cross_account_role", log.deliverCrossAccountRole())
          .setText("iam_role_arn", log.deliverLogsPermissionArn())
          .setText("log_destination", log.logDestination())
          .set("log_destination_type", log.logDestinationTypeAsString())
          .set("log_format", log.logFormat())
          .setText("log_group_name", log.logGroupName())
          .set("max_aggregation_interval", log.maxAggregationInterval())
          .set("traffic_type", log.trafficTypeAsString())
          .setNoBlocks("destination_options");
      String owner =
          resource.startsWith("vpc-")
              ? "vpc_id"
              : resource.startsWith("subnet-") ? "subnet_id" : "eni_id";
      state.set(owner, resource);
      context.setTags(state, log.tags(), Tag::key, Tag::value);
    });
    return found.isPresent();
  }

  @Override
  public void update(Context context, Attributes prior, Attributes planned) {
    String id = planned.id();
    TagChanges.between(prior, planned)
        .apply(
            FlowLogResource::tag,
            keys ->
                context.call(
                    DeleteTagsRequest.builder()
                        .resources(id)
                        .tags(keys.stream().map(key -> Tag.builder().key(key).build()).toList())
                        .build(),
                    DeleteTagsResponse.class),
            tags ->
                context.call(
                    CreateTagsRequest.builder().resources(id).tags(tags).build(),
                    CreateTagsResponse.class));
  }

  @Override
  public void delete(Context context, Attributes state) {
    context.call(
        DeleteFlowLogsRequest.builder().flowLogIds(state.id()).build(),
        DeleteFlowLogsResponse.class);
  }

  private static Tag tag(String key, String value) {
    return Tag.builder().key(key).value(value).build();
  }
}
