package dev.slipway.twin.balancer;

import java.util.Locale;

/**
 * A pattern of a rule: {@code *} stands for any characters, {@code ?} for exactly one. Matching
 * takes time linear in the text for each star, without regular expressions.
 */
final class Glob {

  private final String pattern;
  private final boolean ignoreCase;

  Glob(String pattern, boolean ignoreCase) {
    this.pattern = ignoreCase ? pattern.toLowerCase(Locale.ROOT) : pattern;
    this.ignoreCase = ignoreCase;
  }

  boolean matches(String given) {
    String text = ignoreCase ? given.toLowerCase(Locale.ROOT) : given;
    int at = 0;
    int in = 0;
    int star = -1;
    int resume = 0;
    while (at < text.length()) {
      char wanted = in < pattern.length() ? pattern.charAt(in) : 0;
      if (wanted == '*') {
        star = in++;
        resume = at;
      } else if (in < pattern.length() && (wanted == '?' || wanted == text.charAt(at))) {
        in++;
        at++;
      } else if (star >= 0) {
        in = star + 1;
        at = ++resume;
      } else {
        return false;
      }
    }
    while (in < pattern.length() && pattern.charAt(in) == '*') {
      in++;
    }
    return in == pattern.length();
  }
}
