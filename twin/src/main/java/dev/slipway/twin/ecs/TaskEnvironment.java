package dev.slipway.twin.ecs;

import dev.slipway.twin.world.World;
import java.util.LinkedHashMap;
import java.util.Map;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.KeyValuePair;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;

/**
 * The environment of containers. Variables of the definition outweigh those of its files, and those
 * of an override outweigh all. Source: ECS developer guide, use-environment-file.
 */
final class TaskEnvironment {

  private final World world;
  private final Secrets secrets;
  private final EnvironmentFiles files;

  TaskEnvironment(World world, Secrets secrets, EnvironmentFiles files) {
    this.world = world;
    this.secrets = secrets;
    this.files = files;
  }

  Map<String, String> of(TaskRow row, TaskDefinition definition, ContainerDefinition container) {
    Map<String, String> environment = new LinkedHashMap<>();
    environment.put("AWS_REGION", world.region());
    environment.put("AWS_DEFAULT_REGION", world.region());
    environment.put("AWS_EXECUTION_ENV", "AWS_ECS_FARGATE");
    environment.putAll(files.values(row, definition, container));
    container.environment().forEach(e -> environment.put(e.name(), e.value()));
    environment.putAll(secrets.values(row, definition, container));
    for (KeyValuePair pair : TaskProcesses.override(row, container.name()).environment()) {
      environment.put(pair.name(), pair.value());
    }
    return environment;
  }
}
