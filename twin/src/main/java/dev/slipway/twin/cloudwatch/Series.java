package dev.slipway.twin.cloudwatch;

import dev.slipway.twin.world.Metric;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What is kept of a metric: a sample a minute, oldest first. */
record Series(Metric metric, List<Minute> minutes) {

  /** CloudWatch keeps minutes for fifteen days; the twin for as long as an alarm can look back. */
  static final int KEPT = 24 * 60;

  /** A minute's sample. */
  record Minute(long epochMinute, Sample sample) {
    Instant start() {
      return Instant.ofEpochSecond(epochMinute * 60);
    }
  }

  Series plus(Instant at, Sample sample) {
    long minute = Math.floorDiv(at.getEpochSecond(), 60L);
    List<Minute> changed = new ArrayList<>(minutes);
    int index = changed.size();
    while (index > 0 && changed.get(index - 1).epochMinute() > minute) {
      index--;
    }
    if (index > 0 && changed.get(index - 1).epochMinute() == minute) {
      Sample merged = changed.get(index - 1).sample().plus(sample);
      changed.set(index - 1, new Minute(minute, merged));
    } else {
      changed.add(index, new Minute(minute, sample));
    }
    long oldest = changed.getLast().epochMinute() - KEPT;
    int from = 0;
    while (changed.get(from).epochMinute() <= oldest) {
      from++;
    }
    return new Series(metric, List.copyOf(changed.subList(from, changed.size())));
  }
}
