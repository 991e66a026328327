package dev.slipway.twin.ecr.scan;

import java.math.BigInteger;
import java.util.Comparator;

/** The order of Debian's versions. Source: deb-version(7). */
final class DebianVersions implements Comparator<String> {

  @Override
  public int compare(String left, String right) {
    int epochs = number(epoch(left)).compareTo(number(epoch(right)));
    if (epochs != 0) {
      return epochs;
    }
    String a = left.substring(left.indexOf(':') + 1);
    String b = right.substring(right.indexOf(':') + 1);
    int upstream = parts(upstream(a), upstream(b));
    return upstream != 0 ? upstream : parts(revision(a), revision(b));
  }

  private static String epoch(String version) {
    int colon = version.indexOf(':');
    String epoch = colon < 0 ? "" : version.substring(0, colon);
    return epoch.chars().allMatch(Character::isDigit) ? epoch : "";
  }

  private static String upstream(String version) {
    int dash = version.lastIndexOf('-');
    return dash < 0 ? version : version.substring(0, dash);
  }

  private static String revision(String version) {
    int dash = version.lastIndexOf('-');
    return dash < 0 ? "" : version.substring(dash + 1);
  }

  /** Text and numbers take turns, and each is compared in its own way. */
  private static int parts(String left, String right) {
    int i = 0;
    int j = 0;
    while (i < left.length() || j < right.length()) {
      while (isText(left, i) || isText(right, j)) {
        int order = Integer.compare(weight(left, i), weight(right, j));
        if (order != 0) {
          return order;
        }
        i++;
        j++;
      }
      int endLeft = endOfDigits(left, i);
      int endRight = endOfDigits(right, j);
      int order =
          number(left.substring(i, endLeft)).compareTo(number(right.substring(j, endRight)));
      if (order != 0) {
        return order;
      }
      i = endLeft;
      j = endRight;
    }
    return 0;
  }

  private static boolean isText(String text, int at) {
    return at < text.length() && !isDigit(text.charAt(at));
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static int endOfDigits(String text, int from) {
    int end = Math.min(from, text.length());
    while (end < text.length() && isDigit(text.charAt(end))) {
      end++;
    }
    return end;
  }

  /** A tilde comes before the end, the end before letters, letters before everything else. */
  private static int weight(String text, int at) {
    if (!isText(text, at)) {
      return 0;
    }
    char c = text.charAt(at);
    if (c == '~') {
      return -1;
    }
    return Character.isLetter(c) ? c : c + 256;
  }

  private static BigInteger number(String digits) {
    return digits.isEmpty() ? BigInteger.ZERO : new BigInteger(digits);
  }
}
