package dev.slipway.twin.runtime.simulated;

import dev.slipway.twin.runtime.LoopbackBlock;
import dev.slipway.twin.runtime.TaskRuntime;
import dev.slipway.twin.world.Differs;
import dev.slipway.twin.world.TwinClock;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Runs containers as servers in this JVM. Each task listens on real sockets at a loopback address
 * of its own; its program does what the {@link Behaviour} in its image says, in world time. A few
 * threads serve all tasks. Thread safe.
 */
@Differs(
    value =
        "Containers of the simulated runtime run no code: they behave as the image's variable"
            + " SLIPWAY_BEHAVIOUR says, and without one answer 200 on their container ports.",
    because = "Rehearsals need thousands of tasks and outcomes that do not depend on the machine.")
@Differs(
    value =
        "An image of the simulated runtime holds one program, the first word of its own command."
            + " Health check commands are understood when they exit, or ask a URL of the task.",
    because = "There are no files to run.")
public final class SimulatedRuntime implements TaskRuntime {

  private static final int THREADS = 2;
  private static final int PATIENCE_SECONDS = 5;

  private final TwinClock clock;
  private final LoopbackBlock addresses;
  private final EventLoopGroup loops =
      new MultiThreadIoEventLoopGroup(
          THREADS, new DefaultThreadFactory("simulated", true), NioIoHandler.newFactory());
  private final Map<String, SimulatedTask> tasks = new ConcurrentHashMap<>();
  private final Map<String, Metadata> metadata = new ConcurrentHashMap<>();
  private final Map<SocketAddress, Instant> waiting = new ConcurrentHashMap<>();

  /**
   * A runtime without tasks.
   *
   * @throws IOException when the system has no address block
   */
  public SimulatedRuntime(TwinClock clock) throws IOException {
    this.clock = clock;
    this.addresses = LoopbackBlock.claim();
  }

  @Override
  public Handle open(Spec spec, Listener listener) {
    int number = addresses.take();
    EventLoop loop = loops.next();
    String key = key(spec.world(), spec.privateIp());
    // With the world, for a fork has tasks of the same ids.
    String id = spec.taskArn().substring(spec.taskArn().lastIndexOf('/') + 1);
    String token = spec.world().replace('/', '-') + '-' + id;
    SimulatedTask task =
        new SimulatedTask(
            spec,
            listener,
            new SimulatedTask.Host(
                clock, loop, addresses.task(number), addresses.inner(number), waiting),
            released -> {
              tasks.remove(key, released);
              metadata.remove(token, spec.metadata());
            },
            () -> addresses.giveBack(number));
    tasks.put(key, task);
    metadata.put(token, spec.metadata());
    return task;
  }

  @Override
  public Optional<InetAddress> addressOf(String world, String privateIp) {
    return Optional.ofNullable(tasks.get(key(world, privateIp))).map(SimulatedTask::address);
  }

  @Override
  public Optional<Instant> waitsSince(InetSocketAddress client) {
    return Optional.ofNullable(waiting.get(client));
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
    tasks.values().forEach(SimulatedTask::release);
    loops
        .shutdownGracefully(0, PATIENCE_SECONDS, TimeUnit.SECONDS)
        .awaitUninterruptibly(PATIENCE_SECONDS, TimeUnit.SECONDS);
    try {
      addresses.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String key(String world, String privateIp) {
    return world + ' ' + privateIp;
  }
}
