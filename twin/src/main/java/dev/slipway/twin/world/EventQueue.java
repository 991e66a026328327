package dev.slipway.twin.world;

import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;

/** Pending events of a clock, by due time and then by order of scheduling. Not thread safe. */
final class EventQueue {

  /** An event and when it is due. */
  record Event(Instant due, long order, Runnable action) {}

  private final PriorityQueue<Event> events =
      new PriorityQueue<>(Comparator.comparing(Event::due).thenComparingLong(Event::order));
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
    return events.peek();
  }

  /** Takes the earliest event that is due at the instant, or returns null. */
  Event pollDue(Instant now) {
    Event first = events.peek();
    return first != null && !first.due().isAfter(now) ? events.poll() : null;
  }

  void clear() {
    events.clear();
  }
}
