package dev.slipway.twin.runtime.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipway.twin.ecr.Images;
import dev.slipway.twin.runtime.TaskRuntime;
import dev.slipway.twin.world.ManualClock;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessRuntimeTest {

  private static final String SERVER =
      """
      import com.sun.net.httpserver.HttpServer;
      import java.net.InetSocketAddress;

      class Server {
        public static void main(String[] arguments) throws Exception {
          var address = new InetSocketAddress(arguments[0], 5000);
          var server = HttpServer.create(address, 0);
          byte[] name = System.getenv("WHO").getBytes();
          server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, name.length);
            exchange.getResponseBody().write(name);
            exchange.close();
          });
          server.start();
          System.out.println("listening as " + System.getenv("WHO"));
        }
      }
      """;

  private final ManualClock clock = new ManualClock(Instant.parse("2026-11-23T10:00:00Z"));
  private final BlockingQueue<String> events = new LinkedBlockingQueue<>();
  private final BlockingQueue<Thread> readers = new LinkedBlockingQueue<>();
  @TempDir private Path directory;
  private ProcessRuntime runtime;

  @BeforeEach
  void start() throws IOException {
    runtime = new ProcessRuntime(directory, clock, () -> "http://127.0.0.1:1/metadata");
  }

  @AfterEach
  void end() {
    runtime.close();
  }

  @Test
  void runsTwoTasksOfOneImageOnTheSamePortSideBySide() throws Exception {
    runtime.start(spec("one", "10.0.1.4", "0.0.0.0", "java"), listener());
    runtime.start(spec("two", "10.0.2.4", "0.0.0.0", "java"), listener());

    assertThat(get("10.0.1.4")).isEqualTo("one");
    assertThat(get("10.0.2.4")).isEqualTo("two");
    await().untilAsserted(() -> assertThat(events).contains("output listening as one"));
  }

  @Test
  void tellsWhatTheProcessesOfATaskUse() throws Exception {
    TaskRuntime.Handle task = runtime.start(spec("one", "10.0.1.4", "0.0.0.0", "java"), listener());
    get("10.0.1.4");

    await()
        .until(() -> {
          // What a program used is spread over the world time that has passed.
          clock.advance(Duration.ofMillis(100));
          return task.usage().values().stream().anyMatch(u -> u.processors() > 0);
        });
    assertThat(task.usage().values())
        .singleElement()
        .satisfies(u -> assertThat(u.memoryMiB().orElse(10)).isBetween(5.0, 500.0));
    task.kill(task.usage().keySet().iterator().next());
    await().until(() -> task.usage().isEmpty());
  }

  /** Reading a pipe holds a carrier: two tasks on two cores would stop every virtual thread. */
  @Test
  void readsOutputWithoutHoldingTheCarriersOfVirtualThreads() {
    runtime.start(spec("one", "10.0.1.4", "0.0.0.0", "java"), listener());

    await().until(() -> events.contains("output listening as one"));
    assertThat(readers).isNotEmpty().noneMatch(Thread::isVirtual);
  }

  @Test
  void aProgramThatListensOnLoopbackOnlyIsNotReachableAtItsTask() {
    runtime.start(spec("shy", "10.0.1.4", "127.0.0.1", "java"), listener());

    await().until(() -> events.contains("output listening as shy"));
    InetAddress address = runtime.addressOf("world", "10.0.1.4").orElseThrow();
    assertThat(refuses(address)).isTrue();
  }

  @Test
  void stopSendsSigtermAndReportsTheExitCode() throws Exception {
    TaskRuntime.Handle task = runtime.start(spec("one", "10.0.1.4", "0.0.0.0", "java"), listener());
    get("10.0.1.4");

    task.stop("app");

    await().until(() -> events.contains("exited 143"));
  }

  @Test
  void aMissingProgramIsAStartFailureThatNamesIt() {
    runtime.start(spec("one", "10.0.1.4", "0.0.0.0", "/bin/absent"), listener());

    await()
        .until(() ->
            events.contains(
                "start failed CannotStartContainerError: exec: \"/bin/absent\": executable"
                    + " file not found in $PATH"));
  }

  @Test
  void answersTheMetadataDocumentOfATaskThatRuns() {
    runtime.start(spec("one", "10.0.1.4", "0.0.0.0", "java"), listener());

    assertThat(runtime.metadataDocument("/world-one/app/task")).contains("app /task");
    assertThat(runtime.metadataDocument("/world-one/app")).contains("app ");
    assertThat(runtime.metadataDocument("/world-other/app")).isEmpty();
  }

  private TaskRuntime.Spec spec(String who, String ip, String bind, String program) {
    Images.Config config =
        new Images.Config(
            List.of(program, "/app/Server.java"), List.of(bind), Map.of(), "/", "", Map.of(), "");
    Images.Image image =
        new Images.Image(
            "app", "sha256:1", config, List.of(new Images.Layer("sha256:2", layer(), "")), 1);
    TaskRuntime.Container container =
        new TaskRuntime.Container(
            "app",
            image,
            List.of(),
            List.of(),
            Map.of("WHO", who),
            "",
            "",
            List.of(5000),
            512,
            Duration.ofSeconds(30));
    return new TaskRuntime.Spec(
        "arn:aws:ecs:eu-west-1:1:task/c/" + who,
        "world",
        ip,
        List.of(container),
        (name, path) -> Optional.of(name + " " + path));
  }

  private Path layer() {
    Path file = directory.resolve("layer.tar.gz");
    if (Files.exists(file)) {
      // A task may be unpacking it.
      return file;
    }
    try (OutputStream out = Files.newOutputStream(file);
        TarArchiveOutputStream tar = new TarArchiveOutputStream(new GZIPOutputStream(out))) {
      byte[] source = SERVER.getBytes(StandardCharsets.UTF_8);
      TarArchiveEntry entry = new TarArchiveEntry("app/Server.java");
      entry.setSize(source.length);
      tar.putArchiveEntry(entry);
      tar.write(source);
      tar.closeArchiveEntry();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    return file;
  }

  private String get(String privateIp) throws Exception {
    InetAddress address = runtime.addressOf("world", privateIp).orElseThrow();
    URI uri = URI.create("http://" + address.getHostAddress() + ":5000/");
    try (HttpClient client = HttpClient.newHttpClient()) {
      return await()
          .ignoreExceptions()
          .until(
              () ->
                  client
                      .send(
                          HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
                      .body(),
              body -> !body.isEmpty());
    }
  }

  private static boolean refuses(InetAddress address) {
    try (java.net.Socket socket = new java.net.Socket(address, 5000)) {
      return !socket.isConnected();
    } catch (IOException e) {
      return true;
    }
  }

  private TaskRuntime.Listener listener() {
    return new TaskRuntime.Listener() {
      @Override
      public void started(String container) {
        events.add("started");
      }

      @Override
      public void startFailed(String container, String message) {
        events.add("start failed " + message);
      }

      @Override
      public void output(String container, Instant at, String line) {
        readers.add(Thread.currentThread());
        events.add("output " + line);
      }

      @Override
      public void exited(String container, int exitCode, boolean outOfMemory) {
        events.add("exited " + exitCode);
      }
    };
  }
}
