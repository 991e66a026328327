package dev.slipway.twin.terraform.resources;

import dev.slipway.twin.terraform.engine.Context;
import dev.slipway.twin.terraform.engine.ResourceHandler;
import dev.slipway.twin.terraform.engine.TagChanges;
import dev.slipway.twin.terraform.plan.Traits;
import dev.slipway.twin.terraform.value.Attributes;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.ecs.model.DeregisterTaskDefinitionRequest;
import software.amazon.awssdk.services.ecs.model.DeregisterTaskDefinitionResponse;
import software.amazon.awssdk.services.ecs.model.DescribeTaskDefinitionRequest;
import software.amazon.awssdk.services.ecs.model.DescribeTaskDefinitionResponse;
import software.amazon.awssdk.services.ecs.model.EphemeralStorage;
import software.amazon.awssdk.services.ecs.model.RegisterTaskDefinitionRequest;
import software.amazon.awssdk.services.ecs.model.RegisterTaskDefinitionResponse;
import software.amazon.awssdk.services.ecs.model.RuntimePlatform;
import software.amazon.awssdk.services.ecs.model.Tag;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;
import software.amazon.awssdk.services.ecs.model.TaskDefinitionField;
import software.amazon.awssdk.services.ecs.model.TaskDefinitionStatus;
import software.amazon.awssdk.services.ecs.model.Volume;

/** {@code aws_ecs_task_definition}. Its id is the family; every change makes a new revision. */
final class EcsTaskDefinitionResource implements ResourceHandler {

  @Override
  public String type() {
    return "aws_ecs_task_definition";
  }

  @Override
  public String label() {
    return "ECS Task Definition";
  }

  @Override
  public Traits traits() {
    return new Traits().same("container_definitions", ContainerDefinitions::isSame);
  }

  @Override
  public void create(Context context, Attributes planned) {
    refuseUnsupported(planned);
    RegisterTaskDefinitionRequest.Builder request =
        RegisterTaskDefinitionRequest.builder()
            .family(planned.text("family"))
            .containerDefinitions(ContainerDefinitions.parse(planned.text("container_definitions")))
            .cpu(planned.text("cpu"))
            .memory(planned.text("memory"))
            .executionRoleArn(planned.text("execution_role_arn"))
            .taskRoleArn(planned.text("task_role_arn"))
            .networkMode(planned.text("network_mode"))
            .ipcMode(planned.text("ipc_mode"))
            .pidMode(planned.text("pid_mode"))
            .volumes(volumes(planned));
    List<Tag> tags = TagChanges.all(planned, EcsCalls::tag);
    if (!tags.isEmpty()) {
      request.tags(tags);
    }
    if (planned.has("requires_compatibilities")) {
      request.requiresCompatibilitiesWithStrings(planned.texts("requires_compatibilities"));
    }
    planned
        .block("runtime_platform")
        .ifPresent(block ->
            request.runtimePlatform(p ->
                p.cpuArchitecture(block.text("cpu_architecture"))
                    .operatingSystemFamily(block.text("operating_system_family"))));
    planned
        .block("ephemeral_storage")
        .ifPresent(
            block -> request.ephemeralStorage(s -> s.sizeInGiB(block.integer("size_in_gib"))));
    TaskDefinition made =
        context.call(request.build(), RegisterTaskDefinitionResponse.class).taskDefinition();
    planned.set("id", made.family()).set("arn", made.taskDefinitionArn());
  }

  @Override
  public boolean read(Context context, Attributes state) {
    String which = state.flag("track_latest") ? state.id() : state.text("arn");
    DescribeTaskDefinitionRequest request =
        DescribeTaskDefinitionRequest.builder()
            .taskDefinition(which)
            .include(TaskDefinitionField.TAGS)
            .build();
    DescribeTaskDefinitionResponse response =
        context.call(request, DescribeTaskDefinitionResponse.class);
    TaskDefinition definition = response.taskDefinition();
    if (definition.status() != TaskDefinitionStatus.ACTIVE) {
      return false;
    }
    String arn = definition.taskDefinitionArn();
    state
        .set("id", definition.family())
        .set("arn", arn)
        .set("arn_without_revision", arn.substring(0, arn.lastIndexOf(':')))
        .setText("cpu", definition.cpu())
        .setText("memory", definition.memory())
        .setText("execution_role_arn", definition.executionRoleArn())
        .setText("task_role_arn", definition.taskRoleArn())
        .set("family", definition.family())
        .setText("network_mode", definition.networkModeAsString())
        .setText("ipc_mode", definition.ipcModeAsString())
        .setText("pid_mode", definition.pidModeAsString())
        .set("revision", definition.revision())
        .setTexts("requires_compatibilities", definition.requiresCompatibilitiesAsStrings())
        .set("skip_destroy", state.flag("skip_destroy"))
        .set("track_latest", state.flag("track_latest"))
        .setNoBlocks("inference_accelerator", "placement_constraints", "proxy_configuration");
    setBlocks(state, definition);
    String written = state.text("container_definitions", "[]");
    String onAws = ContainerDefinitions.format(definition.containerDefinitions());
    if (!ContainerDefinitions.isSame(written, onAws)) {
      state.set("container_definitions", onAws);
    }
    EcsCalls.setTags(context, state, response.tags());
    return true;
  }

  @Override
  public void update(Context context, Attributes prior, Attributes planned) {
    EcsCalls.updateTags(context, planned.text("arn"), prior, planned);
  }

  @Override
  public void delete(Context context, Attributes state) {
    if (state.flag("skip_destroy")) {
      return;
    }
    context.call(
        DeregisterTaskDefinitionRequest.builder().taskDefinition(state.text("arn")).build(),
        DeregisterTaskDefinitionResponse.class);
  }

  @Override
  public void importById(Context context, String id, Attributes state) {
    state.set("arn", id).set("id", id.replaceAll("^.*/|:[0-9]+$", ""));
  }

  private static void refuseUnsupported(Attributes planned) {
    for (String block :
        List.of("inference_accelerator", "placement_constraints", "proxy_configuration")) {
      if (!planned.blocks(block).isEmpty()) {
        throw new UnsupportedOperationException(block + " of a task definition");
      }
    }
  }

  private static void setBlocks(Attributes state, TaskDefinition definition) {
    RuntimePlatform platform = definition.runtimePlatform();
    state.setBlocks(
        "runtime_platform",
        platform == null
            ? List.of()
            : List.of(
                new Attributes()
                    .setText("cpu_architecture", platform.cpuArchitectureAsString())
                    .setText("operating_system_family", platform.operatingSystemFamilyAsString())));
    EphemeralStorage storage = definition.ephemeralStorage();
    state.setBlocks(
        "ephemeral_storage",
        storage == null
            ? List.of()
            : List.of(new Attributes().set("size_in_gib", storage.sizeInGiB())));
    state.setBlocks(
        "volume",
        definition.volumes().stream()
            .map(volume ->
                new Attributes()
                    .set("name", volume.name())
                    .setText("host_path", volume.host() == null ? null : volume.host().sourcePath())
                    .setNoBlocks(
                        "docker_volume_configuration",
                        "efs_volume_configuration",
                        "fsx_windows_file_server_volume_configuration"))
            .toList());
  }

  private static List<Volume> volumes(Attributes planned) {
    List<Volume> volumes = new ArrayList<>();
    for (Attributes block : planned.blocks("volume")) {
      for (String kind :
          List.of(
              "docker_volume_configuration",
              "efs_volume_configuration",
              "fsx_windows_file_server_volume_configuration")) {
        if (!block.blocks(kind).isEmpty()) {
          throw new UnsupportedOperationException(kind + " of a task definition");
        }
      }
      Volume.Builder volume = Volume.builder().name(block.text("name"));
      if (block.has("host_path")) {
        volume.host(h -> h.sourcePath(block.text("host_path")));
      }
      volumes.add(volume.build());
    }
    return volumes;
  }
}
