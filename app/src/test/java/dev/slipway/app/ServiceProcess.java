package dev.slipway.app;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The packaged service as a process of its own, on free ports. */
record ServiceProcess(Process process, Path log, URI service, URI management)
    implements AutoCloseable {

  static ServiceProcess start(URI metadata, Duration drain) throws IOException {
    int port = freePort();
    int managementPort = freePort();
    Path log = Files.createTempFile("slipway-app", ".log");
    var builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
            "-jar",
            System.getProperty("slipway.app.jar"));
    var environment = builder.environment();
    environment.put("QUARKUS_HTTP_HOST", "127.0.0.1");
    environment.put("QUARKUS_HTTP_PORT", String.valueOf(port));
    environment.put("QUARKUS_MANAGEMENT_PORT", String.valueOf(managementPort));
    environment.put("ECS_CONTAINER_METADATA_URI_V4", metadata.toString());
    environment.put("SLIPWAY_DRAIN_DELAY", drain.toString());
    return new ServiceProcess(
        builder.redirectErrorStream(true).redirectOutput(log.toFile()).start(),
        log,
        URI.create("http://127.0.0.1:" + port),
        URI.create("http://127.0.0.1:" + managementPort));
  }

  /** Sends SIGTERM. */
  void terminate() {
    process.destroy();
  }

  int awaitExit(Duration limit) throws InterruptedException {
    if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new AssertionError("still running " + limit + " after SIGTERM; its log is " + log);
    }
    return process.exitValue();
  }

  List<String> output() throws IOException {
    return Files.readAllLines(log);
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
