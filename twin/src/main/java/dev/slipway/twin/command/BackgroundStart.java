package dev.slipway.twin.command;

import dev.slipway.twin.TwinOptions;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Starts a twin in the background and waits until it answers; one that runs already is kept.
 *
 * @param options what the twin is started with
 * @param maxHeap its largest heap, as the JVM takes it
 */
record BackgroundStart(ServeOptions options, String maxHeap) {

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int POLL_MILLIS = 5;

  /**
   * Starts it; the exit code.
   *
   * @throws TwinProblem when it cannot start
   */
  int run() throws IOException, InterruptedException {
    TwinOptions asked = options.twin();
    RunDirectory directory = options.directory();
    Optional<ProcessHandle> earlier = directory.process();
    if (earlier.isPresent() && directory.answers()) {
      System.err.printf(
          "the twin runs already: process %d, http://127.0.0.1:%d%n",
          earlier.get().pid(), directory.port().getAsInt());
      return 0;
    }
    earlier.filter(twin -> directory.port().isPresent()).ifPresent(ProcessHandle::destroyForcibly);
    requireFree(options.port());
    directory.clear();
    Process twin = launch(directory, asked);
    awaitReady(directory, twin);
    System.err.printf(
        "twin: http://127.0.0.1:%d  process %d, time runs at %s times real time%n",
        directory.port().getAsInt(), twin.pid(), options.scaleText());
    return 0;
  }

  private static void requireFree(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    } catch (IOException e) {
      throw new TwinProblem(
          "the twin cannot listen on 127.0.0.1:" + port,
          "the port is in use by another program; it must be free",
          "another twin, LocalStack or a proxy runs on this machine",
          List.of(
              "end that program, then repeat the command",
              "SLIPWAY_TWIN_PORT=4600 make up        to use another port"));
    }
  }

  private Process launch(RunDirectory directory, TwinOptions asked) throws IOException {
    List<String> command = new ArrayList<>();
    // An interrupt from the terminal is for the command in front, not for the twin and its tasks.
    command.addAll(List.of("/bin/sh", "-c", "trap '' INT HUP; exec \"$@\"", "twin"));
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-XX:+UnlockDiagnosticVMOptions",
            // The cache's pages are shared with the file unless they are moved.
            "-XX:ArchiveRelocationMode=0",
            "-XX:+UseSerialGC",
            "-Xms12m",
            "-Xmx" + maxHeap,
            "-XX:MinHeapFreeRatio=10",
            "-XX:MaxHeapFreeRatio=30",
            "-Xss512k",
            "-XX:TrimNativeHeapInterval=5000",
            "--sun-misc-unsafe-memory-access=allow",
            "-Djava.net.preferIPv4Stack=true",
            "-Dvertx.disableDnsResolver=true",
            // Without it Netty starts the flight recorder: a third of the start.
            "-Dio.netty.jfr.enabled=false",
            // Few methods are called by reflection, and a start calls most of them but once.
            "-Djdk.reflect.useNativeAccessorOnly=true",
            "-Xlog:disable",
            "-Dslipway.home=" + System.getProperty("slipway.home", "")));
    command.addAll(Program.copiedTo(directory.path().resolve("program")));
    command.add(TwinProcess.class.getName());
    command.addAll(TwinProcess.arguments(asked));
    File log = directory.log().toFile();
    Process twin =
        new ProcessBuilder(command)
            .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log))
            .redirectError(ProcessBuilder.Redirect.appendTo(log))
            .start();
    directory.write("twin.pid", Long.toString(twin.pid()));
    return twin;
  }

  private static void awaitReady(RunDirectory directory, Process twin)
      throws IOException, InterruptedException {
    Instant deadline = Instant.now().plus(PATIENCE);
    while (directory.port().isEmpty()) {
      if (twin.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS) || Instant.now().isAfter(deadline)) {
        twin.destroyForcibly();
        throw new TwinProblem(
            "the twin did not start",
            lastLine(directory.log()),
            "see the whole of " + directory.log(),
            List.of("make doctor", "make down up"));
      }
    }
  }

  private static String lastLine(Path log) throws IOException {
    List<String> lines = Files.exists(log) ? Files.readAllLines(log) : List.of();
    return lines.isEmpty() ? "it wrote nothing" : "its log ends with: " + lines.getLast();
  }
}
