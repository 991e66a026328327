package dev.slipway.twin.runtime.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalDouble;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Kills a process whose resident memory passes its container's limit, as the kernel does in a
 * cgroup. Where the system does not show resident memory (other than Linux), it does nothing.
 */
final class MemoryWatch {

  private static final int INTERVAL_MILLIS = 200;
  private static final long KIB_PER_MIB = 1024;

  private MemoryWatch() {}

  static void over(ContainerProcess process, int limitMiB, ScheduledExecutorService watch) {
    Path status = Path.of("/proc", Long.toString(process.pid()), "status");
    if (limitMiB <= 0 || !Files.exists(status)) {
      return;
    }
    var _ =
        watch.schedule(
            () -> {
              if (!process.isAlive()) {
                return;
              }
              if (residentKib(status) > limitMiB * KIB_PER_MIB) {
                process.killForMemory();
              } else {
                over(process, limitMiB, watch);
              }
            },
            INTERVAL_MILLIS,
            TimeUnit.MILLISECONDS);
  }

  /** The resident memory of a process in MiB; empty where the system does not show it. */
  static OptionalDouble residentMiB(long pid) {
    long kib = residentKib(Path.of("/proc", Long.toString(pid), "status"));
    return kib == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) kib / KIB_PER_MIB);
  }

  private static long residentKib(Path status) {
    try (var lines = Files.lines(status)) {
      return lines
          .filter(line -> line.startsWith("VmRSS:"))
          .map(line -> line.replaceAll("\\D", ""))
          .mapToLong(Long::parseLong)
          .findFirst()
          .orElse(0);
    } catch (IOException | UncheckedIOException e) {
      // The process ended between the two looks.
      return 0;
    }
  }
}
