package dev.slipway.twin.runtime.process;

import dev.slipway.twin.runtime.TaskRuntime.Container;
import dev.slipway.twin.runtime.TaskRuntime.Usage;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.IntConsumer;

/** The process of one container. Thread safe. */
final class ContainerProcess {

  /** What is launched, and where. */
  record Launch(
      Container container,
      Path root,
      Path scratch,
      Path agent,
      InetAddress address,
      InetAddress inner,
      String metadataUri,
      Instant worldTime) {}

  private static final int NOT_FOUND = 127;
  private static final int KILLED = 137;

  private final Launch launch;
  private final Process process;
  private final UsageMeter meter;
  private final CompletableFuture<Void> outputRead = new CompletableFuture<>();
  private volatile boolean outOfMemory;

  private ContainerProcess(Launch launch, Process process) {
    this.launch = launch;
    this.process = process;
    this.meter = new UsageMeter(process.toHandle(), launch.worldTime());
  }

  /**
   * Starts the process.
   *
   * @throws IOException with the runtime's message when the image has nothing to run
   */
  static ContainerProcess launch(Launch launch) throws IOException {
    Container container = launch.container();
    List<String> command = command(container);
    if (command.isEmpty()) {
      throw new IOException("CannotStartContainerError: no command specified");
    }
    List<String> resolved =
        commandLine(launch)
            .resolve(command, jvmArguments(launch))
            .orElseThrow(() ->
                new IOException(
                    "CannotStartContainerError: exec: \""
                        + command.getFirst()
                        + "\": executable file not found in $PATH"));
    Process process = builder(launch, resolved).redirectErrorStream(true).start();
    process.getOutputStream().close();
    return new ContainerProcess(launch, process);
  }

  Container container() {
    return launch.container();
  }

  long pid() {
    return process.pid();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  Usage usage(ProcessTree tree, Instant worldTime) {
    return meter.read(tree, worldTime);
  }

  boolean outOfMemory() {
    return outOfMemory;
  }

  void terminate() {
    process.destroy();
  }

  void kill() {
    process.destroyForcibly();
  }

  /** Waits for the end, at most as long as given. */
  void awaitEnd(Duration patience) throws InterruptedException {
    process.waitFor(patience);
  }

  void killForMemory() {
    outOfMemory = true;
    kill();
  }

  /**
   * Reads the output to its end on a thread of its own: a platform thread, for reading a pipe holds
   * the carrier of a virtual one, and as many tasks as cores would stop all virtual threads.
   */
  void readOutput(Consumer<String> lines) {
    Thread.ofPlatform()
        .daemon()
        .name("output-" + process.pid())
        .start(() -> {
          try (BufferedReader reader =
              new BufferedReader(
                  new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            reader.lines().forEach(lines);
          } catch (IOException | UncheckedIOException e) {
            // The stream ends with the process; what was read is delivered.
          } finally {
            outputRead.complete(null);
          }
        });
  }

  /** Calls back with the exit code, after the last line of output. */
  void onExit(IntConsumer callback) {
    // A grandchild may keep the stream open: the exit is not held up by it for ever.
    var _ =
        process
            .onExit()
            .thenCompose(ended -> outputRead.copy().completeOnTimeout(null, 2, TimeUnit.SECONDS))
            .thenRun(() -> callback.accept(process.exitValue()));
  }

  /** Runs a command beside the process and returns its exit code; 137 at the timeout. */
  int exec(List<String> command, Duration timeout) {
    boolean shell = command.getFirst().equals("CMD-SHELL");
    List<String> plain =
        command.getFirst().startsWith("CMD") ? command.subList(1, command.size()) : command;
    List<String> wanted = shell ? List.of("/bin/sh", "-c", String.join(" ", plain)) : plain;
    try {
      List<String> resolved = commandLine(launch).resolve(wanted, List.of()).orElse(List.of());
      if (resolved.isEmpty()) {
        return NOT_FOUND;
      }
      Process check =
          builder(launch, resolved)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (check.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
        return check.exitValue();
      }
      check.destroyForcibly();
      return KILLED;
    } catch (IOException e) {
      return NOT_FOUND;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return KILLED;
    }
  }

  private static CommandLine commandLine(Launch launch) {
    return new CommandLine(launch.root(), launch.scratch());
  }

  private static List<String> command(Container container) {
    List<String> command = new ArrayList<>();
    boolean ownEntryPoint = !container.entryPoint().isEmpty();
    command.addAll(
        ownEntryPoint ? container.entryPoint() : container.image().config().entrypoint());
    if (!container.command().isEmpty()) {
      command.addAll(container.command());
    } else if (!ownEntryPoint) {
      command.addAll(container.image().config().command());
    }
    return command;
  }

  /** The agent, and the container's memory as the JVM would see it in a cgroup. */
  private static List<String> jvmArguments(Launch launch) {
    return List.of(
        "-javaagent:"
            + launch.agent()
            + "="
            + launch.address().getHostAddress()
            + ","
            + launch.inner().getHostAddress()
            + ","
            + ProcessHandle.current().pid(),
        "-XX:MaxRAM=" + launch.container().memoryMiB() + "m",
        "-Djava.io.tmpdir=" + launch.scratch());
  }

  private static ProcessBuilder builder(Launch launch, List<String> command) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command);
    Map<String, String> environment = builder.environment();
    environment.clear();
    environment.putAll(environmentOf(launch));
    builder.directory(workingDirectory(launch).toFile());
    return builder;
  }

  private static Map<String, String> environmentOf(Launch launch) {
    Map<String, String> environment = new LinkedHashMap<>();
    environment.put("PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin");
    environment.put("HOME", launch.scratch().toString());
    environment.putAll(launch.container().image().config().environment());
    environment.putAll(launch.container().environment());
    environment.put("ECS_CONTAINER_METADATA_URI_V4", launch.metadataUri());
    return environment;
  }

  private static Path workingDirectory(Launch launch) throws IOException {
    String own = launch.container().workingDirectory();
    String wanted = own.isEmpty() ? launch.container().image().config().workingDirectory() : own;
    Path directory = launch.root().resolve(wanted.startsWith("/") ? wanted.substring(1) : wanted);
    return Files.isDirectory(directory) ? directory : launch.root();
  }
}
