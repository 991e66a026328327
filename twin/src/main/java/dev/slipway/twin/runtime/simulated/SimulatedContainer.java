package dev.slipway.twin.runtime.simulated;

import dev.slipway.twin.runtime.TaskRuntime.Container;
import dev.slipway.twin.runtime.TaskRuntime.Usage;
import dev.slipway.twin.world.TwinClock;
import io.netty.util.concurrent.Future;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/** A container of a simulated task, from its start to its end. On the task's event loop. */
final class SimulatedContainer {

  private static final int KILLED = 137;
  private static final int TERMINATED = 143;

  private enum Life {
    NEW,
    RUNS,
    ENDED
  }

  private final Container container;
  private final SimulatedTask task;
  private final SimulatedTask.Host host;
  private final Program program;
  private final Sockets sockets;
  private final List<TwinClock.Cancellable> timers = new ArrayList<>();
  private volatile Behaviour behaviour = Behaviour.parse("{}");
  private volatile Life life = Life.NEW;
  private boolean stopping;
  private volatile Instant started = Instant.MAX;
  private Instant usageRead = Instant.MAX;
  private long servedBefore;
  private double requestRate;
  private volatile Instant listening = Instant.MAX;
  private volatile List<Integer> ports = List.of();

  SimulatedContainer(Container container, SimulatedTask task, SimulatedTask.Host host) {
    this.container = container;
    this.task = task;
    this.host = host;
    this.program = new Program(container);
    this.sockets = new Sockets(host.loop(), () -> new Conversation(this, host));
  }

  Behaviour behaviour() {
    return behaviour;
  }

  Program program() {
    return program;
  }

  Sockets sockets() {
    return sockets;
  }

  /** Seconds since it started. */
  double age() {
    return seconds(started);
  }

  /** Whether it ran and has ended. */
  boolean hasRun() {
    return life == Life.ENDED && !started.equals(Instant.MAX);
  }

  boolean runs() {
    return life == Life.RUNS;
  }

  /** What its program uses by its script, the requests since the last reading counted. */
  synchronized Usage usage() {
    Instant now = host.clock().instant();
    Instant since = usageRead.equals(Instant.MAX) ? started : usageRead;
    double passed = Duration.between(since, now).toMillis() / 1000.0;
    if (passed > 0) {
      long served = sockets.served();
      requestRate = (served - servedBefore) / passed;
      servedBefore = served;
      usageRead = now;
    }
    double memory = behaviour.memory() + behaviour.leak() * age();
    return new Usage(
        behaviour.processors() + behaviour.work() * requestRate, OptionalDouble.of(memory));
  }

  /** What it answers to a request now. */
  Behaviour.Answer answer(String path, boolean hostIsAddress) {
    return behaviour.answer(path, hostIsAddress, seconds(listening));
  }

  boolean listensOn(int port) {
    return ports.contains(port) && sockets.open();
  }

  private double seconds(Instant since) {
    Instant now = host.clock().instant();
    return since.isAfter(now) ? 0 : Duration.between(since, now).toMillis() / 1000.0;
  }

  void begin(TwinClock.Hold hold) {
    if (life != Life.NEW) {
      hold.close();
      return;
    }
    var refusal = program.refusal();
    if (refusal.isPresent()) {
      life = Life.ENDED;
      task.tell(listener -> listener.startFailed(container.name(), refusal.get()));
      hold.close();
      return;
    }
    started = host.clock().instant();
    life = Life.RUNS;
    task.tell(listener -> listener.started(container.name()));
    try {
      run();
    } catch (IllegalArgumentException e) {
      say(e.getMessage());
      end(1, false);
    }
    // World time stays real until what was started is told and listens.
    sockets.settled().addListener(done -> host.clock().schedule(Duration.ZERO, hold::close));
  }

  private void run() {
    behaviour = program.behaviour();
    behaviour.log().forEach(line -> say(program.filled(line)));
    List<String> missing = program.missing(behaviour);
    if (!missing.isEmpty()) {
      say("missing environment variables: " + String.join(", ", missing));
      end(1, false);
      return;
    }
    List<Integer> wanted = program.ports(behaviour);
    if (behaviour.exit() != null) {
      after(behaviour.exit().after(), () -> end(behaviour.exit().code(), false));
    }
    if (behaviour.leak() > 0) {
      after(container.memoryMiB() / behaviour.leak(), () -> end(KILLED, true));
    }
    if (life == Life.RUNS) {
      after(behaviour.listenAfter(), () -> listen(wanted));
    }
  }

  private void listen(List<Integer> wanted) {
    boolean loopback = behaviour.bind().equals("loopback");
    // Nobody but a neighbour can find the port of the task's own loopback taken; a socket saved.
    List<InetAddress> addresses =
        task.hasNeighbours() ? List.of(host.address(), host.inner()) : List.of(host.address());
    for (int port : wanted) {
      sockets
          .bind(loopback ? List.of(host.inner()) : addresses, port)
          .addListener(done -> {
            if (!done.isSuccess() && life == Life.RUNS) {
              say("cannot listen on port " + port + ": " + done.cause().getMessage());
              end(1, false);
            }
          });
    }
    ports = List.copyOf(wanted);
    listening = host.clock().instant();
  }

  /** Runs on the loop after seconds of world time; at once when there are none. */
  private void after(double seconds, Runnable action) {
    if (seconds <= 0) {
      action.run();
      return;
    }
    timers.add(
        host.clock()
            .schedule(
                Duration.ofMillis(Math.round(seconds * 1000)),
                () ->
                    host.loop()
                        .execute(() -> {
                          if (life == Life.RUNS) {
                            action.run();
                          }
                        })));
  }

  private void say(String line) {
    Instant at = host.clock().instant();
    task.tell(listener -> listener.output(container.name(), at, line));
  }

  /** SIGTERM, and SIGKILL after the stop timeout. */
  void terminate() {
    if (life != Life.RUNS || stopping) {
      return;
    }
    stopping = true;
    Behaviour.Stop stop = behaviour.stop();
    after(container.stopTimeout().toMillis() / 1000.0, this::kill);
    if (stop == null) {
      end(TERMINATED, false);
    } else if (stop.drain()) {
      sockets.stopListening();
      sockets.whenIdle(() -> after(stop.after(), () -> end(stop.code(), false)));
    } else if (!stop.ignore()) {
      after(stop.after(), () -> end(stop.code(), false));
    }
  }

  /** SIGKILL. */
  void kill() {
    if (life == Life.NEW) {
      life = Life.ENDED;
      task.tell(listener -> listener.exited(container.name(), KILLED, false));
    } else {
      end(KILLED, false);
    }
  }

  private void end(int code, boolean outOfMemory) {
    if (life == Life.RUNS) {
      var _ = endSilently();
      task.ended(container.name());
      task.tell(listener -> listener.exited(container.name(), code, outOfMemory));
    }
  }

  /** Ends without telling; complete when nothing listens any longer. */
  Future<?> endSilently() {
    life = Life.ENDED;
    timers.forEach(TwinClock.Cancellable::cancel);
    timers.clear();
    ports = List.of();
    return sockets.close();
  }
}
