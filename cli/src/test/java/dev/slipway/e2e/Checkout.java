package dev.slipway.e2e;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A clone of this repository, in which make is run as a new user would. */
final class Checkout implements AutoCloseable {

  /** What a command printed and how it ended. */
  record Result(int exitCode, String output, Duration took) {

    /** The rest of the line that starts with a word, for instance {@code url:}. */
    String line(String start) {
      return output
          .lines()
          .filter(line -> line.startsWith(start))
          .map(line -> line.substring(start.length()).strip())
          .reduce((first, second) -> second)
          .orElseThrow(() -> new AssertionError("no line '" + start + "' in:\n" + output));
    }
  }

  private static final Duration LIMIT = Duration.ofMinutes(8);

  private final Path directory;
  private final int twinPort;

  private Checkout(Path directory, int twinPort) {
    this.directory = directory;
    this.twinPort = twinPort;
  }

  /** Clones the repository with the changes of its working tree as one more commit. */
  static Checkout in(Path directory) {
    Checkout checkout = new Checkout(directory, freePort());
    Path source = source();
    checkout.run(directory, "git", "clone", "-q", "--no-hardlinks", source.toString(), ".");
    checkout.git("config", "user.name", "End to end");
    checkout.git("config", "user.email", "e2e@example.invalid");
    checkout.run(
        source,
        "bash",
        "-c",
        "git ls-files -co --exclude-standard | tar -cf - --ignore-failed-read -T - 2>/dev/null |"
            + " tar -xf - -C '"
            + directory
            + "'");
    checkout.git("add", "-A");
    checkout.run(directory, "git", "commit", "-q", "--allow-empty", "-m", "Working tree");
    return checkout;
  }

  /** A clone that has the slipway jar already, for tests of something else than its first build. */
  static Checkout builtIn(Path directory) {
    Checkout checkout = in(directory);
    Path source = source();
    checkout.run(source, "scripts/build.sh");
    checkout.run(
        source,
        "bash",
        "-c",
        "mkdir -p \"$1/cli/target\" && cp -rp cli/target/lib \"$1/cli/target\""
            + " && cp cli/target/slipway.jar \"$1/cli/target\"",
        "copy",
        directory.toString());
    return checkout;
  }

  private static Path source() {
    return Path.of(System.getProperty("slipway.source", "..")).toAbsolutePath().normalize();
  }

  /** Where the real clients may be: what CI installs, then the PATH. */
  static String searchPath() {
    return source().resolve(".slipway/tools/bin") + File.pathSeparator + System.getenv("PATH");
  }

  /** The port that this clone's twin listens on. */
  int twinPort() {
    return twinPort;
  }

  Path path(String relative) {
    return directory.resolve(relative);
  }

  /** The commit that is checked out. */
  String head() {
    return git("rev-parse", "HEAD").output().strip();
  }

  /** Replaces a text in a file and commits it; returns the new commit. */
  String change(String file, String from, String to) {
    try {
      String before = Files.readString(path(file));
      if (!before.contains(from)) {
        throw new AssertionError(file + " does not contain " + from);
      }
      Files.writeString(path(file), before.replace(from, to));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    git("commit", "-qam", "Change " + file);
    return head();
  }

  Result make(String target) {
    return make(target, Map.of());
  }

  Result make(String target, Map<String, String> environment) {
    return execute(directory, environment, "make", target);
  }

  /** Runs a command of the project's, by its path in the clone. */
  Result run(Map<String, String> environment, String... command) {
    return execute(directory, environment, command);
  }

  /** Runs a command with the environment that points AWS tools at the twin. */
  Result pointed(Map<String, String> environment, String... command) {
    List<String> words = new ArrayList<>(List.of("bash", "-c"));
    words.add(". .slipway/twin/env && exec \"$@\"");
    words.add("pointed");
    words.addAll(List.of(command));
    return execute(directory, environment, words.toArray(String[]::new));
  }

  /**
   * Starts make in a process group of its own, as a terminal does, so that the group can be
   * interrupted; its output goes to the file.
   */
  Process start(String target, Path output) throws IOException {
    // set -m gives the job a group, whose id is that of make.
    ProcessBuilder builder =
        builder(
                directory,
                Map.of(),
                List.of(
                    "bash",
                    "-c",
                    "set -m; make \"$1\" & echo $! >\"$2\"; wait $!",
                    "start",
                    target))
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    builder.command().add(output + ".group");
    return builder.start();
  }

  /** Sends SIGINT to what {@link #start} started, as the terminal does at Ctrl-C. */
  void interrupt(Path output) throws IOException {
    String group = Files.readString(Path.of(output + ".group")).strip();
    run(directory, "kill", "-INT", "--", "-" + group);
  }

  /** Every live process that has this clone's directory in its command line. */
  List<String> processes() {
    return ProcessHandle.allProcesses()
        .flatMap(process -> process.info().commandLine().stream())
        .filter(line -> line.contains(directory.toString()))
        .toList();
  }

  private Result git(String... arguments) {
    List<String> words = new ArrayList<>(List.of("git"));
    words.addAll(List.of(arguments));
    return run(directory, words.toArray(String[]::new));
  }

  private Result run(Path in, String... command) {
    Result result = execute(in, Map.of(), command);
    if (result.exitCode() != 0) {
      throw new AssertionError(String.join(" ", command) + " failed:\n" + result.output());
    }
    return result;
  }

  private Result execute(Path in, Map<String, String> environment, String... command) {
    long start = System.nanoTime();
    try {
      Process process =
          builder(in, environment, List.of(command)).redirectErrorStream(true).start();
      process.getOutputStream().close();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError(String.join(" ", command) + " did not end");
      }
      return new Result(process.exitValue(), output, Duration.ofNanos(System.nanoTime() - start));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  private ProcessBuilder builder(Path in, Map<String, String> environment, List<String> command) {
    ProcessBuilder builder = new ProcessBuilder(new ArrayList<>(command)).directory(in.toFile());
    Map<String, String> variables = builder.environment();
    variables.put("SLIPWAY_TWIN_PORT", Integer.toString(twinPort));
    variables.put("PATH", searchPath());
    variables.keySet().removeIf(name -> name.startsWith("TF_VAR_"));
    // The make that runs the tests must not lend its jobs and flags to the one under test.
    variables.keySet().removeAll(List.of("MAKEFLAGS", "MAKELEVEL", "MFLAGS", "ENV"));
    variables.putAll(environment);
    return builder;
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    make("down");
  }
}
