package dev.slipway.twin.ecs;

import java.util.Map;

/**
 * What Go's JSON decoder says of a text that is not JSON: the platform's agent is written in Go.
 *
 * <p>Source: Go's package encoding/json, SyntaxError; stopped tasks of AWS accounts.
 */
final class GoJson {

  private static final Map<Character, String> LITERALS =
      Map.of('t', "true", 'f', "false", 'n', "null");

  private GoJson() {}

  /** The message for the first character that cannot be. */
  static String complaint(String text) {
    String json = text.strip();
    if (json.isEmpty()) {
      return "unexpected end of JSON input";
    }
    char first = json.charAt(0);
    String literal = LITERALS.get(first);
    if (literal != null) {
      return literal(json, literal);
    }
    if (Character.isDigit(first)) {
      return number(json);
    }
    return first == '{' || first == '['
        ? "unexpected end of JSON input"
        : invalid(first) + "looking for beginning of value";
  }

  private static String literal(String json, String literal) {
    for (int i = 1; i < literal.length(); i++) {
      if (i == json.length()) {
        return "unexpected end of JSON input";
      }
      if (json.charAt(i) != literal.charAt(i)) {
        return invalid(json.charAt(i))
            + "in literal "
            + literal
            + " (expecting '"
            + literal.charAt(i)
            + "')";
      }
    }
    return afterValue(json, literal.length());
  }

  private static String number(String json) {
    int end = 0;
    while (end < json.length() && Character.isDigit(json.charAt(end))) {
      end++;
    }
    return afterValue(json, end);
  }

  private static String afterValue(String json, int at) {
    return at < json.length()
        ? invalid(json.charAt(at)) + "after top-level value"
        : "json: cannot unmarshal a value that is not an object";
  }

  private static String invalid(char character) {
    return "invalid character '" + character + "' ";
  }
}
