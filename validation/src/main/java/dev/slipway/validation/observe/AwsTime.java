package dev.slipway.validation.observe;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.atomic.AtomicReference;

/**
 * AWS's time, learnt from the {@code Date} of its answers. This machine's clock may be off by
 * minutes, and what AWS says of a moment is said by AWS's clock.
 */
public final class AwsTime implements InstantSource {

  private final InstantSource local;
  private final AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ZERO);

  AwsTime(InstantSource local) {
    this.local = local;
  }

  /** AWS's time; this machine's before the first answer. To the second. */
  @Override
  public Instant instant() {
    return local.instant().plus(ahead.get());
  }

  /** How far AWS's clock is ahead of this machine's; negative when it is behind. */
  public Duration ahead() {
    return ahead.get();
  }

  /** Hears an answer's {@code Date}; what is none is not heard. */
  void hear(String date) {
    try {
      Instant said = ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      ahead.set(Duration.between(local.instant(), said));
    } catch (DateTimeException e) {
      // A proxy's invention is worth less than the last answer's.
    }
  }
}
