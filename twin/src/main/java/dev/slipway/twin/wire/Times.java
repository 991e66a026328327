package dev.slipway.twin.wire;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;

/** Timestamps on the wire, which carry milliseconds. */
final class Times {

  private static final DateTimeFormatter ISO =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  /** Source: RFC 9110 5.6.7. */
  private static final DateTimeFormatter HTTP =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US)
          .withZone(ZoneOffset.UTC);

  private Times() {}

  /** As the header {@code Date} has it. */
  static String http(Instant instant) {
    return HTTP.format(instant);
  }

  /** Reads ISO 8601, RFC 822 or decimal seconds. */
  static Optional<Instant> parse(String text) {
    try {
      if (!text.isEmpty() && text.length() < 24 && text.matches("-?\\d+(\\.\\d+)?")) {
        return ofEpochSeconds(new BigDecimal(text));
      }
      DateTimeFormatter format =
          text.indexOf(',') > 0
              ? DateTimeFormatter.RFC_1123_DATE_TIME
              : DateTimeFormatter.ISO_OFFSET_DATE_TIME;
      return Optional.of(OffsetDateTime.parse(text, format).toInstant());
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /** The instant of seconds since 1970; empty when there is none so far off. */
  static Optional<Instant> ofEpochSeconds(BigDecimal seconds) {
    if (Math.abs((long) seconds.scale()) > 30
        || seconds.abs().compareTo(BigDecimal.valueOf(253_402_300_799L)) > 0) {
      return Optional.empty();
    }
    return Optional.of(Instant.ofEpochMilli(seconds.movePointRight(3).longValue()));
  }

  /** Seconds since 1970 with milliseconds where there are any. */
  static BigDecimal toEpochSeconds(Instant instant) {
    BigDecimal seconds = BigDecimal.valueOf(instant.toEpochMilli(), 3);
    return instant.toEpochMilli() % 1000 == 0 ? seconds.setScale(0) : seconds;
  }

  /** ISO 8601 with milliseconds. */
  static String toIso(Instant instant) {
    return ISO.format(instant.truncatedTo(ChronoUnit.MILLIS));
  }

  /** RFC 822 as HTTP has it. */
  static String toRfc822(Instant instant) {
    return DateTimeFormatter.RFC_1123_DATE_TIME.format(instant.atOffset(ZoneOffset.UTC));
  }
}
