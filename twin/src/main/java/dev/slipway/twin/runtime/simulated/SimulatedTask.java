package dev.slipway.twin.runtime.simulated;

import dev.slipway.twin.runtime.TaskRuntime.Container;
import dev.slipway.twin.runtime.TaskRuntime.Handle;
import dev.slipway.twin.runtime.TaskRuntime.Listener;
import dev.slipway.twin.runtime.TaskRuntime.Spec;
import dev.slipway.twin.runtime.TaskRuntime.Usage;
import dev.slipway.twin.world.TwinClock;
import io.netty.channel.EventLoop;
import java.net.InetAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.IntConsumer;

/** A task of the simulated runtime: all that happens to it happens on its event loop. */
final class SimulatedTask implements Handle {

  /** What a task needs of the runtime, and whom its tasks let wait on purpose since when. */
  record Host(
      TwinClock clock,
      EventLoop loop,
      InetAddress address,
      InetAddress inner,
      Map<SocketAddress, Instant> waiting) {}

  private final Listener listener;
  private final Host host;
  private final Consumer<SimulatedTask> onRelease;
  private final Runnable onFree;
  private final Map<String, Container> specs = new LinkedHashMap<>();
  private final Map<String, SimulatedContainer> containers = new ConcurrentSkipListMap<>();
  private final Set<String> begun = ConcurrentHashMap.newKeySet();
  private volatile boolean released;

  SimulatedTask(
      Spec spec, Listener listener, Host host, Consumer<SimulatedTask> onRelease, Runnable onFree) {
    this.listener = listener;
    this.host = host;
    this.onRelease = onRelease;
    this.onFree = onFree;
    for (Container container : spec.containers()) {
      specs.put(container.name(), container);
      containers.put(container.name(), new SimulatedContainer(container, this, host));
    }
  }

  InetAddress address() {
    return host.address();
  }

  @Override
  public void start(String name) {
    if (specs.containsKey(name) && begun.add(name)) {
      TwinClock.Hold hold = host.clock().hold();
      host.loop().execute(() -> begin(name, hold));
    }
  }

  /** A container that has ended is made anew, with its program's state as at its first start. */
  private void begin(String name, TwinClock.Hold hold) {
    if (containers.get(name).hasRun() && !released) {
      containers.put(name, new SimulatedContainer(specs.get(name), this, host));
    }
    containers.get(name).begin(hold);
  }

  /** A container ended, and may be started again. */
  void ended(String name) {
    begun.remove(name);
  }

  /**
   * Tells the listener, on the clock's thread: it takes the world's lock, for which no event loop
   * should wait.
   */
  void tell(Consumer<Listener> news) {
    host.clock()
        .schedule(
            Duration.ZERO,
            () -> {
              if (!released) {
                news.accept(listener);
              }
            });
  }

  /** Whether there are several containers. */
  boolean hasNeighbours() {
    return containers.size() > 1;
  }

  /** Whether one of the containers listens on a port, and what it would answer there. */
  List<SimulatedContainer> listeningOn(int port) {
    return containers.values().stream().filter(c -> c.listensOn(port)).toList();
  }

  @Override
  public void stop(String container) {
    run(container, SimulatedContainer::terminate);
  }

  @Override
  public void kill(String container) {
    run(container, SimulatedContainer::kill);
  }

  @Override
  public void exec(String container, List<String> command, Duration timeout, IntConsumer onExit) {
    run(container, c -> new HealthCommand(this, c, host.clock()).run(command, timeout, onExit));
  }

  private void run(String container, Consumer<SimulatedContainer> action) {
    SimulatedContainer found = containers.get(container);
    if (found != null) {
      host.loop().execute(() -> action.accept(found));
    }
  }

  @Override
  public Map<String, Usage> usage() {
    Map<String, Usage> usage = new LinkedHashMap<>();
    containers.forEach((name, container) -> {
      if (container.runs()) {
        usage.put(name, container.usage());
      }
    });
    return usage;
  }

  @Override
  public void release() {
    if (released) {
      return;
    }
    released = true;
    onRelease.accept(this);
    host.loop()
        .execute(() -> {
          AtomicInteger open = new AtomicInteger(containers.size());
          for (SimulatedContainer container : containers.values()) {
            container
                .endSilently()
                .addListener(closed -> {
                  // The next task with this address must find its ports free.
                  if (open.decrementAndGet() == 0) {
                    onFree.run();
                  }
                });
          }
        });
  }
}
