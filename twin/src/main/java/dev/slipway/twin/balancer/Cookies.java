package dev.slipway.twin.balancer;

/** Reads Cookie headers. */
final class Cookies {

  private Cookies() {}

  /** The value of a cookie; empty when the header, which may be null, does not have it. */
  static String value(String header, String name) {
    if (header == null) {
      return "";
    }
    int at = 0;
    while (at < header.length()) {
      int end = header.indexOf(';', at);
      if (end < 0) {
        end = header.length();
      }
      while (at < end && header.charAt(at) == ' ') {
        at++;
      }
      int equals = at + name.length();
      if (header.startsWith(name, at) && equals < end && header.charAt(equals) == '=') {
        return header.substring(equals + 1, end).strip();
      }
      at = end + 1;
    }
    return "";
  }

  /** Whether a Set-Cookie header sets a cookie. */
  static boolean sets(String setCookie, String name) {
    int equals = setCookie.indexOf('=');
    return equals > 0 && setCookie.substring(0, equals).strip().equals(name);
  }
}
