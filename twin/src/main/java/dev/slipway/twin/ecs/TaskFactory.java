package dev.slipway.twin.ecs;

import dev.slipway.twin.world.World;
import java.time.Instant;
import java.util.List;
import software.amazon.awssdk.services.ecs.model.Attachment;
import software.amazon.awssdk.services.ecs.model.Attribute;
import software.amazon.awssdk.services.ecs.model.CPUArchitecture;
import software.amazon.awssdk.services.ecs.model.Container;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.HealthStatus;
import software.amazon.awssdk.services.ecs.model.LaunchType;
import software.amazon.awssdk.services.ecs.model.Task;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;
import software.amazon.awssdk.services.ecs.model.TaskOverride;

/** Makes new tasks as DescribeTasks shows them at their creation. */
final class TaskFactory {

  /**
   * A task to make.
   *
   * @param clusterArn its cluster
   * @param definition its task definition
   * @param origin where it comes from and goes to
   * @param group {@code service:<name>} or {@code family:<family>}
   * @param startedBy the deployment's id, or what RunTask says; null when nothing
   * @param capacityProvider the provider's name; null for launch type FARGATE
   * @param overrides as RunTask gives them
   * @param executeCommand whether ECS Exec is on
   */
  record Order(
      String clusterArn,
      TaskDefinition definition,
      TaskRow.Origin origin,
      String group,
      String startedBy,
      String capacityProvider,
      TaskOverride overrides,
      boolean executeCommand) {}

  private final World world;
  private final Timings timings;

  TaskFactory(World world, Timings timings) {
    this.world = world;
    this.timings = timings;
  }

  /** A task in PROVISIONING, not in the table yet. */
  TaskRow make(Order order, String zone) {
    String cluster = EcsState.lastPart(order.clusterArn());
    String id = world.ids().hex(32);
    String arn = world.arn("ecs", "task/" + cluster + "/" + id);
    Instant now = world.now();
    TaskDefinition definition = order.definition();
    Task task =
        Task.builder()
            .taskArn(arn)
            .clusterArn(order.clusterArn())
            .taskDefinitionArn(definition.taskDefinitionArn())
            .group(order.group())
            .startedBy(order.startedBy())
            .availabilityZone(zone)
            .lastStatus("PROVISIONING")
            .desiredStatus("RUNNING")
            .healthStatus(HealthStatus.UNKNOWN)
            .createdAt(now)
            .cpu(override(order.overrides().cpu(), definition.cpu()))
            .memory(override(order.overrides().memory(), definition.memory()))
            .launchType(LaunchType.FARGATE)
            .capacityProviderName(order.capacityProvider())
            .platformVersion(PlatformVersions.current(null))
            .platformFamily("Linux")
            .overrides(order.overrides())
            .enableExecuteCommand(order.executeCommand())
            .version(1L)
            .attributes(architecture(definition))
            .attachments(
                Attachment.builder()
                    .id(world.ids().uuid())
                    .type("ElasticNetworkInterface")
                    .status("PRECREATED")
                    .details(
                        Attachments.details(
                            java.util.Map.of("subnetId", order.origin().subnetId())))
                    .build())
            .containers(
                definition.containerDefinitions().stream()
                    .map(c -> container(c, cluster, id, arn))
                    .toList())
            .ephemeralStorage(
                definition.ephemeralStorage() == null
                    ? software.amazon.awssdk.services.ecs.model.EphemeralStorage.builder()
                        .sizeInGiB(20)
                        .build()
                    : definition.ephemeralStorage())
            .fargateEphemeralStorage(f ->
                f.sizeInGiB(
                    definition.ephemeralStorage() == null
                        ? 20
                        : definition.ephemeralStorage().sizeInGiB()))
            .build();
    return new TaskRow(
        task,
        order.origin(),
        Step.PROVISION,
        now.plus(timings.networkInterface()),
        "",
        "",
        List.of(),
        List.of());
  }

  private Container container(
      ContainerDefinition definition, String cluster, String taskId, String taskArn) {
    return Container.builder()
        .containerArn(
            world.arn("ecs", "container/" + cluster + "/" + taskId + "/" + world.ids().uuid()))
        .taskArn(taskArn)
        .name(definition.name())
        .image(definition.image())
        .lastStatus("PENDING")
        .networkInterfaces(List.of())
        .networkBindings(List.of())
        .healthStatus(HealthStatus.UNKNOWN)
        .cpu(Integer.toString(definition.cpu()))
        .memory(text(definition.memory()))
        .memoryReservation(text(definition.memoryReservation()))
        .build();
  }

  private static Attribute architecture(TaskDefinition definition) {
    boolean arm =
        definition.runtimePlatform() != null
            && definition.runtimePlatform().cpuArchitecture() == CPUArchitecture.ARM64;
    return Attribute.builder().name("ecs.cpu-architecture").value(arm ? "arm64" : "x86_64").build();
  }

  private static String override(String override, String value) {
    return override == null ? value : override;
  }

  private static String text(Integer value) {
    return value == null ? null : value.toString();
  }
}
