package dev.slipway.twin.runtime.process;

import dev.slipway.twin.runtime.LoopbackBlock;
import dev.slipway.twin.runtime.TaskRuntime;
import dev.slipway.twin.world.Differs;
import dev.slipway.twin.world.TwinClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Supplier;

/**
 * Runs containers as processes of the host's JVM. Every task listens on the ports of its task
 * definition, on a loopback address of its own; {@link dev.slipway.twin.runtime.agent.BindAgent}
 * puts it there. While a process starts or stops, world time is held to real time.
 */
@Differs(
    value = "Containers of the process runtime run as the twin's user, and see the host's files.",
    because = "Processes need no container engine, image pull or privilege.")
@Differs(
    value = "Tasks of one image share its unpacked files; each has a temporary directory.",
    because = "A task starts at once, and services are expected not to write into their image.")
public final class ProcessRuntime implements TaskRuntime {

  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final TwinClock clock;
  private final Supplier<String> metadataBase;
  private final Path scratch;
  private final Path agent;
  private final RootFilesystem filesystem;
  private final LoopbackBlock addresses;
  private final ScheduledExecutorService watch =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("task-watch").factory());
  private final ProcessTree tree = new ProcessTree();
  private final Map<String, ProcessTask> tasks = new ConcurrentHashMap<>();
  private final Map<String, Metadata> metadata = new ConcurrentHashMap<>();

  /**
   * A runtime.
   *
   * @param directory where images are unpacked and tasks keep temporary files
   * @param clock held while processes start and stop
   * @param metadataBase the base of the task metadata endpoint, for instance {@code
   *     http://127.0.0.1:4566/_twin/metadata}; asked when a container starts
   * @throws IOException when the directory cannot be written or the system has no address block
   */
  public ProcessRuntime(Path directory, TwinClock clock, Supplier<String> metadataBase)
      throws IOException {
    this.clock = clock;
    this.metadataBase = metadataBase;
    this.scratch = Files.createDirectories(directory.resolve("tasks"));
    this.filesystem = new RootFilesystem(Files.createDirectories(directory.resolve("images")));
    this.agent = AgentJar.writeTo(directory);
    this.addresses = LoopbackBlock.claim();
  }

  @Override
  public Handle open(Spec spec, Listener listener) {
    String key = key(spec.world(), spec.privateIp());
    int number = addresses.take();
    ProcessTask task =
        new ProcessTask(
            spec,
            listener,
            new ProcessTask.Host(
                clock, filesystem, scratchOf(spec), agent, this::metadataUri, watch, tree),
            addresses.task(number),
            addresses.inner(number),
            released -> {
              // Of that name another may run already: that of a world that was restored.
              tasks.remove(key, released);
              metadata.remove(metadataToken(spec), spec.metadata());
              addresses.giveBack(number);
            });
    tasks.put(key, task);
    metadata.put(metadataToken(spec), spec.metadata());
    return task;
  }

  @Override
  public Optional<InetAddress> addressOf(String world, String privateIp) {
    return Optional.ofNullable(tasks.get(key(world, privateIp))).map(ProcessTask::address);
  }

  @Override
  public Optional<String> metadataDocument(String path) {
    String[] parts = path.split("/", 4);
    if (parts.length < 3 || !metadata.containsKey(parts[1])) {
      return Optional.empty();
    }
    String below = parts.length == 4 && !parts[3].isEmpty() ? "/" + parts[3] : "";
    return metadata.get(parts[1]).document(parts[2], below);
  }

  @Override
  public void close() {
    try {
      for (ProcessTask task : tasks.values()) {
        task.end(PATIENCE);
      }
      addresses.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      watch.shutdownNow();
    }
  }

  private String metadataUri(Spec spec, String container) {
    return metadataBase.get() + "/" + metadataToken(spec) + "/" + container;
  }

  private Path scratchOf(Spec spec) {
    return scratch.resolve(metadataToken(spec));
  }

  private static String metadataToken(Spec spec) {
    // With the world, for a fork has tasks of the same ids.
    String id = spec.taskArn().substring(spec.taskArn().lastIndexOf('/') + 1);
    return spec.world().replace('/', '-') + '-' + id;
  }

  private static String key(String world, String privateIp) {
    return world + ' ' + privateIp;
  }
}
