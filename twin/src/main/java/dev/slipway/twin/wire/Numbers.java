package dev.slipway.twin.wire;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.regex.Pattern;

/** Numbers of the kinds that model classes have. */
final class Numbers {

  private static final int SENSIBLE_SCALE = 400;
  private static final Pattern DECIMAL = Pattern.compile("-?(\\d*\\.)?\\d+");

  private Numbers() {}

  /** The number as the kind holds it; empty when it is out of range or has a fraction. */
  static Optional<Object> of(SdkShapes.Kind kind, BigDecimal value) {
    // A number such as 1e999999999 would take for ever to turn into an integer.
    if (Math.abs((long) value.scale()) > SENSIBLE_SCALE) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          switch (kind) {
            case INTEGER -> value.intValueExact();
            case LONG -> value.longValueExact();
            case SHORT -> value.shortValueExact();
            case BYTE -> value.byteValueExact();
            case FLOAT, DOUBLE -> floating(kind, value.doubleValue());
            case DECIMAL -> value;
            default -> throw new IllegalArgumentException("not a number: " + kind);
          });
    } catch (ArithmeticException e) {
      return Optional.empty();
    }
  }

  /** A floating point number as the kind holds it. */
  static Object floating(SdkShapes.Kind kind, double value) {
    if (kind == SdkShapes.Kind.FLOAT) {
      return (float) value;
    }
    return value;
  }

  /** A decimal that comes as text: digits, and no more of them than anybody means. */
  static Optional<Object> decimal(String text) {
    return text.length() <= SENSIBLE_SCALE && DECIMAL.matcher(text).matches()
        ? Optional.of(new BigDecimal(text))
        : Optional.empty();
  }

  /** What is no number in decimal digits. */
  static Optional<Double> special(String text) {
    return switch (text) {
      case "NaN" -> Optional.of(Double.NaN);
      case "Infinity" -> Optional.of(Double.POSITIVE_INFINITY);
      case "-Infinity" -> Optional.of(Double.NEGATIVE_INFINITY);
      default -> Optional.empty();
    };
  }
}
