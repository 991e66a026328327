package dev.slipway.twin.elbv2;

import java.util.regex.Pattern;

/** The HTTP codes that a health check takes for success: {@code 200}, {@code 200,202}, ranges. */
final class StatusMatcher {

  private static final Pattern FORM = Pattern.compile("\\d{3}(-\\d{3})?(,\\d{3}(-\\d{3})?)*");
  private static final int LOWEST = 200;
  private static final int HIGHEST = 499;

  private StatusMatcher() {}

  /** Refuses what is no list of codes and ranges from 200 to 499. */
  static void check(String codes) {
    if (!FORM.matcher(codes).matches()) {
      throw Refusal.validation("Health check matcher HTTP code '" + codes + "' is not valid");
    }
    for (String part : codes.split("[,-]", -1)) {
      int code = Integer.parseInt(part);
      if (code < LOWEST || code > HIGHEST) {
        throw Refusal.validation(
            "Health check matcher HTTP code '" + code + "' must be between '200' and '499'");
      }
    }
  }

  /** Whether a code is among them. */
  static boolean accepts(String codes, int status) {
    for (String part : codes.split(",", -1)) {
      String[] ends = part.split("-", -1);
      if (status >= Integer.parseInt(ends[0])
          && status <= Integer.parseInt(ends[ends.length - 1])) {
        return true;
      }
    }
    return false;
  }
}
