package dev.slipway.twin.balancer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.twin.world.ScaledClock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class TurnsTest {

  private final AtomicLong nanos = new AtomicLong();
  private final List<String> begun = new ArrayList<>();

  @Test
  void lateChecksWaitForTheirTurnInOrderAndHoldTimeMeanwhile() {
    try (ScaledClock clock = new ScaledClock(InstantSource.fixed(Instant.EPOCH), nanos::get, 60)) {
      Turns turns = new Turns(2);
      List.of("a", "b", "c", "d").forEach(name -> turns.begin(clock, () -> begun.add(name)));
      assertThat(begun).containsExactly("a", "b");
      assertThat(worldSecondsIn(clock)).isEqualTo(1);

      turns.end();
      assertThat(begun).containsExactly("a", "b", "c");
      assertThat(worldSecondsIn(clock)).isEqualTo(1);

      turns.end();
      assertThat(begun).containsExactly("a", "b", "c", "d");
      assertThat(worldSecondsIn(clock)).isEqualTo(60);

      turns.end();
      turns.end();
      turns.begin(clock, () -> begun.add("e"));
      assertThat(begun).endsWith("e");
    }
  }

  /** World seconds that pass in a real second. */
  private long worldSecondsIn(ScaledClock clock) {
    Instant before = clock.instant();
    nanos.addAndGet(1_000_000_000);
    return Duration.between(before, clock.instant()).toSeconds();
  }
}
