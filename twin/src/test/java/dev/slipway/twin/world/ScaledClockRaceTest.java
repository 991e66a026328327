package dev.slipway.twin.world;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ScaledClockRaceTest {

  @Test
  void goesOnWhenAnEventFallsDueWhileItIsLookedAt() {
    AtomicLong step = new AtomicLong();
    AtomicLong nanos = new AtomicLong();
    AtomicInteger ran = new AtomicInteger();
    try (ScaledClock clock =
        new ScaledClock(
            InstantSource.fixed(Instant.EPOCH), () -> nanos.addAndGet(step.get()), 1000)) {
      for (int i = 1; i <= 200; i++) {
        clock.schedule(Duration.ofSeconds(4L * i), ran::incrementAndGet);
      }
      // From now on every look at the time moves it on, as on a busy machine.
      step.set(2_900_001);
      clock.setScale(1000);

      await().atMost(Duration.ofMinutes(1)).until(() -> ran.get() == 200);
    }
  }
}
