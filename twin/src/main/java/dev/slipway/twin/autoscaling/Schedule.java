package dev.slipway.twin.autoscaling;

import dev.slipway.twin.world.AwsError;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * When a scheduled action is due: once, at a rate, or by a calendar. Source: Application Auto
 * Scaling user guide, "Schedule recurring scaling actions using cron expressions".
 */
sealed interface Schedule {

  /** How every expression begins and ends. */
  Pattern SHAPE = Pattern.compile("(at|rate|cron)\\((.+)\\)");

  /** The first time after an instant at which the action is due. */
  Optional<Instant> after(Instant instant);

  /** Once. */
  record At(Instant time) implements Schedule {
    @Override
    public Optional<Instant> after(Instant instant) {
      return Optional.of(time).filter(due -> due.isAfter(instant));
    }
  }

  /** Again and again, counted from a start. */
  record Rate(Instant start, Duration every) implements Schedule {
    @Override
    public Optional<Instant> after(Instant instant) {
      if (instant.isBefore(start)) {
        return Optional.of(start);
      }
      long passed = Duration.between(start, instant).dividedBy(every);
      return Optional.of(start.plus(every.multipliedBy(passed + 1)));
    }
  }

  /** By minutes, hours, days of month, months, days of week and years. */
  record Cron(List<CronField> fields, ZoneId zone) implements Schedule {

    private static final int YEARS = 5;

    @Override
    public Optional<Instant> after(Instant instant) {
      ZonedDateTime time = instant.atZone(zone).truncatedTo(ChronoUnit.MINUTES).plusMinutes(1);
      ZonedDateTime end = time.plusYears(YEARS);
      while (time.isBefore(end)) {
        if (!isDay(time)) {
          time = time.truncatedTo(ChronoUnit.DAYS).plusDays(1);
        } else if (!fields.get(1).holds(time.getHour())) {
          time = time.truncatedTo(ChronoUnit.HOURS).plusHours(1);
        } else if (!fields.get(0).holds(time.getMinute())) {
          time = time.plusMinutes(1);
        } else {
          return Optional.of(time.toInstant());
        }
      }
      return Optional.empty();
    }

    private boolean isDay(ZonedDateTime time) {
      // Sunday is the first day of a week here.
      int weekday = time.getDayOfWeek().getValue() % 7 + 1;
      return fields.get(2).holds(time.getDayOfMonth())
          && fields.get(3).holds(time.getMonthValue())
          && fields.get(4).holds(weekday)
          && fields.get(5).holds(time.getYear());
    }
  }

  /**
   * Reads a schedule's expression.
   *
   * @param start what rates are counted from
   */
  static Schedule parse(String expression, ZoneId zone, Instant start) {
    Matcher matcher = SHAPE.matcher(expression == null ? "" : expression);
    if (!matcher.matches()) {
      throw invalid(expression);
    }
    String inner = matcher.group(2).strip();
    try {
      return switch (matcher.group(1)) {
        case "at" -> new At(LocalDateTime.parse(inner).atZone(zone).toInstant());
        case "rate" -> new Rate(start, rate(inner));
        default -> cron(inner, zone);
      };
    } catch (DateTimeException | IllegalArgumentException e) {
      throw invalid(expression);
    }
  }

  private static Duration rate(String text) {
    String[] parts = text.split("\\s+", -1);
    long value = Long.parseLong(parts[0]);
    if (parts.length != 2 || value < 1) {
      throw new IllegalArgumentException(text);
    }
    return switch (parts[1]) {
      case "minute", "minutes" -> Duration.ofMinutes(value);
      case "hour", "hours" -> Duration.ofHours(value);
      case "day", "days" -> Duration.ofDays(value);
      default -> throw new IllegalArgumentException(text);
    };
  }

  private static Schedule cron(String text, ZoneId zone) {
    String[] parts = text.split("\\s+", -1);
    if (parts.length != 6) {
      throw new IllegalArgumentException(text);
    }
    return new Cron(
        List.of(
            CronField.parse(parts[0], 0, 59),
            CronField.parse(parts[1], 0, 23),
            CronField.parse(parts[2], 1, 31),
            CronField.parse(parts[3], 1, 12),
            CronField.parse(parts[4], 1, 7),
            CronField.parse(parts[5], 1970, 2199)),
        zone);
  }

  private static AwsError invalid(String expression) {
    return AwsError.of(
        "ValidationException",
        "Invalid schedule expression. Details: Schedule expression must have the following syntax:"
            + " rate(<number>\\s?(minutes?|hours?|days?)), cron(<cron_expression>) or"
            + " at(yyyy-MM-dd'T'HH:mm:ss). It is: "
            + expression);
  }
}
