package dev.slipway.twin.wire;

import dev.slipway.twin.world.AwsError;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads {@code application/x-www-form-urlencoded} text. */
final class Forms {

  private Forms() {}

  /** The pairs of a form; of a name that comes twice the first value counts. */
  static Map<String, String> parse(String text) {
    Map<String, String> pairs = new LinkedHashMap<>();
    int start = 0;
    while (start < text.length()) {
      int end = text.indexOf('&', start);
      end = end < 0 ? text.length() : end;
      int equals = text.indexOf('=', start);
      equals = equals < 0 || equals > end ? end : equals;
      if (end > start) {
        if (pairs.size() >= WireLimits.NODES) {
          throw AwsError.of("MalformedQueryString", "The query string has too many parameters.");
        }
        String value = equals < end ? text.substring(equals + 1, end) : "";
        pairs.putIfAbsent(decode(text.substring(start, equals)), decode(value));
      }
      start = end + 1;
    }
    return pairs;
  }

  private static String decode(String text) {
    if (text.indexOf('%') < 0 && text.indexOf('+') < 0) {
      return text;
    }
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw AwsError.of("MalformedQueryString", "The query string is malformed.");
    }
  }
}
