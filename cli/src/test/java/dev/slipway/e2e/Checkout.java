package dev.slipway.e2e;

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
    Path source = Path.of(System.getProperty("slipway.source", "..")).toAbsolutePath().normalize();
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

  /** Runs a command with the environment that points AWS tools at the twin. */
  Result aws(String... command) {
    List<String> words = new ArrayList<>(List.of("bash", "-c"));
    words.add(". .slipway/twin/env && exec \"$@\"");
    words.add("aws");
    words.addAll(List.of(command));
    return execute(directory, Map.of(), words.toArray(String[]::new));
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
      ProcessBuilder builder = new ProcessBuilder(command).directory(in.toFile());
      builder.environment().put("SLIPWAY_TWIN_PORT", Integer.toString(twinPort));
      builder.environment().keySet().removeIf(name -> name.startsWith("TF_VAR_"));
      // The make that runs the tests must not lend its jobs and flags to the one under test.
      builder.environment().keySet().removeAll(List.of("MAKEFLAGS", "MAKELEVEL", "MFLAGS", "ENV"));
      builder.environment().putAll(environment);
      Process process = builder.redirectErrorStream(true).start();
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
