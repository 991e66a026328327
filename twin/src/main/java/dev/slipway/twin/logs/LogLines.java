package dev.slipway.twin.logs;

import dev.slipway.twin.world.Differs;
import dev.slipway.twin.world.Portable;
import java.util.Arrays;
import java.util.List;

/**
 * The lines of a stream, an immutable value. Values that grow out of one another share an array:
 * each sees its own span of it, and only the newest may write behind its end. So appending costs no
 * copy, and a fork of a world copies the array only when both sides go on writing.
 */
@Differs(
    value = "a stream keeps its last 20,000 lines or 8 MiB",
    because = "the twin holds them in memory")
final class LogLines implements Portable {

  static final int MAX_LINES = 20_000;
  static final long MAX_BYTES = 8L * 1024 * 1024;
  private static final int FIRST_CAPACITY = 16;

  /** Lines without any. */
  static final LogLines NONE = new LogLines(new Shared(new LogLine[0], 0), 0, 0, 0, 0);

  /** An array and how much of it has been written by whomever. */
  private static final class Shared {
    private final LogLine[] lines;
    private int written;

    Shared(LogLine[] lines, int written) {
      this.lines = lines;
      this.written = written;
    }

    synchronized boolean claim(int place) {
      if (written != place || place == lines.length) {
        return false;
      }
      written++;
      return true;
    }
  }

  private final Shared shared;
  private final int from;
  private final int to;
  private final long dropped;
  private final long bytes;

  /** The lines as they stand in a snapshot. */
  private record Copy(List<LogLine> lines, long dropped) implements Carried {
    @Override
    public Object unpacked() {
      LogLine[] array = lines.toArray(LogLine[]::new);
      long bytes = lines.stream().mapToLong(LogLine::bytes).sum();
      return new LogLines(new Shared(array, array.length), 0, array.length, dropped, bytes);
    }
  }

  private LogLines(Shared shared, int from, int to, long dropped, long bytes) {
    this.shared = shared;
    this.from = from;
    this.to = to;
    this.dropped = dropped;
    this.bytes = bytes;
  }

  /** How many lines there were before the first that is still here. */
  long dropped() {
    return dropped;
  }

  /** The size of the lines as it is billed. */
  long bytes() {
    return bytes;
  }

  boolean isEmpty() {
    return from == to;
  }

  /** The lines in order of their arrival. */
  List<LogLine> all() {
    return Arrays.asList(shared.lines).subList(from, to);
  }

  /** These lines and one more, less the oldest where there are too many. */
  LogLines plus(LogLine line) {
    if (!shared.claim(to)) {
      return withRoom().plus(line);
    }
    shared.lines[to] = line;
    return new LogLines(shared, from, to + 1, dropped, bytes + line.bytes()).bounded();
  }

  /** These lines without those that happened before an instant at their beginning. */
  LogLines since(long timestamp) {
    LogLines lines = this;
    while (!lines.isEmpty() && shared.lines[lines.from].timestamp() < timestamp) {
      lines = lines.withoutFirst();
    }
    return lines;
  }

  @Override
  public Carried carried() {
    return new Copy(List.copyOf(all()), dropped);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof LogLines that && carried().equals(that.carried());
  }

  @Override
  public int hashCode() {
    return carried().hashCode();
  }

  private LogLines withRoom() {
    int size = to - from;
    LogLine[] larger = new LogLine[Math.max(FIRST_CAPACITY, size * 2)];
    System.arraycopy(shared.lines, from, larger, 0, size);
    return new LogLines(new Shared(larger, size), 0, size, dropped, bytes);
  }

  private LogLines bounded() {
    LogLines lines = this;
    while (lines.to - lines.from > MAX_LINES || lines.bytes > MAX_BYTES) {
      lines = lines.withoutFirst();
    }
    return lines;
  }

  private LogLines withoutFirst() {
    return new LogLines(shared, from + 1, to, dropped + 1, bytes - shared.lines[from].bytes());
  }
}
