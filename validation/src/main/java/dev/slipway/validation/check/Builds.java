package dev.slipway.validation.check;

import dev.slipway.validation.observe.Probe;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Whether an answer carries a wanted build. */
public final class Builds {

  /** A git revision, perhaps with the mark of uncommitted changes. */
  private static final Pattern REVISION =
      Pattern.compile("(?i)\\b([0-9a-f]{7,40})(-dirty[-0-9a-z]*)?\\b");

  private Builds() {}

  /** What the answer must carry: the text asked for, else the commit, else nothing. */
  public static String wanted(Goal goal) {
    return goal.wanted().build().isEmpty() ? goal.wanted().commit() : goal.wanted().build();
  }

  /** Whether a body carries all that was asked for. */
  public static boolean carries(String body, Goal goal) {
    return body.contains(goal.wanted().build())
        && (goal.wanted().commit().isEmpty() || revision(body, goal.wanted().commit()).isPresent());
  }

  /**
   * The revision in a text that is this commit, be it abbreviated here or there. One with
   * uncommitted changes is another than the one without.
   */
  public static Optional<String> revision(String text, String commit) {
    Matcher sought = REVISION.matcher(commit);
    if (!sought.matches()) {
      return Optional.empty();
    }
    Matcher found = REVISION.matcher(text);
    while (found.find()) {
      if (same(found.group(1), sought.group(1))
          && String.valueOf(found.group(2)).equals(String.valueOf(sought.group(2)))) {
        return Optional.of(found.group());
      }
    }
    return Optional.empty();
  }

  private static boolean same(String a, String b) {
    String one = a.toLowerCase(Locale.ROOT);
    String other = b.toLowerCase(Locale.ROOT);
    return one.startsWith(other) || other.startsWith(one);
  }

  /** The build that a round's answers carry; empty when they disagree or carry none. */
  public static String served(Probe probe, Goal goal) {
    if (!probe.made() || wanted(goal).isEmpty()) {
      return "";
    }
    return probe.answers().stream().allMatch(a -> a.status() == 200 && carries(a.body(), goal))
        ? wanted(goal)
        : "";
  }
}
