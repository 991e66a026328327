package dev.slipway.validation.observe;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

class AwsTimeTest {

  private static final Instant LOCAL = Instant.parse("2026-03-01T12:00:00Z");

  private final AwsTime time = new AwsTime(InstantSource.fixed(LOCAL));

  @Test
  void isThisMachinesTimeBeforeTheFirstAnswer() {
    assertThat(time.instant()).isEqualTo(LOCAL);
    assertThat(time.ahead()).isZero();
  }

  @Test
  void isTheTimeOfTheNewestAnswer() {
    time.hear("Sun, 01 Mar 2026 13:00:00 GMT");
    time.hear("Sun, 01 Mar 2026 12:17:30 GMT");
    assertThat(time.ahead()).isEqualTo(Duration.ofMinutes(17).plusSeconds(30));
    assertThat(time.instant()).isEqualTo(Instant.parse("2026-03-01T12:17:30Z"));
  }

  @Test
  void doesNotHearWhatIsNoDate() {
    time.hear("Sun, 01 Mar 2026 11:00:00 GMT");
    time.hear("yesterday");
    assertThat(time.ahead()).isEqualTo(Duration.ofHours(-1));
  }
}
