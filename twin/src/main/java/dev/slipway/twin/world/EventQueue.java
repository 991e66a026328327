package dev.slipway.twin.world;

import java.time.Instant;
import java.util.TreeSet;

/** Pending events of a clock, by due time and then by order of scheduling. Not thread safe. */
final class EventQueue {

  /** An event and when it is due. */
  record Event(Instant due, long order, Runnable action) implements Comparable<Event> {

    // By hand: the comparators that the library makes cost a start 10 ms.
    @Override
    public int compareTo(Event other) {
      int byTime = due.compareTo(other.due);
      return byTime != 0 ? byTime : Long.compare(order, other.order);
    }
  }

  // A tree and not a heap, for most events of a busy twin are timeouts that are taken back.
  private final TreeSet<Event> events = new TreeSet<>();
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
