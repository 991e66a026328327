package dev.slipway.twin.runtime.process;

import dev.slipway.twin.runtime.TaskRuntime.Usage;
import dev.slipway.twin.world.Differs;
import java.time.Duration;
import java.time.Instant;

/** Reads what a process and its living descendants use. Thread safe. */
@Differs(
    value =
        "tasks of the process runtime are not held to their vCPUs: CPUUtilization can pass 100 %, and"
            + " lacks what descendants used that have ended",
    because = "processes share the processors of one machine; their use is read, not limited")
final class UsageMeter {

  /** The system counts in hundredths of a second: what is shorter says nothing. */
  private static final long LEAST_NANOS = 200_000_000;

  private final ProcessHandle process;
  private long readAt = System.nanoTime();
  private Instant readAtWorldTime;
  private Duration used = Duration.ZERO;
  private double processors;

  /** A meter of a process that starts at this world time. */
  UsageMeter(ProcessHandle process, Instant startedAt) {
    this.process = process;
    this.readAtWorldTime = startedAt;
  }

  /**
   * The use since the last reading; the same again when it is asked at once. It is spread over
   * world time, as the requests that caused it are: else a fast clock would make every minute a
   * busy one, for a second of work in a second is then a second of work in a minute.
   */
  synchronized Usage read(ProcessTree tree, Instant worldTime) {
    long now = System.nanoTime();
    long passed = Duration.between(readAtWorldTime, worldTime).toNanos();
    if (now - readAt >= LEAST_NANOS && passed > 0) {
      Duration total = total(tree);
      processors = Math.max(0, (double) total.minus(used).toNanos() / passed);
      used = total;
      readAt = now;
      readAtWorldTime = worldTime;
    }
    return new Usage(processors, MemoryWatch.residentMiB(process.pid()));
  }

  private Duration total(ProcessTree tree) {
    return tree.from(process).stream()
        .flatMap(each -> each.info().totalCpuDuration().stream())
        .reduce(Duration.ZERO, Duration::plus);
  }
}
