package dev.slipway.validation.check;

import dev.slipway.validation.observe.Probe;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Whether an answer carries a wanted build. */
public final class Builds {

  private static final Pattern REVISION = Pattern.compile("(?i)\\b[0-9a-f]{7,40}\\b");

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

  /** The revision in a text that is this commit, be it abbreviated here or there. */
  public static Optional<String> revision(String text, String commit) {
    String sought = commit.toLowerCase(Locale.ROOT);
    Matcher matcher = REVISION.matcher(text);
    while (matcher.find()) {
      String found = matcher.group().toLowerCase(Locale.ROOT);
      if (found.startsWith(sought) || sought.startsWith(found)) {
        return Optional.of(matcher.group());
      }
    }
    return Optional.empty();
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
