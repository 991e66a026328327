package dev.slipway.twin.terraform.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.twin.terraform.engine.Waiter.Until;
import dev.slipway.twin.world.AwsError;
import dev.slipway.twin.world.TwinClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class WaiterTest {

  /** A clock whose events are due at once: every wait is over when it begins. */
  private static final class JumpingClock implements TwinClock {
    private Instant now = Instant.EPOCH;

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public Cancellable schedule(Duration delay, Runnable event) {
      now = now.plus(delay);
      event.run();
      return () -> {};
    }

    @Override
    public Hold hold() {
      return () -> {};
    }

    @Override
    public double scale() {
      return 1;
    }

    @Override
    public void setScale(double scale) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void advance(Duration by) {
      now = now.plus(by);
    }

    @Override
    public void close() {}
  }

  private final JumpingClock clock = new JumpingClock();
  private final CompletableFuture<Void> stop = new CompletableFuture<>();
  private final Waiter waiter = new Waiter(clock, stop);

  @Test
  void looksAgainAtTheIntervalUntilTheTarget() {
    List<Instant> looks = new ArrayList<>();

    waiter.until(
        until(Duration.ofSeconds(10), "pending", "available"),
        () -> {
          looks.add(clock.instant());
          return looks.size() < 3 ? "pending" : "available";
        });

    assertThat(looks).extracting(Instant::getEpochSecond).containsExactly(0L, 10L, 20L);
  }

  @Test
  void givesUpAtTheTimeoutInWorldTime() {
    assertThatThrownBy(
            () -> waiter.until(until(Duration.ofSeconds(10), "pending", "ready"), () -> "pending"))
        .hasMessage(
            "timeout while waiting for state to become 'ready' (last state: 'pending', timeout:"
                + " 1m30s)");
    assertThat(clock.instant()).isEqualTo(Instant.ofEpochSecond(90));
  }

  @Test
  void givesUpInAStateThatLeadsNowhere() {
    assertThatThrownBy(
            () -> waiter.until(until(Duration.ofSeconds(1), "pending", "ready"), () -> "failed"))
        .hasMessage("unexpected state 'failed', wanted target 'ready'");
  }

  @Test
  void triesAgainWithGrowingPausesWhatMayPass() {
    AtomicInteger calls = new AtomicInteger();

    String answer =
        waiter.retry(
            Duration.ofMinutes(5),
            e -> e.is("DependencyViolation"),
            () -> {
              if (calls.incrementAndGet() < 7) {
                throw refusal("DependencyViolation");
              }
              return "gone";
            });

    assertThat(answer).isEqualTo("gone");
    assertThat(clock.instant())
        .isEqualTo(Instant.EPOCH.plusMillis(500 + 1000 + 2000 + 4000 + 18000));
  }

  @Test
  void doesNotTryAgainWhatCannotPass() {
    assertThatThrownBy(() ->
            waiter.retry(
                Duration.ofMinutes(5),
                e -> e.is("DependencyViolation"),
                () -> {
                  throw refusal("AccessDenied");
                }))
        .isInstanceOf(CallFailed.class)
        .hasMessageContaining("operation error EC2: DeleteSubnet")
        .hasMessageContaining("api error AccessDenied: no");
  }

  @Test
  void endsItsWaitsWhenTerraformStopsTheProvider() {
    stop.complete(null);

    assertThatThrownBy(() -> waiter.pause(Duration.ofHours(1))).isInstanceOf(Waiter.Stopped.class);
  }

  @Test
  void readsDurationsAsGoWritesThem() {
    assertThat(GoDuration.parse("1h30m")).isEqualTo(Duration.ofMinutes(90));
    assertThat(GoDuration.parse("1.5s")).isEqualTo(Duration.ofMillis(1500));
    assertThat(GoDuration.format(Duration.ofMinutes(60))).isEqualTo("1h0m0s");
    assertThatThrownBy(() -> GoDuration.parse("10 minutes")).hasMessageContaining("10 minutes");
  }

  private static CallFailed refusal(String code) {
    return new CallFailed("EC2", "DeleteSubnet", AwsError.of(code, "no"));
  }

  private static Until until(Duration interval, String pending, String target) {
    return new Until(
        Duration.ZERO, interval, Duration.ofSeconds(90), List.of(pending), List.of(target));
  }
}
