package dev.slipway.twin.ecr.scan;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The order of Alpine's versions: {@code 1.2.3b_rc4-r5}. Source: apk-package(5), package version
 * numbers.
 */
final class AlpineVersions implements Comparator<String> {

  private static final Pattern SHAPE =
      Pattern.compile("(\\d+(?:\\.\\d+)*)([a-z]?)((?:_[a-z]+\\d*)*)(?:~[0-9a-f]+)?(?:-r(\\d+))?");
  private static final Pattern SUFFIX = Pattern.compile("_([a-z]+)(\\d*)");

  /** Suffixes in their order; a version without one stands between {@code rc} and {@code cvs}. */
  private static final List<String> SUFFIXES =
      List.of("alpha", "beta", "pre", "rc", "", "cvs", "svn", "git", "hg", "p");

  @Override
  public int compare(String left, String right) {
    Matcher a = SHAPE.matcher(left);
    Matcher b = SHAPE.matcher(right);
    if (!a.matches() || !b.matches()) {
      return left.compareTo(right);
    }
    int order = numbers(a.group(1), b.group(1));
    if (order == 0) {
      order = a.group(2).compareTo(b.group(2));
    }
    if (order == 0) {
      order = suffixes(a.group(3), b.group(3));
    }
    return order != 0 ? order : number(a.group(4)).compareTo(number(b.group(4)));
  }

  private static int numbers(String left, String right) {
    String[] a = left.split("\\.");
    String[] b = right.split("\\.");
    for (int i = 0; i < Math.min(a.length, b.length); i++) {
      int order = number(a[i]).compareTo(number(b[i]));
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(a.length, b.length);
  }

  private static int suffixes(String left, String right) {
    List<Integer> a = ranks(left);
    List<Integer> b = ranks(right);
    int none = SUFFIXES.indexOf("");
    for (int i = 0; i < Math.max(a.size(), b.size()); i++) {
      int x = i < a.size() ? a.get(i) : i % 2 == 0 ? none : 0;
      int y = i < b.size() ? b.get(i) : i % 2 == 0 ? none : 0;
      if (x != y) {
        return Integer.compare(x, y);
      }
    }
    return 0;
  }

  /** The rank and the number of each suffix. */
  private static List<Integer> ranks(String suffixes) {
    List<Integer> found = new ArrayList<>();
    Matcher each = SUFFIX.matcher(suffixes);
    while (each.find()) {
      found.add(SUFFIXES.indexOf(each.group(1)));
      found.add(number(each.group(2)).intValue());
    }
    return found;
  }

  private static BigInteger number(String digits) {
    return digits == null || digits.isEmpty() ? BigInteger.ZERO : new BigInteger(digits);
  }
}
