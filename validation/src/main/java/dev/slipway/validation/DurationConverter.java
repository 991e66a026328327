package dev.slipway.validation;

import dev.slipway.validation.settings.Durations;
import java.time.Duration;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads {@code 90s}, {@code 10m}, {@code 1h}. */
final class DurationConverter implements ITypeConverter<Duration> {

  @Override
  public Duration convert(String text) {
    return Durations.parse(text)
        .orElseThrow(() ->
            new TypeConversionException(
                "'" + text + "' is not a duration; write a number and s, m or h (example: 10m)"));
  }
}
