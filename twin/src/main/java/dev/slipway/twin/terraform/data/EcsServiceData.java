package dev.slipway.twin.terraform.data;

import dev.slipway.twin.terraform.engine.Context;
import dev.slipway.twin.terraform.engine.DataHandler;
import dev.slipway.twin.terraform.resources.EcsCalls;
import dev.slipway.twin.terraform.value.Attributes;
import java.util.LinkedHashMap;
import java.util.Map;
import software.amazon.awssdk.services.ecs.model.Service;

/** {@code aws_ecs_service}. */
final class EcsServiceData implements DataHandler {

  @Override
  public String type() {
    return "aws_ecs_service";
  }

  @Override
  public String label() {
    return "ECS Service";
  }

  @Override
  public void read(Context context, Attributes attributes) {
    String name = attributes.text("service_name");
    Service service =
        EcsCalls.service(context, attributes.text("cluster_arn"), name)
            .orElseThrow(() ->
                new IllegalStateException(
                    "service with name \"%s\" in cluster \"%s\" not found"
                        .formatted(name, attributes.text("cluster_arn"))));
    Map<String, String> tags = new LinkedHashMap<>();
    service.tags().forEach(tag -> tags.put(tag.key(), tag.value()));
    attributes
        .set("id", service.serviceArn())
        .set("arn", service.serviceArn())
        .set("cluster_arn", service.clusterArn())
        .set("desired_count", service.desiredCount())
        .setText("launch_type", service.launchTypeAsString())
        .set("scheduling_strategy", service.schedulingStrategyAsString())
        .set("service_name", service.serviceName())
        .setTexts("tags", tags)
        .set("task_definition", service.taskDefinition());
  }
}
