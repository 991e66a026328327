package dev.slipway.twin.ecs;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.Map;

/**
 * The sizes that a Fargate task may have.
 *
 * <p>Source: ECS developer guide, fargate-tasks-services; every pair held against the API on
 * 2026-08-15.
 */
final class FargateSizes {

  /** Memory from, to and step in MiB. */
  private record Range(int from, int to, int step) {
    boolean contains(int memory) {
      return memory >= from && memory <= to && (memory - from) % step == 0;
    }
  }

  private static final Map<Integer, Range> MEMORY =
      Map.of(
          512, new Range(1024, 4096, 1024),
          1024, new Range(2048, 8192, 1024),
          2048, new Range(4096, 16384, 1024),
          4096, new Range(8192, 30720, 1024),
          8192, new Range(16384, 61440, 4096),
          16384, new Range(32768, 122880, 8192));

  private FargateSizes() {}

  /**
   * Checks a task's size.
   *
   * @throws dev.slipway.twin.world.AwsError {@code ClientException} with AWS's sentence
   */
  static void check(String cpu, String memory) {
    if (cpu == null) {
      throw EcsErrors.client("Fargate requires that 'cpu' be defined at the task level.");
    }
    if (memory == null) {
      throw EcsErrors.client("Fargate requires that 'memory' be defined at the task level.");
    }
    int units = Integer.parseInt(cpu);
    int mib = Integer.parseInt(memory);
    if (units != 256 && !MEMORY.containsKey(units)) {
      throw EcsErrors.client(invalidSetting("cpu"));
    }
    boolean offered =
        units == 256 ? mib == 512 || mib == 1024 || mib == 2048 : MEMORY.get(units).contains(mib);
    if (!offered) {
      throw EcsErrors.client("No Fargate configuration exists for given values.");
    }
  }

  /** CPU units of {@code 256} or {@code .25 vCPU}, or null when nothing is given. */
  static String cpuUnits(String given) {
    return units(given, "vcpu", "cpu");
  }

  /** MiB of {@code 512} or {@code 0.5 GB}, or null when nothing is given. */
  static String memoryMiB(String given) {
    return units(given, "gb", "memory");
  }

  private static String units(String given, String unit, String setting) {
    if (given == null || given.isBlank()) {
      return null;
    }
    String text = given.strip().toLowerCase(Locale.ROOT);
    try {
      if (!text.endsWith(unit)) {
        return Integer.toString(Integer.parseInt(text));
      }
      BigDecimal amount = new BigDecimal(text.substring(0, text.length() - unit.length()).strip());
      return Integer.toString(amount.multiply(BigDecimal.valueOf(1024)).intValueExact());
    } catch (NumberFormatException | ArithmeticException e) {
      throw EcsErrors.client(invalidSetting(setting));
    }
  }

  private static String invalidSetting(String setting) {
    return "Invalid '"
        + setting
        + "' setting for task. For more information, see the Troubleshooting section of the Amazon"
        + " ECS Developer Guide.";
  }
}
