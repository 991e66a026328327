package dev.slipway.twin.runtime.process;

import dev.slipway.twin.runtime.TaskRuntime.Container;
import dev.slipway.twin.runtime.TaskRuntime.Handle;
import dev.slipway.twin.runtime.TaskRuntime.Listener;
import dev.slipway.twin.runtime.TaskRuntime.Spec;
import dev.slipway.twin.runtime.TaskRuntime.Usage;
import dev.slipway.twin.world.TwinClock;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.IntConsumer;

/** A task of the process runtime: its containers' processes and its address. */
final class ProcessTask implements Handle {

  /** What a task needs of the host. */
  record Host(
      TwinClock clock,
      RootFilesystem filesystem,
      Path scratch,
      Path agent,
      BiFunction<Spec, String, String> metadataUri,
      ScheduledExecutorService watch,
      ProcessTree tree) {}

  private final Spec spec;
  private final Listener listener;
  private final Host host;
  private final InetAddress address;
  private final InetAddress inner;
  private final Consumer<ProcessTask> onRelease;
  private final Map<String, ContainerProcess> processes = new ConcurrentHashMap<>();
  private final Set<String> begun = ConcurrentHashMap.newKeySet();
  private final List<Thread> starting = new CopyOnWriteArrayList<>();
  private volatile boolean released;

  ProcessTask(
      Spec spec,
      Listener listener,
      Host host,
      InetAddress address,
      InetAddress inner,
      Consumer<ProcessTask> onRelease) {
    this.spec = spec;
    this.listener = listener;
    this.host = host;
    this.address = address;
    this.inner = inner;
    this.onRelease = onRelease;
  }

  InetAddress address() {
    return address;
  }

  @Override
  public void start(String name) {
    for (Container container : spec.containers()) {
      if (container.name().equals(name) && !released && begun.add(name)) {
        TwinClock.Hold hold = host.clock().hold();
        starting.add(
            Thread.ofVirtual()
                .name("start-" + container.name())
                .start(() -> startContainer(container, hold)));
      }
    }
  }

  private void startContainer(Container container, TwinClock.Hold hold) {
    ContainerProcess process;
    try {
      Files.createDirectories(host.scratch());
      Path root = host.filesystem().of(container.image());
      process =
          ContainerProcess.launch(
              new ContainerProcess.Launch(
                  container,
                  root,
                  host.scratch(),
                  host.agent(),
                  address,
                  inner,
                  host.metadataUri().apply(spec, container.name()),
                  host.clock().instant()));
    } catch (IOException e) {
      hold.close();
      listener.startFailed(container.name(), e.getMessage());
      return;
    }
    processes.put(container.name(), process);
    if (released) {
      process.kill();
    }
    listener.started(container.name());
    StartWatch.until(process, address, host.watch(), hold);
    process.readOutput(line -> listener.output(container.name(), host.clock().instant(), line));
    process.onExit(code -> {
      hold.close();
      begun.remove(container.name());
      listener.exited(container.name(), code, process.outOfMemory());
    });
    MemoryWatch.over(process, container.memoryMiB(), host.watch());
  }

  @Override
  public void stop(String container) {
    ContainerProcess process = processes.get(container);
    if (process == null) {
      return;
    }
    // A program that stops lives in real time, as one that starts does.
    TwinClock.Hold hold = host.clock().hold();
    process.onExit(code -> hold.close());
    process.terminate();
    Duration timeout = process.container().stopTimeout();
    TwinClock.Cancellable killer = host.clock().schedule(timeout, process::kill);
    process.onExit(code -> killer.cancel());
  }

  @Override
  public void kill(String container) {
    ContainerProcess process = processes.get(container);
    if (process != null) {
      process.kill();
    }
  }

  @Override
  public void exec(String container, List<String> command, Duration timeout, IntConsumer onExit) {
    ContainerProcess process = processes.get(container);
    if (process == null) {
      onExit.accept(1);
      return;
    }
    TwinClock.Hold hold = host.clock().hold();
    Thread.ofVirtual()
        .start(() -> {
          try (hold) {
            onExit.accept(process.exec(command, timeout));
          }
        });
  }

  @Override
  public Map<String, Usage> usage() {
    Map<String, Usage> usage = new HashMap<>();
    processes.forEach((name, process) -> {
      if (process.isAlive()) {
        usage.put(name, process.usage(host.tree(), host.clock().instant()));
      }
    });
    return usage;
  }

  /** Releases the task and waits, at most as long as given, until nothing of it runs. */
  void end(Duration patience) throws InterruptedException {
    release();
    for (Thread start : starting) {
      start.join(patience);
    }
    for (ContainerProcess process : processes.values()) {
      process.kill();
      process.awaitEnd(patience);
    }
  }

  @Override
  public void release() {
    released = true;
    processes.values().forEach(ContainerProcess::kill);
    onRelease.accept(this);
  }
}
