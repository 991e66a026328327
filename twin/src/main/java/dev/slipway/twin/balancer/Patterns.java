package dev.slipway.twin.balancer;

import com.google.re2j.Pattern;
import java.util.List;

/**
 * The values of a condition: patterns with wildcards and regular expressions, of which one must
 * match. Expressions match in time linear in the text.
 */
record Patterns(List<Glob> globs, List<Pattern> expressions) {

  /** Values and regular expressions, either of which may be empty. */
  static Patterns of(List<String> values, List<String> regexes, boolean ignoreCase) {
    int flags = ignoreCase ? Pattern.CASE_INSENSITIVE : 0;
    return new Patterns(
        values.stream().map(pattern -> new Glob(pattern, ignoreCase)).toList(),
        regexes.stream().map(regex -> Pattern.compile(regex, flags)).toList());
  }

  boolean match(String text) {
    for (Glob glob : globs) {
      if (glob.matches(text)) {
        return true;
      }
    }
    for (Pattern expression : expressions) {
      if (expression.matcher(text).find()) {
        return true;
      }
    }
    return false;
  }
}
