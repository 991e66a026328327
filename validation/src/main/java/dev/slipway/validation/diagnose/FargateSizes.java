package dev.slipway.validation.diagnose;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The sizes of Fargate tasks on Linux. Source: ECS developer guide, Fargate task CPU and memory.
 * Sizes above the largest known one are believed: AWS adds some from time to time.
 */
final class FargateSizes {

  private static final Pattern AMOUNT = Pattern.compile("(?i)\\s*([0-9.]+)\\s*(vcpu|gb|mib|)\\s*");
  private static final int UNITS = 1024;

  /** MiB from, MiB to, in steps. */
  private record Range(int from, int to, int step) {
    boolean has(int memory) {
      return memory >= from && memory <= to && (memory - from) % step == 0;
    }

    String words() {
      return from == to ? from + " MiB" : "%d to %d MiB in steps of %d".formatted(from, to, step);
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
   * What is wrong with a size.
   *
   * @param cpu the task's CPU as ECS takes it: {@code 256}, {@code .25 vCPU}
   * @param memory its memory: {@code 512}, {@code 0.5 GB}
   * @return which sizes there are instead; empty when it is sound, or nothing is known of it
   */
  static Optional<String> wrong(String cpu, String memory) {
    Optional<Integer> units = amount(cpu, "vcpu");
    Optional<Integer> mib = amount(memory, "gb");
    if (units.isEmpty() || mib.isEmpty() || units.get() > 16384) {
      return Optional.empty();
    }
    if (units.get() == 256) {
      return mib.get() == 512 || mib.get() == 1024 || mib.get() == 2048
          ? Optional.empty()
          : Optional.of("with 256 CPU units there are 512, 1024 and 2048 MiB");
    }
    Range range = MEMORY.get(units.get());
    if (range == null) {
      return Optional.of("there are 256, 512, 1024, 2048, 4096, 8192 and 16384 CPU units");
    }
    return range.has(mib.get())
        ? Optional.empty()
        : Optional.of("with %d CPU units there are %s".formatted(units.get(), range.words()));
  }

  /** An amount in units of 1/1024, given as such or in whole ones. */
  private static Optional<Integer> amount(String text, String whole) {
    Matcher matcher = AMOUNT.matcher(text == null ? "" : text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    try {
      double number = Double.parseDouble(matcher.group(1));
      boolean scaled = matcher.group(2).toLowerCase(Locale.ROOT).equals(whole);
      return Optional.of((int) Math.round(scaled ? number * UNITS : number));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }
}
