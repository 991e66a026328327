package dev.slipway.twin.runtime.process;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which processes the twin's processes have started. One look at the system serves all tasks that
 * are asked about at one time. Thread safe.
 */
final class ProcessTree {

  private static final long FRESH_NANOS = 200_000_000;

  private Map<Long, List<ProcessHandle>> children = Map.of();
  private long lookedAt = System.nanoTime() - FRESH_NANOS;

  /** A process and its living descendants. */
  synchronized List<ProcessHandle> from(ProcessHandle root) {
    if (System.nanoTime() - lookedAt >= FRESH_NANOS) {
      look();
    }
    List<ProcessHandle> found = new ArrayList<>();
    Deque<ProcessHandle> open = new ArrayDeque<>(List.of(root));
    while (!open.isEmpty()) {
      ProcessHandle next = open.remove();
      found.add(next);
      open.addAll(children.getOrDefault(next.pid(), List.of()));
    }
    return found;
  }

  private void look() {
    Map<Long, List<ProcessHandle>> seen = new HashMap<>();
    ProcessHandle.current()
        .descendants()
        .forEach(each ->
            each.parent()
                .ifPresent(parent ->
                    seen.computeIfAbsent(parent.pid(), pid -> new ArrayList<>()).add(each)));
    children = seen;
    lookedAt = System.nanoTime();
  }
}
