package dev.slipway.twin.autoscaling;

import java.util.BitSet;
import java.util.List;
import java.util.Locale;

/** A field of a calendar's expression: the numbers at which it holds. */
record CronField(BitSet numbers) {

  private static final List<String> MONTHS =
      List.of("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC");
  private static final List<String> DAYS = List.of("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT");

  /**
   * Reads lists, ranges and steps; {@code L}, {@code W} and {@code #} are not among them.
   *
   * @throws IllegalArgumentException when it is not such a field
   */
  static CronField parse(String text, int least, int most) {
    BitSet numbers = new BitSet();
    for (String part : text.split(",", -1)) {
      int slash = part.indexOf('/');
      int step = slash < 0 ? 1 : Integer.parseInt(part.substring(slash + 1));
      String range = slash < 0 ? part : part.substring(0, slash);
      int from = least;
      int to = most;
      if (!range.equals("*") && !range.equals("?")) {
        int dash = range.indexOf('-');
        from = number(dash < 0 ? range : range.substring(0, dash));
        boolean open = dash < 0 && slash >= 0;
        to = dash >= 0 ? number(range.substring(dash + 1)) : open ? most : from;
      }
      if (from < least || to > most || from > to || step < 1) {
        throw new IllegalArgumentException(text);
      }
      for (int i = from; i <= to; i += step) {
        numbers.set(i);
      }
    }
    return new CronField(numbers);
  }

  boolean holds(int number) {
    return numbers.get(number);
  }

  private static int number(String text) {
    String upper = text.toUpperCase(Locale.ROOT);
    if (MONTHS.contains(upper)) {
      return MONTHS.indexOf(upper) + 1;
    }
    return DAYS.contains(upper) ? DAYS.indexOf(upper) + 1 : Integer.parseInt(text);
  }
}
