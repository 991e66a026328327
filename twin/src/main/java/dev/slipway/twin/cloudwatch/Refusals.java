package dev.slipway.twin.cloudwatch;

import dev.slipway.twin.world.AwsError;

/** CloudWatch's refusals. Source: CloudWatch API reference, errors of the actions. */
final class Refusals {

  private Refusals() {}

  static AwsError value(String message) {
    return AwsError.of("InvalidParameterValue", message);
  }

  static AwsError combination(String message) {
    return AwsError.of("InvalidParameterCombination", message);
  }

  static AwsError unsupported(String what) {
    return value(what + " not supported by the twin.");
  }

  static String require(String value, String parameter) {
    if (value == null || value.isEmpty()) {
      throw AwsError.of("MissingParameter", "The parameter " + parameter + " is required.");
    }
    return value;
  }

  static <T> T require(T value, String parameter) {
    if (value == null) {
      throw AwsError.of("MissingParameter", "The parameter " + parameter + " is required.");
    }
    return value;
  }

  static void positivePeriod(Integer period) {
    require(period, "Period");
    if (period > 0 && period < 60) {
      throw unsupported("A period below 60 seconds is");
    }
    if (period <= 0 || period % 60 != 0) {
      throw value("Period must be 10, 20, 30 or a multiple of 60.");
    }
  }
}
