package dev.slipway.twin.world;

import java.time.Instant;
import java.util.Comparator;
import java.util.TreeSet;

/** Pending events of a clock, by due time and then by order of scheduling. Not thread safe. */
final class EventQueue {

  /** An event and when it is due. */
  record Event(Instant due, long order, Runnable action) {}

  // A tree and not a heap, for most events of a busy twin are timeouts that are taken back.
  private final TreeSet<Event> events =
      new TreeSet<>(Comparator.comparing(Event::due).thenComparingLong(Event::order));
  private long nextOrder;

  Event add(Instant due, Runnable action) {
    Event event = new Event(due, nextOrder++, action);
    events.add(event);
    return event;
  }

  void remove(Event event) {
    events.remove(event);
  }

  Event peek() {
    return events.isEmpty() ? null : events.first();
  }

  /** Takes the earliest event that is due at the instant, or returns null. */
  Event pollDue(Instant now) {
    Event first = peek();
    return first != null && !first.due().isAfter(now) ? events.pollFirst() : null;
  }

  void clear() {
    events.clear();
  }
}
