package dev.slipway.twin.runtime.simulated;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import dev.slipway.twin.runtime.TaskRuntime;
import dev.slipway.twin.world.ManualClock;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What only world time shows. */
class SimulatedRuntimeTest {

  private final ManualClock clock = new ManualClock(Instant.parse("2026-11-23T10:00:00Z"));
  private Runs runs;

  @BeforeEach
  void open() throws IOException {
    runs = new Runs(new SimulatedRuntime(clock));
  }

  @AfterEach
  void close() {
    runs.close();
  }

  private void awaitEvent(String event) {
    await()
        .until(() -> {
          clock.advance(Duration.ZERO);
          return runs.events.contains(event);
        });
  }

  @Test
  void listensWhenItsStartIsOver() {
    runs.start("{\"listenAfter\": 30, \"log\": [\"starting\"]}");
    awaitEvent("output starting");

    clock.advance(Duration.ofSeconds(29));
    assertThat(runs.get(5000, "/")).isEqualTo("refused");
    clock.advance(Duration.ofSeconds(1));
    assertThat(runs.firstAnswer(5000, "/")).isEqualTo("200 ok");
  }

  @Test
  void answersOtherwiseForATime() {
    runs.start("{\"answers\": [{\"from\": 10, \"until\": 20, \"status\": 503}]}");
    assertThat(runs.firstAnswer(5000, "/")).isEqualTo("200 ok");

    clock.advance(Duration.ofSeconds(10));
    assertThat(runs.get(5000, "/")).isEqualTo("503 ");
    clock.advance(Duration.ofSeconds(10));
    assertThat(runs.get(5000, "/")).isEqualTo("200 ok");
  }

  @Test
  void closesConnectionsThatAreIdleForLongerThanItKeepsThem() throws Exception {
    runs.start("{\"keepAlive\": 5}");
    runs.firstAnswer(5000, "/");

    try (Socket socket = new Socket(runs.address(), 5000)) {
      socket.setSoTimeout(10_000);
      socket
          .getOutputStream()
          .write("GET / HTTP/1.1\r\nHost: app\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      BufferedReader in =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
      assertThat(in.readLine()).isEqualTo("HTTP/1.1 200 OK");
      CompletableFuture<List<String>> rest =
          CompletableFuture.supplyAsync(() -> in.lines().toList());
      assertThat(rest).isNotDone();
      // The connection's idle time begins when the answer is written.
      await()
          .until(() -> {
            clock.advance(Duration.ofSeconds(1));
            return rest.isDone();
          });
      assertThat(rest.join()).last().isEqualTo("ok");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "exit 0, 0",
    "exit 3, 3",
    "curl -f http://localhost:5000/ || exit 1, 0",
    "curl -f http://localhost:5000/broken || exit 1, 1",
    "curl -f http://localhost:5001/ || exit 1, 1",
    "curl -f http://localhost:5000/stuck || exit 1, 137",
    "/bin/absent, 127"
  })
  void healthCheckCommandsAskTheTaskItself(String command, int code) {
    TaskRuntime.Handle task =
        runs.start(
            "{\"answers\": [{\"path\": \"/broken\", \"status\": 500},"
                + " {\"path\": \"/stuck\", \"hang\": true}]}",
            Map.of());
    runs.firstAnswer(5000, "/");
    AtomicInteger exit = new AtomicInteger(-1);

    task.exec("app", List.of("CMD-SHELL", command), Duration.ofSeconds(5), exit::set);

    await()
        .until(() -> {
          clock.advance(Duration.ofSeconds(1));
          return exit.get() >= 0;
        });
    assertThat(exit.get()).isEqualTo(code);
  }

  @Test
  void aBehaviourThatIsNoneIsSaidAndEndsTheProgram() {
    runs.start("{\"answer\": 1}");

    awaitEvent("exited 1");
    assertThat(runs.events)
        .anyMatch(e -> e.startsWith("output SLIPWAY_BEHAVIOUR: ") && e.contains("answer"));
  }

  @Test
  void usesWhatItsScriptSaysAndWhatItsRequestsCost() {
    TaskRuntime.Handle task =
        runs.start("{\"processors\": 0.2, \"work\": 0.5, \"memory\": 40, \"leak\": 1}");
    runs.firstAnswer(5000, "/");
    clock.advance(Duration.ofSeconds(10));
    TaskRuntime.Usage first = task.usage().get("app");
    assertThat(first.processors()).as("one request in ten seconds").isCloseTo(0.25, within(1e-6));
    assertThat(first.memoryMiB().orElseThrow()).isCloseTo(50, within(0.1));

    assertThat(task.usage().get("app")).as("asked at once").isEqualTo(first);
    runs.get(5000, "/");
    runs.get(5000, "/");
    clock.advance(Duration.ofSeconds(10));
    assertThat(task.usage().get("app").processors()).isCloseTo(0.3, within(1e-6));

    clock.advance(Duration.ofSeconds(10));
    assertThat(task.usage().get("app").processors()).isCloseTo(0.2, within(1e-6));
  }

  @Test
  void whatHasEndedUsesNothing() {
    TaskRuntime.Handle task =
        runs.start("{\"processors\": 1, \"exit\": {\"after\": 5, \"code\": 0}}");
    runs.firstAnswer(5000, "/");
    clock.advance(Duration.ofSeconds(5));
    awaitEvent("exited 0");

    assertThat(task.usage()).isEmpty();
  }
}
