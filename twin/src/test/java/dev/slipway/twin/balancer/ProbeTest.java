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

  /** Real time, of which a busy machine may need much to answer at all. */
  private static final Duration PATIENT = Duration.ofSeconds(30);

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

  private ProbeResult probe(String ip, Duration timeout) throws Exception {
    CompletableFuture<ProbeResult> result = new CompletableFuture<>();
    balancer.probe(new Probe(ip, PORT, "/", false, timeout), result::complete);
    return result.get(60, TimeUnit.SECONDS);
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

    Duration timeout = Duration.ofSeconds(2);
    assertThat(probe("10.0.0.1", timeout)).isEqualTo(new ProbeResult.TimedOut());

    // A clock that nothing held would be two minutes on; how soon it is held is the machine's
    // doing.
    assertThat(Duration.between(before, clock.instant()))
        .isBetween(timeout, Duration.ofSeconds(110));
    never.countDown();
  }

  @Test
  void tellsHowTheTargetTookIt() throws Exception {
    backends.serve("10.0.0.2", PORT, head -> "HTTP/1.1 301 Moved\r\nContent-Length: 0\r\n\r\n");
    backends.serve("10.0.0.3", PORT, head -> "not http\r\n\r\n");
    backends.serve("10.0.0.4", PORT, head -> null);
    hostWithoutServer("10.0.0.5");

    assertThat(probe("10.0.0.2", PATIENT)).isEqualTo(new ProbeResult.Answered(301));
    assertThat(probe("10.0.0.3", PATIENT)).isEqualTo(new ProbeResult.Failed());
    assertThat(probe("10.0.0.4", PATIENT)).isEqualTo(new ProbeResult.Failed());
    assertThat(probe("10.0.0.5", PATIENT)).isEqualTo(new ProbeResult.Failed());
    assertThat(probe("10.0.0.6", PATIENT)).isEqualTo(new ProbeResult.NoSuchHost());
  }

  private void hostWithoutServer(String ip) throws IOException {
    assertThat(backends.host(ip).isLoopbackAddress()).isTrue();
  }
}
