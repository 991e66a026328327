package dev.slipway.twin.runtime.process;

import dev.slipway.twin.runtime.TaskRuntime.Usage;
import dev.slipway.twin.world.Differs;
import java.time.Duration;

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
  private Duration used = Duration.ZERO;
  private double processors;

  UsageMeter(ProcessHandle process) {
    this.process = process;
  }

  /** The use since the last reading, in real time; the same again when it is asked at once. */
  synchronized Usage read(ProcessTree tree) {
    long now = System.nanoTime();
    long nanos = now - readAt;
    if (nanos >= LEAST_NANOS) {
      Duration total = total(tree);
      processors = Math.max(0, (double) total.minus(used).toNanos() / nanos);
      used = total;
      readAt = now;
    }
    return new Usage(processors, MemoryWatch.residentMiB(process.pid()));
  }

  private Duration total(ProcessTree tree) {
    return tree.from(process).stream()
        .flatMap(each -> each.info().totalCpuDuration().stream())
        .reduce(Duration.ZERO, Duration::plus);
  }
}
