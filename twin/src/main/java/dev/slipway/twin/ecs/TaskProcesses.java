package dev.slipway.twin.ecs;

import dev.slipway.twin.ecr.Images;
import dev.slipway.twin.runtime.TaskRuntime;
import dev.slipway.twin.world.Differs;
import dev.slipway.twin.world.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntConsumer;
import software.amazon.awssdk.services.ecs.model.Container;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.ContainerOverride;
import software.amazon.awssdk.services.ecs.model.HealthCheck;
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
  private final TaskEnvironment environment;
  private final TaskMetadata metadata;
  private final Map<String, Run> handles = new HashMap<>();

  /**
   * A task in the runtime.
   *
   * @param begun the containers that were told to start
   * @param signalled the containers that were told to stop
   * @param restarting the containers that were told to start again and do not run yet
   */
  private record Run(
      TaskRuntime.Handle handle,
      StartOrder order,
      Set<String> begun,
      Set<String> signalled,
      Set<String> restarting) {
    Run(TaskRuntime.Handle handle, StartOrder order) {
      this(handle, order, new HashSet<>(), new HashSet<>(), new HashSet<>());
    }
  }

  private ProcessNews news;
  private int generation;

  TaskProcesses(
      World world,
      TaskRuntime runtime,
      ImagePull images,
      TaskEnvironment environment,
      TaskMetadata metadata) {
    this.world = world;
    this.runtime = runtime;
    this.images = images;
    this.environment = environment;
    this.metadata = metadata;
  }

  /** Whom to tell what becomes of the processes. */
  void tell(ProcessNews listener) {
    this.news = listener;
  }

  /** Ends every process, before those of another state are started; nobody hears of them again. */
  void restart() {
    generation++;
    List<Run> old = List.copyOf(handles.values());
    handles.clear();
    old.forEach(run -> run.handle().release());
  }

  /**
   * Starts the containers of a task that need not wait for others, and of a task that is resumed
   * all that run; returns why that is impossible.
   */
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
    TaskRuntime.Handle handle =
        runtime.open(spec, news.listener(row.arn(), () -> generation == mine));
    Run run = new Run(handle, new StartOrder(definition));
    handles.put(row.arn(), run);
    row.task().containers().stream()
        .filter(c -> "RUNNING".equals(c.lastStatus()))
        .forEach(c -> begin(run, c.name()));
    advance(row);
    return Optional.empty();
  }

  private static void begin(Run run, String container) {
    if (run.begun().add(container)) {
      run.handle().start(container);
    }
  }

  /** Starts a container again that has ended. */
  void again(TaskRow row, String container) {
    Run run = handles.get(row.arn());
    if (run != null && run.restarting().add(container)) {
      run.handle().start(container);
    }
  }

  /** A container runs that was started, or started again. */
  void up(TaskRow row, String container) {
    Run run = handles.get(row.arn());
    if (run != null) {
      run.restarting().remove(container);
    }
  }

  /** Starts the containers whose dependencies have come to pass. */
  void advance(TaskRow row) {
    Run run = handles.get(row.arn());
    if (run == null || !row.wanted()) {
      return;
    }
    List<Container> all = row.task().containers();
    all.stream()
        .filter(c -> "PENDING".equals(c.lastStatus()) && run.order().mayStart(c.name(), all))
        .forEach(c -> begin(run, c.name()));
  }

  /** Why a container that has not been started never will be, when that is so. */
  Optional<String> hopeless(TaskRow row) {
    Run run = handles.get(row.arn());
    if (run == null) {
      return Optional.empty();
    }
    List<Container> all = row.task().containers();
    return all.stream()
        .filter(c -> "PENDING".equals(c.lastStatus()) && !run.begun().contains(c.name()))
        .flatMap(c ->
            run.order().hopeless(c.name(), all).stream()
                .map(d -> StartTexts.dependencyFailed(d.containerName(), c.name())))
        .findFirst();
  }

  /** How long the containers that wait for others may wait, when a task definition says so. */
  Optional<Duration> patience(TaskRow row) {
    Run run = handles.get(row.arn());
    return run == null
        ? Optional.empty()
        : row.task().containers().stream()
            .filter(c -> "PENDING".equals(c.lastStatus()) && !run.begun().contains(c.name()))
            .flatMap(c -> run.order().patience(c.name()).stream())
            .max(Integer::compare)
            .map(Duration::ofSeconds);
  }

  /** Whether a container was told to start. */
  boolean begun(TaskRow row, String container) {
    Run run = handles.get(row.arn());
    return run != null && run.begun().contains(container);
  }

  private TaskRuntime.Container container(
      TaskRow row, TaskDefinition definition, ContainerDefinition container, Images.Image image) {
    ContainerOverride override = override(row, container.name());
    Integer memory = override.memory() == null ? container.memory() : override.memory();
    int limit = memory == null ? Integer.parseInt(row.task().memory()) : memory;
    int stopSeconds = container.stopTimeout() == null ? STOP_SECONDS : container.stopTimeout();
    return new TaskRuntime.Container(
        container.name(),
        image,
        container.entryPoint(),
        override.hasCommand() ? override.command() : container.command(),
        environment.of(row, definition, container),
        text(container.workingDirectory()),
        text(container.user()),
        container.portMappings().stream().map(p -> p.containerPort()).toList(),
        limit,
        Duration.ofSeconds(stopSeconds));
  }

  static ContainerOverride override(TaskRow row, String container) {
    return row.task().overrides().containerOverrides().stream()
        .filter(o -> container.equals(o.name()))
        .findFirst()
        .orElse(ContainerOverride.builder().build());
  }

  /** Runs a container's health check. */
  void exec(TaskRow row, String container, HealthCheck check, IntConsumer onExit) {
    Run run = handles.get(row.arn());
    if (run != null) {
      run.handle().exec(container, check.command(), Duration.ofSeconds(check.timeout()), onExit);
    }
  }

  /** What the containers of a task use that run. */
  Collection<TaskRuntime.Usage> usage(TaskRow row) {
    Run run = handles.get(row.arn());
    return run == null ? List.of() : run.handle().usage().values();
  }

  /** SIGTERM to every container that runs and on which no running one depends; once to each. */
  void stop(TaskRow row) {
    Run run = handles.get(row.arn());
    for (String container : run.order().nextToStop(row.task().containers())) {
      // One that is starting may not hear it, and is told again when it has started.
      boolean starting =
          "PENDING".equals(find(row, container).lastStatus())
              || run.restarting().contains(container);
      if (starting || run.signalled().add(container)) {
        run.handle().stop(container);
      }
    }
  }

  /** Whether nothing of the task runs any longer. */
  boolean allEnded(TaskRow row) {
    return !handles.containsKey(row.arn())
        || row.task().containers().stream().allMatch(TaskProcesses::ended);
  }

  /** Frees what the task holds in the runtime. */
  void release(TaskRow row) {
    Run run = handles.remove(row.arn());
    if (run != null) {
      run.handle().release();
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
