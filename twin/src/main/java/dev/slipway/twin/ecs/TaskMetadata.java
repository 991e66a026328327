package dev.slipway.twin.ecs;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.twin.world.World;
import java.time.Instant;
import java.util.Optional;
import software.amazon.awssdk.services.ecs.model.Container;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;

/**
 * The documents of the task metadata endpoint version 4.
 *
 * <p>Source: ECS developer guide, task-metadata-endpoint-v4-fargate-response.
 */
final class TaskMetadata {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final EcsState state;
  private final Restarts restarts;
  private final World world;

  TaskMetadata(EcsState state, Restarts restarts) {
    this.state = state;
    this.world = state.world();
    this.restarts = restarts;
  }

  /** The document at a path below a container's own address; on any thread. */
  Optional<String> document(String taskArn, String container, String path) {
    return world.call(() ->
        state
            .tasks()
            .find(taskArn)
            .flatMap(row ->
                switch (path) {
                  case "", "/" -> containerDocument(row, container);
                  case "/task" -> Optional.of(task(row).toString());
                  default -> Optional.empty();
                }));
  }

  private Optional<String> containerDocument(TaskRow row, String name) {
    return row.task().containers().stream()
        .filter(c -> c.name().equals(name))
        .map(c -> container(row, c).toString())
        .findFirst();
  }

  private ObjectNode task(TaskRow row) {
    String definitionKey = EcsState.lastPart(row.task().taskDefinitionArn());
    int colon = definitionKey.indexOf(':');
    ObjectNode document = JSON.createObjectNode();
    document.put("Cluster", row.task().clusterArn());
    document.put("TaskARN", row.arn());
    document.put("Family", definitionKey.substring(0, colon));
    document.put("Revision", definitionKey.substring(colon + 1));
    document.put("DesiredStatus", row.task().desiredStatus());
    document.put("KnownStatus", row.task().lastStatus());
    ObjectNode limits = document.putObject("Limits");
    limits.put("CPU", Integer.parseInt(row.task().cpu()) / 1024.0);
    limits.put("Memory", Integer.parseInt(row.task().memory()));
    put(document, "PullStartedAt", row.task().pullStartedAt());
    put(document, "PullStoppedAt", row.task().pullStoppedAt());
    document.put("AvailabilityZone", row.task().availabilityZone());
    document.put("LaunchType", "FARGATE");
    ArrayNode containers = document.putArray("Containers");
    row.task().containers().forEach(c -> containers.add(container(row, c)));
    return document;
  }

  private ObjectNode container(TaskRow row, Container container) {
    ObjectNode document = JSON.createObjectNode();
    document.put("DockerId", container.runtimeId());
    document.put("Name", container.name());
    document.put("DockerName", container.name());
    document.put("Image", container.image());
    document.put("ImageID", container.imageDigest());
    ObjectNode labels = document.putObject("Labels");
    String key = EcsState.lastPart(row.task().taskDefinitionArn());
    labels.put("com.amazonaws.ecs.cluster", row.task().clusterArn());
    labels.put("com.amazonaws.ecs.container-name", container.name());
    labels.put("com.amazonaws.ecs.task-arn", row.arn());
    labels.put("com.amazonaws.ecs.task-definition-family", key.substring(0, key.indexOf(':')));
    labels.put("com.amazonaws.ecs.task-definition-version", key.substring(key.indexOf(':') + 1));
    document.put("DesiredStatus", row.task().desiredStatus());
    document.put("KnownStatus", container.lastStatus());
    ObjectNode limits = document.putObject("Limits");
    limits.put("CPU", Integer.parseInt(container.cpu()));
    put(document, "CreatedAt", row.task().pullStoppedAt());
    put(document, "StartedAt", row.task().startedAt());
    document.put("Type", "NORMAL");
    ObjectNode network = document.putArray("Networks").addObject();
    network.put("NetworkMode", "awsvpc");
    network.putArray("IPv4Addresses").add(row.ip());
    document.put("ContainerARN", container.containerArn());
    restarts.count(row, container.name()).ifPresent(count -> document.put("RestartCount", count));
    logs(row, container, document);
    return document;
  }

  private void logs(TaskRow row, Container container, ObjectNode document) {
    state
        .taskDefinition(row.task().taskDefinitionArn())
        .map(TaskDefinition::containerDefinitions)
        .flatMap(all ->
            all.stream()
                .filter(c -> c.name().equals(container.name()))
                .filter(c -> c.logConfiguration() != null)
                .findFirst())
        .ifPresent(c -> logOptions(row, c, document));
  }

  private static void logOptions(TaskRow row, ContainerDefinition container, ObjectNode document) {
    document.put("LogDriver", container.logConfiguration().logDriverAsString());
    ObjectNode options = document.putObject("LogOptions");
    container.logConfiguration().options().forEach(options::put);
    options.put("awslogs-stream", LoggerCheck.stream(row, container));
  }

  private static void put(ObjectNode document, String name, Instant at) {
    if (at != null) {
      document.put(name, at.toString());
    }
  }
}
