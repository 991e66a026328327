package dev.slipway.twin.cloudwatch;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What was measured in a span of time: the four numbers of a statistic set, and how often each
 * value occurred, for percentiles.
 *
 * @param values occurrences by value, rounded to three digits; empty when only the statistic set is
 *     known
 */
public record Sample(
    double count, double sum, double minimum, double maximum, Map<Double, Double> values) {

  private static final Pattern PERCENTILE = Pattern.compile("p(\\d{1,2}(\\.\\d{1,10})?|100)");
  private static final MathContext THREE_DIGITS = new MathContext(3, RoundingMode.HALF_UP);

  /** One value. */
  public static Sample of(double value) {
    return of(value, 1);
  }

  /** One value that was measured so many times. */
  public static Sample of(double value, double times) {
    return new Sample(times, value * times, value, value, Map.of(rounded(value), times));
  }

  /** A statistic set, of which the single values are not known. */
  public static Sample ofStatistics(double count, double sum, double minimum, double maximum) {
    return new Sample(count, sum, minimum, maximum, Map.of());
  }

  /** This sample and another. */
  public Sample plus(Sample other) {
    Map<Double, Double> merged = new TreeMap<>(values);
    other.values.forEach((value, times) -> merged.merge(value, times, Double::sum));
    return new Sample(
        count + other.count,
        sum + other.sum,
        Math.min(minimum, other.minimum),
        Math.max(maximum, other.maximum),
        merged);
  }

  /** Whether it is the name of a statistic that samples have. */
  static boolean isStatistic(String name) {
    return switch (name) {
      case "SampleCount", "Average", "Sum", "Minimum", "Maximum" -> true;
      default -> PERCENTILE.matcher(name).matches();
    };
  }

  /** A statistic by its name; empty for a percentile when single values are not known. */
  public Optional<Double> statistic(String name) {
    return switch (name) {
      case "SampleCount" -> Optional.of(count);
      case "Average" -> Optional.of(sum / count);
      case "Sum" -> Optional.of(sum);
      case "Minimum" -> Optional.of(minimum);
      case "Maximum" -> Optional.of(maximum);
      default -> percentile(name);
    };
  }

  private Optional<Double> percentile(String name) {
    Matcher matcher = PERCENTILE.matcher(name);
    if (!matcher.matches() || values.isEmpty()) {
      return Optional.empty();
    }
    double rank = count * Double.parseDouble(matcher.group(1)) / 100;
    double seen = 0;
    double last = maximum;
    for (Map.Entry<Double, Double> entry : new TreeMap<>(values).entrySet()) {
      last = entry.getKey();
      seen += entry.getValue();
      if (seen >= rank) {
        break;
      }
    }
    return Optional.of(last);
  }

  // Bounds the number of values that a minute can have.
  private static double rounded(double value) {
    return Double.isFinite(value) && value != 0
        ? new BigDecimal(value).round(THREE_DIGITS).doubleValue()
        : value;
  }
}
