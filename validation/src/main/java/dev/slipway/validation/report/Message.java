package dev.slipway.validation.report;

import java.util.List;

/**
 * A message for people, in four parts.
 *
 * @param what what failed, on which id
 * @param seen what was expected and what was seen
 * @param cause the likely cause
 * @param next the next commands
 */
public record Message(String what, String seen, String cause, List<String> next) {

  /** The message as text, four lines or more, without a line feed at its end. */
  public String text() {
    StringBuilder text = new StringBuilder(what);
    line(text, "seen", seen);
    line(text, "cause", cause);
    for (String command : next) {
      line(text, "try", command);
    }
    return text.toString();
  }

  private static void line(StringBuilder text, String name, String value) {
    text.append(System.lineSeparator()).append("  %-7s %s".formatted(name, value));
  }
}
