package dev.slipway.twin.ecs;

import dev.slipway.twin.ec2.NetworkInterfaces;
import dev.slipway.twin.world.Differs;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.ecs.model.AssignPublicIp;
import software.amazon.awssdk.services.ecs.model.AwsVpcConfiguration;
import software.amazon.awssdk.services.ecs.model.PropagateTags;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.ecs.model.ServiceRevision;
import software.amazon.awssdk.services.ecs.model.Tag;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;
import software.amazon.awssdk.services.ecs.model.TaskOverride;

/**
 * Places new tasks of services: in the availability zone with the fewest of them.
 *
 * <p>Source: ECS developer guide, Fargate spreads tasks over the zones of the given subnets.
 */
@Differs(
    value =
        "no quota of tasks or vCPUs and no limit of 500 PROVISIONING tasks in a cluster holds, so the"
            + " events of these never come",
    because = "quotas are an account's own; a lack of room is rehearsed through the faults")
final class TaskPlacement {

  private final EcsState state;
  private final NetworkInterfaces interfaces;
  private final Permissions permissions;
  private final TaskLifecycle lifecycle;

  TaskPlacement(
      EcsState state,
      NetworkInterfaces interfaces,
      Permissions permissions,
      TaskLifecycle lifecycle) {
    this.state = state;
    this.interfaces = interfaces;
    this.permissions = permissions;
    this.lifecycle = lifecycle;
  }

  /** A role of the PRIMARY deployment's task definition that ECS cannot assume. */
  Optional<String> unassumableRole(ServiceRow row) {
    return definition(row)
        .flatMap(d -> permissions.unassumableRole(d.executionRoleArn(), d.taskRoleArn()));
  }

  /** The PRIMARY deployment's task definition. */
  private Optional<TaskDefinition> definition(ServiceRow row) {
    return state.taskDefinition(row.primary().deployment().taskDefinition());
  }

  /** Whether Fargate has room in one of the zones of the PRIMARY deployment. */
  boolean hasRoom(ServiceRow row) {
    return !Capacity.subnets(state.world(), interfaces.network(), subnets(row)).isEmpty();
  }

  /** Whether the account may have one more task of the PRIMARY deployment. */
  boolean withinQuota(ServiceRow row) {
    return definition(row).map(d -> Capacity.withinQuota(state, d)).orElse(true);
  }

  /** The zones of the PRIMARY deployment's subnets. */
  List<String> zones(ServiceRow row) {
    Map<String, String> zones = Capacity.zones(interfaces.network());
    return subnets(row).stream().filter(zones::containsKey).map(zones::get).distinct().toList();
  }

  private List<String> subnets(ServiceRow row) {
    ServiceRevision revision =
        state.serviceRevisions().find(row.primary().revisionArn()).orElseThrow();
    return revision.networkConfiguration().awsvpcConfiguration().subnets();
  }

  /** Starts one task of the PRIMARY deployment. */
  TaskRow place(ServiceRow row) {
    Rollout rollout = row.primary();
    Service service = row.service();
    TaskDefinition definition = definition(row).orElseThrow();
    ServiceRevision revision = state.serviceRevisions().find(rollout.revisionArn()).orElseThrow();
    AwsVpcConfiguration vpc = revision.networkConfiguration().awsvpcConfiguration();
    List<TaskRow> peers =
        ServiceView.of(rollout, state.tasksOf(row.arn())).stream().filter(TaskRow::wanted).toList();
    TaskRow.Origin origin =
        new TaskRow.Origin(
            row.arn(),
            rollout.id(),
            rollout.revisionArn(),
            subnet(vpc.subnets(), peers),
            vpc.securityGroups(),
            vpc.assignPublicIp() == AssignPublicIp.ENABLED);
    String provider =
        revision.capacityProviderStrategy().isEmpty()
            ? null
            : CapacityProviders.choose(
                revision.capacityProviderStrategy(),
                peers.stream().map(p -> p.task().capacityProviderName()).toList());
    TaskRow task =
        lifecycle.launch(
            new TaskFactory.Order(
                service.clusterArn(),
                definition,
                origin,
                "service:" + row.name(),
                rollout.id(),
                provider,
                TaskOverride.builder().containerOverrides(List.of()).build(),
                Boolean.TRUE.equals(service.enableExecuteCommand())));
    List<Tag> tags = tags(service, definition);
    if (!tags.isEmpty()) {
      state.tags().put(task.arn(), tags);
    }
    return task;
  }

  /** The subnet in the zone with the fewest tasks, and of these the one with the fewest. */
  private String subnet(List<String> candidates, List<TaskRow> peers) {
    Map<String, String> zones = Capacity.zones(interfaces.network());
    Map<String, Integer> byZone = new HashMap<>();
    Map<String, Integer> bySubnet = new HashMap<>();
    for (TaskRow peer : peers) {
      byZone.merge(peer.task().availabilityZone(), 1, Integer::sum);
      bySubnet.merge(peer.origin().subnetId(), 1, Integer::sum);
    }
    return Capacity.subnets(state.world(), interfaces.network(), candidates).stream()
        .min(
            Comparator.comparing((String s) -> byZone.getOrDefault(zones.getOrDefault(s, ""), 0))
                .thenComparing(s -> bySubnet.getOrDefault(s, 0)))
        .orElseThrow();
  }

  private List<Tag> tags(Service service, TaskDefinition definition) {
    List<Tag> tags = new ArrayList<>();
    if (service.propagateTags() == PropagateTags.SERVICE) {
      tags.addAll(state.tags(service.serviceArn()));
    } else if (service.propagateTags() == PropagateTags.TASK_DEFINITION) {
      tags.addAll(state.tags(definition.taskDefinitionArn()));
    }
    if (Boolean.TRUE.equals(service.enableECSManagedTags())) {
      tags.add(managed("aws:ecs:clusterName", EcsState.lastPart(service.clusterArn())));
      tags.add(managed("aws:ecs:serviceName", service.serviceName()));
    }
    return List.copyOf(tags);
  }

  private static Tag managed(String key, String value) {
    return Tag.builder().key(key).value(value).build();
  }
}
