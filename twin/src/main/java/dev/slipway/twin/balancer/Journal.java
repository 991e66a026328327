package dev.slipway.twin.balancer;

import dev.slipway.twin.elbv2.LogEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Lines of an access log that wait for their delivery. Any thread adds. More than so many are left
 * out, for a log is no account: requests are logged on a best-effort basis.
 */
final class Journal {

  private static final int MOST = 50_000;

  private final ConcurrentLinkedQueue<LogEntry> entries = new ConcurrentLinkedQueue<>();
  private final AtomicInteger size = new AtomicInteger();

  void add(LogEntry entry) {
    if (size.incrementAndGet() <= MOST) {
      entries.add(entry);
    } else {
      size.decrementAndGet();
    }
  }

  /** What was added since the last call. */
  List<LogEntry> take() {
    List<LogEntry> taken = new ArrayList<>();
    for (LogEntry entry = entries.poll(); entry != null; entry = entries.poll()) {
      taken.add(entry);
      size.decrementAndGet();
    }
    return taken;
  }
}
