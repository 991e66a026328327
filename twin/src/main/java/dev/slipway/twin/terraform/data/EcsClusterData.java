package dev.slipway.twin.terraform.data;

import dev.slipway.twin.terraform.engine.Context;
import dev.slipway.twin.terraform.engine.DataHandler;
import dev.slipway.twin.terraform.resources.EcsCalls;
import dev.slipway.twin.terraform.value.Attributes;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.ecs.model.Cluster;
import software.amazon.awssdk.services.ecs.model.ClusterServiceConnectDefaults;

/** {@code aws_ecs_cluster}. */
final class EcsClusterData implements DataHandler {

  @Override
  public String type() {
    return "aws_ecs_cluster";
  }

  @Override
  public String label() {
    return "ECS Cluster";
  }

  @Override
  public void read(Context context, Attributes attributes) {
    String name = attributes.text("cluster_name");
    Cluster cluster =
        EcsCalls.cluster(context, name)
            .orElseThrow(() ->
                new IllegalStateException(
                    "reading ECS Cluster (%s): couldn't find resource".formatted(name)));
    ClusterServiceConnectDefaults connect = cluster.serviceConnectDefaults();
    Map<String, String> tags = new LinkedHashMap<>();
    cluster.tags().forEach(tag -> tags.put(tag.key(), tag.value()));
    attributes
        .set("id", cluster.clusterArn())
        .set("arn", cluster.clusterArn())
        .set("pending_tasks_count", cluster.pendingTasksCount())
        .set("registered_container_instances_count", cluster.registeredContainerInstancesCount())
        .set("running_tasks_count", cluster.runningTasksCount())
        .set("status", cluster.status())
        .setTexts("tags", tags)
        .setBlocks(
            "service_connect_defaults",
            connect == null
                ? List.of()
                : List.of(new Attributes().set("namespace", connect.namespace())))
        .setBlocks(
            "setting",
            cluster.settings().stream()
                .map(one ->
                    new Attributes().set("name", one.nameAsString()).set("value", one.value()))
                .toList());
  }
}
