package dev.slipway.twin.ecs;

import dev.slipway.twin.ecr.Images;
import dev.slipway.twin.runtime.TaskRuntime;
import dev.slipway.twin.world.Differs;
import dev.slipway.twin.world.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntConsumer;
import software.amazon.awssdk.services.ecs.model.Container;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.ContainerOverride;
import software.amazon.awssdk.services.ecs.model.HealthCheck;
import software.amazon.awssdk.services.ecs.model.KeyValuePair;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;

/**
 * The processes of tasks. What is held here is not state: after a copy of the world the processes
 * are started anew.
 */
@Differs(
    value =
        "mount points, ulimits, linuxParameters, systemControls and readonlyRootFilesystem of a"
            + " container are kept and shown, but change nothing",
    because = "a task's process runs on the host's kernel and files")
@Differs(
    value = "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI is not set",
    because = "the twin has no credentials endpoint at 169.254.170.2 yet")
final class TaskProcesses {

  private static final int STOP_SECONDS = 30;

  private final World world;
  private final TaskRuntime runtime;
  private final ImagePull images;
  private final Secrets secrets;
  private final TaskMetadata metadata;
  private final Map<String, TaskRuntime.Handle> handles = new HashMap<>();
  private ProcessNews news;
  private int generation;

  TaskProcesses(
      World world, TaskRuntime runtime, ImagePull images, Secrets secrets, TaskMetadata metadata) {
    this.world = world;
    this.runtime = runtime;
    this.images = images;
    this.secrets = secrets;
    this.metadata = metadata;
  }

  /** Whom to tell what becomes of the processes. */
  void tell(ProcessNews listener) {
    this.news = listener;
  }

  /** Ends every process, before those of another state are started; nobody hears of them again. */
  void restart() {
    generation++;
    List<TaskRuntime.Handle> old = List.copyOf(handles.values());
    handles.clear();
    old.forEach(TaskRuntime.Handle::release);
  }

  /** Starts the containers of a task; returns why that is impossible. */
  Optional<String> start(TaskRow row, TaskDefinition definition) {
    List<TaskRuntime.Container> containers = new ArrayList<>();
    for (ContainerDefinition container : definition.containerDefinitions()) {
      String digest = find(row, container.name()).imageDigest();
      Optional<Images.Image> image = images.pulled(definition, container, digest);
      if (image.isEmpty()) {
        return Optional.of(StartTexts.imageNotFound(container.image() + "@" + digest));
      }
      containers.add(container(row, definition, container, image.get()));
    }
    TaskRuntime.Spec spec =
        new TaskRuntime.Spec(
            row.arn(),
            world.account() + "/" + world.region(),
            row.ip(),
            containers,
            (container, path) -> metadata.document(row.arn(), container, path));
    int mine = generation;
    handles.put(row.arn(), runtime.start(spec, news.listener(row.arn(), () -> generation == mine)));
    return Optional.empty();
  }

  private TaskRuntime.Container container(
      TaskRow row, TaskDefinition definition, ContainerDefinition container, Images.Image image) {
    ContainerOverride override = override(row, container.name());
    Map<String, String> environment = new LinkedHashMap<>();
    environment.put("AWS_REGION", world.region());
    environment.put("AWS_DEFAULT_REGION", world.region());
    environment.put("AWS_EXECUTION_ENV", "AWS_ECS_FARGATE");
    container.environment().forEach(e -> environment.put(e.name(), e.value()));
    environment.putAll(secrets.values(row, definition, container));
    for (KeyValuePair pair : override.environment()) {
      environment.put(pair.name(), pair.value());
    }
    Integer memory = override.memory() == null ? container.memory() : override.memory();
    int limit = memory == null ? Integer.parseInt(row.task().memory()) : memory;
    int stopSeconds = container.stopTimeout() == null ? STOP_SECONDS : container.stopTimeout();
    return new TaskRuntime.Container(
        container.name(),
        image,
        container.entryPoint(),
        override.hasCommand() ? override.command() : container.command(),
        environment,
        text(container.workingDirectory()),
        text(container.user()),
        container.portMappings().stream().map(p -> p.containerPort()).toList(),
        limit,
        Duration.ofSeconds(stopSeconds));
  }

  private static ContainerOverride override(TaskRow row, String container) {
    return row.task().overrides().containerOverrides().stream()
        .filter(o -> container.equals(o.name()))
        .findFirst()
        .orElse(ContainerOverride.builder().build());
  }

  /** Runs a container's health check. */
  void exec(TaskRow row, String container, HealthCheck check, IntConsumer onExit) {
    TaskRuntime.Handle handle = handles.get(row.arn());
    if (handle != null) {
      handle.exec(container, check.command(), Duration.ofSeconds(check.timeout()), onExit);
    }
  }

  /** SIGTERM to every container that runs. */
  void stop(TaskRow row) {
    TaskRuntime.Handle handle = handles.get(row.arn());
    row.task().containers().stream().filter(c -> !ended(c)).forEach(c -> handle.stop(c.name()));
  }

  /** Whether nothing of the task runs any longer. */
  boolean allEnded(TaskRow row) {
    return !handles.containsKey(row.arn())
        || row.task().containers().stream().allMatch(TaskProcesses::ended);
  }

  /** Frees what the task holds in the runtime. */
  void release(TaskRow row) {
    TaskRuntime.Handle handle = handles.remove(row.arn());
    if (handle != null) {
      handle.release();
    }
  }

  private static boolean ended(Container container) {
    return "STOPPED".equals(container.lastStatus());
  }

  static Container find(TaskRow row, String name) {
    return row.task().containers().stream()
        .filter(c -> c.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static String text(String value) {
    return value == null ? "" : value;
  }
}
