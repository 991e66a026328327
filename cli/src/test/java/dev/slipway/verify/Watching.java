package dev.slipway.verify;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.slipway.twin.TwinAccount;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** {@code slipway verify} in a process of its own, which somebody started before anything broke. */
final class Watching implements AutoCloseable {

  private final Path report;
  private final Path said;
  private final Process process;
  private final CompletableFuture<Long> end;

  private Watching(Path report, Path said, Process process) {
    this.report = report;
    this.said = said;
    this.process = process;
    this.end = process.onExit().thenApply(_ -> System.nanoTime());
  }

  /** Starts to watch a service of {@link Estate}. */
  static Watching of(TwinAccount account, Path directory, String service, List<String> more)
      throws IOException {
    Path report = directory.resolve(account.id() + ".json");
    Path said = directory.resolve(account.id() + ".txt");
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.slipway.cli.Main",
                "verify",
                "--cluster",
                Estate.CLUSTER,
                "--service",
                service,
                "--json",
                report.toString()));
    command.addAll(more);
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said.toFile());
    builder.environment().putAll(account.environment());
    return new Watching(report, said, builder.start());
  }

  /** Waits until it has said something. */
  Watching until(String words) {
    await()
        .alias(words)
        .atMost(Duration.ofMinutes(2))
        .pollInterval(Duration.ofMillis(100))
        .until(() -> {
          if (!process.isAlive()) {
            throw new IllegalStateException("it has ended: " + said());
          }
          return said().contains(words);
        });
    return this;
  }

  /** When it had come to its end, as {@link System#nanoTime} counts. */
  long end() {
    await().atMost(Duration.ofMinutes(3)).until(end::isDone);
    return end.join();
  }

  /** Its report. */
  JsonNode report() {
    try {
      return new JsonMapper().readTree(Files.readString(report));
    } catch (IOException e) {
      throw new UncheckedIOException(said(), e);
    }
  }

  String said() {
    try {
      return Files.readString(said);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
