package dev.slipway.validation.observe;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds git revisions in texts. */
public final class Revisions {

  /** A git revision, perhaps with the mark of uncommitted changes. */
  private static final Pattern REVISION =
      Pattern.compile("(?i)\\b([0-9a-f]{7,40})(-dirty[-0-9a-z]*)?\\b");

  private Revisions() {}

  /**
   * The revision in a text that is this commit, be it abbreviated here or there. One with
   * uncommitted changes is another than the one without.
   */
  public static Optional<String> find(String text, String commit) {
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
}
