package dev.slipway.twin.ecs;

import dev.slipway.twin.runtime.TaskRuntime;
import dev.slipway.twin.world.World;
import java.net.InetAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;

/**
 * Containers without processes: an image's labels say how they behave. {@code sim.exitAfter} and
 * {@code sim.exitCode} end them, {@code sim.refuse} keeps them from starting, {@code sim.check} is
 * the exit code of their health check.
 */
final class SimulatedTaskRuntime implements TaskRuntime {

  private static final Duration START = Duration.ofMillis(500);
  private static final Duration STOP = Duration.ofSeconds(1);

  private final World world;
  private final Map<String, Simulated> tasks = new HashMap<>();
  private Usage usage = new Usage(0, OptionalDouble.of(0));

  SimulatedTaskRuntime(World world) {
    this.world = world;
  }

  /** The environment that a container was given. */
  Map<String, String> environment(String taskArn, String container) {
    return container(taskArn, container).environment();
  }

  /** What was asked to run as a container. */
  Container container(String taskArn, String container) {
    return tasks.get(taskArn).spec.containers().stream()
        .filter(c -> c.name().equals(container))
        .findFirst()
        .orElseThrow();
  }

  /** The answer of the metadata endpoint. */
  Optional<String> metadata(String taskArn, String container, String path) {
    return tasks.get(taskArn).spec.metadata().document(container, path);
  }

  /** Prints a line as a container does. */
  void print(String taskArn, String container, String line) {
    tasks.get(taskArn).listener.output(container, world.now(), line);
  }

  /** Ends a container as if its process crashed. */
  void crash(String taskArn, String container, int exitCode) {
    tasks.get(taskArn).end(container, exitCode);
  }

  /** Has every container use so many processors and so much memory. */
  void load(double processors, double memoryMiB) {
    usage = new Usage(processors, OptionalDouble.of(memoryMiB));
  }

  /** Ends a container as if it were killed for its memory. */
  void runOutOfMemory(String taskArn, String container) {
    Simulated task = tasks.get(taskArn);
    task.alive.remove(container);
    task.listener.exited(container, 137, true);
  }

  /** Whether a container answers at a private address. */
  boolean answers(String privateIp) {
    return tasks.values().stream()
        .anyMatch(t -> t.spec.privateIp().equals(privateIp) && !t.alive.isEmpty());
  }

  /** The labels of the image that runs at a private address, when one does. */
  Optional<Map<String, String>> labelsAt(String privateIp) {
    return tasks.values().stream()
        .filter(t -> t.spec.privateIp().equals(privateIp) && !t.alive.isEmpty())
        .findFirst()
        .map(t -> t.alive.values().iterator().next().image().config().labels());
  }

  /** The tasks whose containers run. */
  Set<String> running() {
    return tasks.entrySet().stream()
        .filter(e -> !e.getValue().alive.isEmpty())
        .map(Map.Entry::getKey)
        .collect(Collectors.toSet());
  }

  @Override
  public Handle open(Spec spec, Listener listener) {
    Simulated task = new Simulated(spec, listener);
    tasks.put(spec.taskArn(), task);
    return task;
  }

  @Override
  public Optional<InetAddress> addressOf(String worldName, String privateIp) {
    return Optional.empty();
  }

  @Override
  public void close() {}

  private final class Simulated implements Handle {

    private final Spec spec;
    private final Listener listener;
    private final Map<String, Container> alive = new HashMap<>();

    Simulated(Spec spec, Listener listener) {
      this.spec = spec;
      this.listener = listener;
    }

    @Override
    public void start(String name) {
      spec.containers().stream()
          .filter(c -> c.name().equals(name))
          .forEach(c -> world.clock().schedule(START, () -> begin(c)));
    }

    void begin(Container container) {
      Map<String, String> labels = container.image().config().labels();
      if (labels.containsKey("sim.refuse")) {
        listener.startFailed(container.name(), labels.get("sim.refuse"));
        return;
      }
      if (labels.containsKey("sim.hang")) {
        return;
      }
      alive.put(container.name(), container);
      listener.started(container.name());
      listener.output(container.name(), world.now(), "started");
      if (labels.containsKey("sim.exitAfter")) {
        world
            .clock()
            .schedule(
                Duration.ofSeconds(Long.parseLong(labels.get("sim.exitAfter"))),
                () ->
                    end(
                        container.name(),
                        Integer.parseInt(labels.getOrDefault("sim.exitCode", "1"))));
      }
    }

    void end(String container, int exitCode) {
      if (alive.remove(container) != null) {
        listener.exited(container, exitCode, false);
      }
    }

    @Override
    public void stop(String container) {
      world.clock().schedule(STOP, () -> end(container, 143));
    }

    @Override
    public void kill(String container) {
      world.clock().schedule(Duration.ZERO, () -> end(container, 137));
    }

    @Override
    public void exec(String container, List<String> command, Duration timeout, IntConsumer onExit) {
      Map<String, String> labels = alive.get(container).image().config().labels();
      int code = Integer.parseInt(labels.getOrDefault("sim.check", "0"));
      world.clock().schedule(Duration.ofMillis(200), () -> onExit.accept(code));
    }

    @Override
    public Map<String, Usage> usage() {
      return alive.keySet().stream().collect(Collectors.toMap(name -> name, name -> usage));
    }

    @Override
    public void release() {
      alive.clear();
    }
  }
}
