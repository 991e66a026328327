package dev.slipway.twin.cloudwatch;

import dev.slipway.twin.world.Metric;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What is kept of a metric: a sample a minute.
 *
 * @param packed older minutes, oldest first
 * @param open the minutes after them, oldest first; never none
 */
record Series(Metric metric, List<PackedMinutes> packed, List<Minute> open) {

  /** CloudWatch keeps minutes for fifteen days; the twin for as long as an alarm can look back. */
  static final int KEPT = 24 * 60;

  /** So many minutes are packed together, while at least as many stay open for late samples. */
  static final int PACKED = 20;

  /** A minute's sample. */
  record Minute(long epochMinute, Sample sample) {
    Instant start() {
      return Instant.ofEpochSecond(epochMinute * 60);
    }
  }

  /** A series of one sample. */
  static Series of(Metric metric, Instant at, Sample sample) {
    return new Series(metric, List.of(), List.of(new Minute(minuteOf(at), sample)));
  }

  /** The newest minute. */
  Minute newest() {
    return open.getLast();
  }

  /** All minutes that are kept, oldest first. */
  List<Minute> minutes() {
    return minutes(Long.MIN_VALUE, Long.MAX_VALUE);
  }

  /** The minutes that start in a span of time, oldest first. */
  List<Minute> minutes(Instant from, Instant to) {
    return minutes(minuteOf(from), minuteOf(to.plusSeconds(59)));
  }

  private List<Minute> minutes(long from, long to) {
    long oldest = Math.max(from, newest().epochMinute() - KEPT + 1);
    List<Minute> found = new ArrayList<>();
    for (PackedMinutes one : packed) {
      if (one.last() >= oldest && one.first() < to) {
        found.addAll(one.minutes());
      }
    }
    found.addAll(open);
    found.removeIf(minute -> minute.epochMinute() < oldest || minute.epochMinute() >= to);
    return found;
  }

  /** This series with one more sample. */
  Series plus(Instant at, Sample sample) {
    long minute = minuteOf(at);
    if (!packed.isEmpty() && minute <= packed.getLast().last()) {
      return new Series(metric, List.of(), added(minutes(), minute, sample)).trimmed();
    }
    return new Series(metric, packed, added(open, minute, sample)).trimmed();
  }

  private static List<Minute> added(List<Minute> minutes, long minute, Sample sample) {
    List<Minute> changed = new ArrayList<>(minutes.size() + 1);
    changed.addAll(minutes);
    int index = changed.size();
    while (index > 0 && changed.get(index - 1).epochMinute() > minute) {
      index--;
    }
    if (index > 0 && changed.get(index - 1).epochMinute() == minute) {
      Sample merged = changed.get(index - 1).sample().plus(sample);
      changed.set(index - 1, new Minute(minute, merged));
    } else {
      shareLast(changed);
      changed.add(index, new Minute(minute, sample));
    }
    return changed;
  }

  /** A minute that is over and like the one before needs no sample of its own. */
  private static void shareLast(List<Minute> minutes) {
    int last = minutes.size() - 1;
    if (last > 0 && minutes.get(last).sample().equals(minutes.get(last - 1).sample())) {
      minutes.set(
          last, new Minute(minutes.get(last).epochMinute(), minutes.get(last - 1).sample()));
    }
  }

  /** Without what is too old, and with only so many minutes open. */
  private Series trimmed() {
    List<PackedMinutes> older = packed;
    List<Minute> newer = open;
    long oldest = newest().epochMinute() - KEPT;
    if (newer.getFirst().epochMinute() <= oldest) {
      newer = newer.stream().filter(minute -> minute.epochMinute() > oldest).toList();
    }
    if (newer.size() > 2 * PACKED) {
      older = new ArrayList<>(packed);
      older.removeIf(one -> one.last() <= oldest);
      while (newer.size() > 2 * PACKED) {
        older.add(PackedMinutes.of(newer.subList(0, PACKED)));
        newer = newer.subList(PACKED, newer.size());
      }
    }
    return new Series(metric, List.copyOf(older), List.copyOf(newer));
  }

  private static long minuteOf(Instant at) {
    return Math.floorDiv(at.getEpochSecond(), 60L);
  }
}
