package dev.slipway.twin.runtime.simulated;

import dev.slipway.twin.world.TwinClock;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A container's health check command. On the task's event loop. */
final class HealthCommand {

  private static final int NOT_FOUND = 127;
  private static final int TIMED_OUT = 137;
  private static final Duration SPAN = Duration.ofMillis(100);
  private static final Pattern EXIT = Pattern.compile("exit ([0-9]{1,3})");
  private static final Pattern OWN_URL =
      Pattern.compile("http://(localhost|127\\.0\\.0\\.1)(:[0-9]+)?(/[^\\s\"']*)?");

  private final SimulatedTask task;
  private final SimulatedContainer container;
  private final TwinClock clock;

  HealthCommand(SimulatedTask task, SimulatedContainer container, TwinClock clock) {
    this.task = task;
    this.container = container;
    this.clock = clock;
  }

  /** Runs the command and tells its exit code. */
  void run(List<String> command, Duration timeout, IntConsumer onExit) {
    Behaviour.Check check = container.behaviour().check();
    if (check != null) {
      exit(SPAN, check.at(container.age()), onExit);
      return;
    }
    String line =
        String.join(
            " ",
            command.getFirst().startsWith("CMD") ? command.subList(1, command.size()) : command);
    Matcher url = OWN_URL.matcher(line);
    Matcher code = EXIT.matcher(line);
    if (url.find()) {
      ask(URI.create(url.group()), timeout, onExit);
    } else if (code.matches()) {
      exit(SPAN, Integer.parseInt(code.group(1)) & 0xff, onExit);
    } else {
      exit(SPAN, NOT_FOUND, onExit);
    }
  }

  private void ask(URI url, Duration timeout, IntConsumer onExit) {
    List<SimulatedContainer> there = task.listeningOn(url.getPort() < 0 ? 80 : url.getPort());
    if (there.isEmpty()) {
      exit(SPAN, 1, onExit);
      return;
    }
    String path = url.getPath().isEmpty() ? "/" : url.getPath();
    Behaviour.Answer answer = there.getFirst().answer(path, !url.getHost().equals("localhost"));
    Duration wait = Duration.ofMillis(Math.round(answer.delay() * 1000));
    if (answer.hang() || wait.compareTo(timeout) > 0) {
      exit(timeout, TIMED_OUT, onExit);
    } else {
      exit(wait.plus(SPAN), answer.reset() || answer.status() >= 400 ? 1 : 0, onExit);
    }
  }

  private void exit(Duration after, int code, IntConsumer onExit) {
    clock.schedule(after, () -> onExit.accept(code));
  }
}
