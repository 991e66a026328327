package dev.slipway.twin.runtime.simulated;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipway.twin.ecr.Images;
import dev.slipway.twin.runtime.TaskRuntime;
import dev.slipway.twin.world.ScaledClock;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Many tasks at once, as for a thousand services. */
class ManyTasksTest {

  private static final int TASKS = Integer.getInteger("slipway.tasks", 400);
  private static final int PORT = 5000;

  private final AtomicInteger started = new AtomicInteger();

  @Test
  void listenSideBySideWithoutThreadsOfTheirOwn() throws Exception {
    int threads = Thread.activeCount();
    try (ScaledClock clock = new ScaledClock(InstantSource.system(), System::nanoTime, 60);
        SimulatedRuntime runtime = new SimulatedRuntime(clock)) {
      for (int i = 0; i < TASKS; i++) {
        runtime.start(spec(i), new Counter());
      }
      await().atMost(Duration.ofMinutes(1)).until(() -> started.get() == TASKS);

      Set<String> addresses = new HashSet<>();
      for (int i = 0; i < TASKS; i++) {
        InetSocketAddress address =
            new InetSocketAddress(runtime.addressOf("world", "10.0.0." + i).orElseThrow(), PORT);
        addresses.add(address.toString());
        try (Socket socket = new Socket()) {
          socket.connect(address, 1000);
          assertThat(socket.isConnected()).isTrue();
        }
      }
      assertThat(addresses).hasSize(TASKS);
      assertThat(Thread.activeCount()).isLessThan(threads + 10);
    }
  }

  private static TaskRuntime.Spec spec(int number) {
    Images.Config config =
        new Images.Config(List.of("serve"), List.of(), Map.of(), "", "", Map.of(), "");
    return new TaskRuntime.Spec(
        "arn:aws:ecs:eu-west-1:1:task/c/" + number,
        "world",
        "10.0.0." + number,
        List.of(
            new TaskRuntime.Container(
                "app",
                new Images.Image("app", "sha256:1", config, List.of(), 1),
                List.of(),
                List.of(),
                Map.of(),
                "",
                "",
                List.of(PORT),
                512,
                Duration.ofSeconds(30))),
        (container, path) -> Optional.empty());
  }

  private final class Counter implements TaskRuntime.Listener {
    @Override
    public void started(String container) {
      started.incrementAndGet();
    }

    @Override
    public void startFailed(String container, String message) {
      throw new AssertionError(message);
    }

    @Override
    public void output(String container, Instant at, String line) {}

    @Override
    public void exited(String container, int exitCode, boolean outOfMemory) {}
  }
}
