package dev.slipway.twin.balancer;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts by key. Any thread adds, without a lock once a key is known; one thread at a time takes.
 */
final class Tally<K> {

  /** A total that only grows, so that nothing is lost that is added while it is read. */
  private static final class Count {
    private final LongAdder total = new LongAdder();
    private long taken;

    private long take() {
      long sum = total.sum();
      long fresh = sum - taken;
      taken = sum;
      return fresh;
    }
  }

  private final Map<K, Count> counts = new ConcurrentHashMap<>();

  void add(K key) {
    Count count = counts.get(key);
    if (count == null) {
      count = counts.computeIfAbsent(key, k -> new Count());
    }
    count.total.increment();
  }

  /** What was added since the last call; keys without anything new are left out. */
  Map<K, Long> take() {
    Map<K, Long> taken = new HashMap<>();
    counts.forEach((key, count) -> {
      long fresh = count.take();
      if (fresh > 0) {
        taken.put(key, fresh);
      }
    });
    return taken;
  }
}
