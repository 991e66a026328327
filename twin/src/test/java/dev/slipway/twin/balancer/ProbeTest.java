package dev.slipway.twin.balancer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.twin.elbv2.DataPlane.Probe;
import dev.slipway.twin.elbv2.DataPlane.ProbeResult;
import dev.slipway.twin.world.ScaledClock;
import dev.slipway.twin.world.TwinClock;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Health checks of real servers while world time runs at sixty times real time. */
class ProbeTest {

  private static final int PORT = 5000;

  private final Vertx vertx = Vertx.vertx();
  private final Lanes lanes = Lanes.open(vertx, 1);
  private final Backends backends = new Backends();
  private final TwinClock clock = new ScaledClock(InstantSource.system(), System::nanoTime, 60);
  private final Balancer balancer = new Balancer(lanes, clock, backends::addressOf);

  @AfterEach
  void close() {
    balancer.close();
    backends.close();
    lanes.close();
    vertx.close();
    clock.close();
  }

  private ProbeResult probe(String ip) throws Exception {
    CompletableFuture<ProbeResult> result = new CompletableFuture<>();
    balancer.probe(new Probe(ip, PORT, "/", false, Duration.ofSeconds(2)), result::complete);
    return result.get(20, TimeUnit.SECONDS);
  }

  @Test
  void aHangTakesAboutItsConfiguredSecondsOfWorldTime() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    backends.serve(
        "10.0.0.1",
        PORT,
        head -> {
          never.await();
          return null;
        });
    Instant before = clock.instant();

    assertThat(probe("10.0.0.1")).isEqualTo(new ProbeResult.TimedOut());

    Duration worldTime = Duration.between(before, clock.instant());
    assertThat(worldTime).isBetween(Duration.ofSeconds(2), Duration.ofSeconds(60));
    never.countDown();
  }

  @Test
  void tellsHowTheTargetTookIt() throws Exception {
    backends.serve("10.0.0.2", PORT, head -> "HTTP/1.1 301 Moved\r\nContent-Length: 0\r\n\r\n");
    backends.serve("10.0.0.3", PORT, head -> "not http\r\n\r\n");
    backends.serve("10.0.0.4", PORT, head -> null);
    hostWithoutServer("10.0.0.5");

    assertThat(probe("10.0.0.2")).isEqualTo(new ProbeResult.Answered(301));
    assertThat(probe("10.0.0.3")).isEqualTo(new ProbeResult.Failed());
    assertThat(probe("10.0.0.4")).isEqualTo(new ProbeResult.Failed());
    assertThat(probe("10.0.0.5")).isEqualTo(new ProbeResult.Failed());
    assertThat(probe("10.0.0.6")).isEqualTo(new ProbeResult.NoSuchHost());
  }

  private void hostWithoutServer(String ip) throws IOException {
    assertThat(backends.host(ip).isLoopbackAddress()).isTrue();
  }
}
