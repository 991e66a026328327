package dev.slipway.twin.runtime.simulated;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.twin.runtime.TaskRuntime;
import dev.slipway.twin.runtime.process.ProcessRuntime;
import dev.slipway.twin.world.ScaledClock;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The same image does the same as a process and as a server in this JVM. */
class RuntimeAgreementTest {

  enum Kind {
    PROCESS,
    SIMULATED
  }

  private final ScaledClock clock = new ScaledClock(InstantSource.system(), System::nanoTime, 1);
  @TempDir private Path directory;
  private Runs runs;

  private Runs open(Kind kind) throws IOException {
    TaskRuntime runtime =
        kind == Kind.PROCESS
            ? new ProcessRuntime(directory, clock, () -> "http://127.0.0.1:1/metadata")
            : new SimulatedRuntime(clock);
    runs = new Runs(runtime, layer());
    return runs;
  }

  @AfterEach
  void end() {
    runs.close();
    clock.close();
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void answersEachPathAsItIsToldAndEndsAtSigterm(Kind kind) throws Exception {
    Runs app = open(kind);
    TaskRuntime.Handle task =
        app.start(
            """
            {"log": ["build ${WHO}"],
             "answers": [
               {"path": "/health", "status": 503},
               {"path": "/old", "status": 301, "headers": {"Location": "/new/${WHO}"}},
               {"path": "/api/*", "hostIsAddress": true, "status": 400, "body": "no such host"},
               {"path": "/cut", "reset": true},
               {"path": "/stuck", "hang": true},
               {"body": "I am ${WHO}"}]}
            """);

    assertThat(app.firstAnswer(5000, "/")).isEqualTo("200 I am me");
    assertThat(app.get(5000, "/health")).isEqualTo("503 ");
    assertThat(app.get(5000, "/old")).isEqualTo("301  to /new/me");
    assertThat(app.get(5000, "/api/x")).isEqualTo("400 no such host");
    assertThat(app.get(5000, "/cut")).isEqualTo("broken off");
    assertThat(app.get(5000, "/stuck", Duration.ofSeconds(1))).isEqualTo("no answer");
    task.stop("app");
    app.awaitEvent("exited 143");
    assertThat(app.events).containsExactly("started", "output build me", "exited 143");
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void listensWhereItsEnvironmentSaysOrOnLoopbackOnly(Kind kind) throws Exception {
    Runs app = open(kind);
    TaskRuntime.Handle moved = app.start("{\"portFrom\": \"PORT\"}", Map.of("PORT", "5001"));
    assertThat(app.firstAnswer(5001, "/")).isEqualTo("200 ok");
    assertThat(app.get(5000, "/")).isEqualTo("refused");
    moved.release();

    app.start("{\"bind\": \"loopback\", \"log\": [\"up\"]}");
    app.awaitEvent("output up");
    assertThat(app.get(5000, "/")).isEqualTo("refused");
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void exitsByItselfOrForWantOfAVariable(Kind kind) throws Exception {
    Runs app = open(kind);
    app.start("{\"exit\": {\"after\": 0.3, \"code\": 7}}");
    app.awaitEvent("exited 7");
    app.start("{\"requires\": [\"DB_URL\"]}");
    app.awaitEvent("exited 1");

    assertThat(app.events)
        .containsExactly(
            "started",
            "exited 7",
            "started",
            "output missing environment variables: DB_URL",
            "exited 1");
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void isKilledWhenItIgnoresSigterm(Kind kind) throws Exception {
    Runs app = open(kind);
    TaskRuntime.Handle task = app.start("{\"stop\": {\"ignore\": true}}");
    app.firstAnswer(5000, "/");

    task.stop("app");

    app.awaitEvent("exited 137");
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void finishesItsRequestsBeforeItEnds(Kind kind) throws Exception {
    Runs app = open(kind);
    TaskRuntime.Handle task =
        app.start(
            """
            {"answers": [{"path": "/slow", "delay": 2, "body": "done"}],
             "stop": {"drain": true, "code": 0}}
            """);
    app.firstAnswer(5000, "/");

    List<String> answers = new java.util.concurrent.CopyOnWriteArrayList<>();
    Thread client = Thread.ofVirtual().start(() -> answers.add(app.get(5000, "/slow")));
    // Nothing tells that the request has arrived; on a busy machine that takes its time.
    org.awaitility.Awaitility.await().pollDelay(Duration.ofSeconds(1)).until(() -> true);
    task.stop("app");

    client.join();
    app.awaitEvent("exited 0");
    assertThat(answers).containsExactly("200 done");
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void isStartedAgainOnceItHasEnded(Kind kind) throws Exception {
    Runs app = open(kind);
    TaskRuntime.Handle task = app.start("{\"answers\": [{\"body\": \"up\"}]}");
    app.firstAnswer(5000, "/");
    task.start("app");
    task.kill("app");
    app.awaitEvent("exited 137");

    task.start("app");
    assertThat(app.firstAnswer(5000, "/")).isEqualTo("200 up");
    assertThat(app.events).containsExactly("started", "exited 137", "started");
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void isKilledForItsMemory(Kind kind) throws Exception {
    Runs app = open(kind);
    app.start("{\"leak\": 400}");

    app.awaitEvent("exited 137 out of memory");
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void cannotBeStartedWithAProgramThatItsImageLacks(Kind kind) throws Exception {
    Runs app = open(kind);
    app.start("{}", Map.of(), List.of("/bin/absent"));

    app.awaitEvent(
        "start failed CannotStartContainerError: exec: \"/bin/absent\": executable file not found"
            + " in $PATH");
  }

  private Path layer() throws IOException {
    Path file = directory.resolve("layer.tar.gz");
    try (OutputStream out = Files.newOutputStream(file);
        TarArchiveOutputStream tar = new TarArchiveOutputStream(new GZIPOutputStream(out))) {
      for (Class<?> each : List.of(BehavingProgram.class, MiniJson.class)) {
        String name = each.getName().replace('.', '/') + ".class";
        byte[] code = each.getClassLoader().getResourceAsStream(name).readAllBytes();
        TarArchiveEntry entry = new TarArchiveEntry("app/" + name);
        entry.setSize(code.length);
        tar.putArchiveEntry(entry);
        tar.write(code);
        tar.closeArchiveEntry();
      }
    }
    return file;
  }
}
