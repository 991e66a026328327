package dev.slipway.validation.sweep;

import java.util.Locale;

/**
 * What leftovers cost in a month of 730 hours, on demand in us-east-1, in USD: an order of
 * magnitude, for other regions differ and traffic comes on top. Source: AWS's price pages,
 * September 2026.
 */
final class Prices {

  static final double NAT_GATEWAY = hours(0.045);
  static final double PUBLIC_ADDRESS = hours(0.005);
  static final double LOAD_BALANCER = hours(0.0225);
  static final double ENDPOINT_IN_A_ZONE = hours(0.01);
  static final double ALARM = 0.10;
  static final double DASHBOARD = 3.00;
  static final double KEY = 1.00;
  static final double SECRET = 0.40;

  private static final double CPU_HOUR = 0.04048;
  private static final double GB_HOUR = 0.004445;
  private static final double IMAGES_GB = 0.10;
  private static final double LOGS_GB = 0.03;
  private static final double GB = 1024.0 * 1024 * 1024;

  private Prices() {}

  private static double hours(double price) {
    return 730 * price;
  }

  /**
   * A Fargate task.
   *
   * @param cpu CPU units, 1024 for a processor; may be absent
   * @param memory MiB; may be absent
   */
  static double task(String cpu, String memory) {
    return hours(CPU_HOUR * number(cpu) / 1024 + GB_HOUR * number(memory) / 1024);
  }

  /** Images of so many bytes. */
  static double images(long bytes) {
    return IMAGES_GB * bytes / GB;
  }

  /** Logs of so many bytes, kept. */
  static double logs(Long bytes) {
    return bytes == null ? 0 : LOGS_GB * bytes / GB;
  }

  /** In words; empty for what costs nothing, or next to it. */
  static String words(double monthly) {
    return monthly < 0.005 ? "" : String.format(Locale.ROOT, "about %.2f USD a month", monthly);
  }

  private static double number(String text) {
    return text == null || !text.matches("\\d{1,7}") ? 0 : Double.parseDouble(text);
  }
}
