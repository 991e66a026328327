package dev.slipway.twin.cloudwatch;

import java.util.List;
import java.util.Set;

/** The units that metrics have, in the order in which CloudWatch names them. */
final class Units {

  /** The unit of what has none. */
  static final String NONE = "None";

  /** All of them. Source: CloudWatch API reference, MetricDatum. */
  static final List<String> ALL =
      List.of(
          "Seconds",
          "Microseconds",
          "Milliseconds",
          "Bytes",
          "Kilobytes",
          "Megabytes",
          "Gigabytes",
          "Terabytes",
          "Bits",
          "Kilobits",
          "Megabits",
          "Gigabits",
          "Terabits",
          "Percent",
          "Count",
          "Bytes/Second",
          "Kilobytes/Second",
          "Megabytes/Second",
          "Gigabytes/Second",
          "Terabytes/Second",
          "Bits/Second",
          "Kilobits/Second",
          "Megabits/Second",
          "Gigabits/Second",
          "Terabits/Second",
          "Count/Second",
          NONE);

  private static final Set<String> KNOWN = Set.copyOf(ALL);

  private Units() {}

  static boolean isKnown(String unit) {
    return KNOWN.contains(unit);
  }
}
