package dev.slipway.twin.runtime.simulated;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.twin.balancer.Balancer;
import dev.slipway.twin.balancer.Lanes;
import dev.slipway.twin.elbv2.DataPlane.Probe;
import dev.slipway.twin.elbv2.DataPlane.ProbeResult;
import dev.slipway.twin.world.ScaledClock;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Health checks of programs that let them wait on purpose, while world time runs fast. */
class WaitingTest {

  private static final Duration TIMEOUT = Duration.ofSeconds(60);

  private final Vertx vertx = Vertx.vertx();
  private final Lanes lanes = Lanes.open(vertx, 1);
  private final ScaledClock clock = new ScaledClock(InstantSource.system(), System::nanoTime, 100);
  private Runs runs;
  private Balancer balancer;

  @BeforeEach
  void open() throws Exception {
    SimulatedRuntime runtime = new SimulatedRuntime(clock);
    runs = new Runs(runtime);
    balancer =
        new Balancer(lanes, clock, ip -> runtime.addressOf("world", ip), runtime::waitsSince);
  }

  @AfterEach
  void close() {
    balancer.close();
    runs.close();
    lanes.close();
    clock.close();
    vertx.close().await();
  }

  @Test
  void aCheckThatIsNeverAnsweredTimesOutInWorldTime() throws Exception {
    runs.start("{\"answers\": [{\"path\": \"/health\", \"hang\": true}]}");
    assertThat(runs.firstAnswer(5000, "/")).isEqualTo("200 ok");
    Instant began = clock.instant();

    ProbeResult result = probe();

    assertThat(result).isInstanceOf(ProbeResult.TimedOut.class);
    // A minute at scale 100: in real time it would not have come.
    assertThat(Duration.between(began, clock.instant())).isGreaterThanOrEqualTo(TIMEOUT);
  }

  @Test
  void aCheckThatIsAnsweredInTimeIsNotTimedOut() throws Exception {
    runs.start("{\"answers\": [{\"path\": \"/health\", \"delay\": 30, \"status\": 204}]}");
    assertThat(runs.firstAnswer(5000, "/")).isEqualTo("200 ok");

    // A second between the answer and the timeout, for a machine that is slow.
    clock.setScale(30);

    assertThat(probe()).isEqualTo(new ProbeResult.Answered(204));
  }

  @Test
  void aCheckWhoseTimeoutPassesBeforeTheProgramGetsToItTimesOutInWorldTimeToo() throws Exception {
    runs.start("{\"answers\": [{\"path\": \"/health\", \"hang\": true}]}");
    assertThat(runs.firstAnswer(5000, "/")).isEqualTo("200 ok");
    clock.setScale(1_000_000);

    assertThat(probe()).isInstanceOf(ProbeResult.TimedOut.class);
  }

  private ProbeResult probe() throws Exception {
    CompletableFuture<ProbeResult> result = new CompletableFuture<>();
    balancer.probe(new Probe(Runs.IP, 5000, "/health", false, TIMEOUT), result::complete);
    return result.get(20, TimeUnit.SECONDS);
  }
}
