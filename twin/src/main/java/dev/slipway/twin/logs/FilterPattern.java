package dev.slipway.twin.logs;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A filter pattern for unstructured events: terms that must occur, {@code ?terms} of which one must
 * occur, {@code -terms} that must not. Case matters. Source: CloudWatch Logs user guide,
 * FilterAndPatternSyntax.
 */
record FilterPattern(List<String> required, List<String> optional, List<String> excluded)
    implements Predicate<String> {

  private static final Pattern TERM = Pattern.compile("\\G\\s*([?-]?)(?:\"([^\"]*)\"|(\\S+))");

  static FilterPattern parse(String text) {
    String pattern = text == null ? "" : text.strip();
    if (pattern.startsWith("{") || pattern.startsWith("[") || pattern.startsWith("%")) {
      throw Logs.invalid(
          "JSON, space-delimited and regular expression patterns are not supported by the twin: "
              + pattern);
    }
    FilterPattern parsed =
        new FilterPattern(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    Matcher matcher = TERM.matcher(pattern);
    while (matcher.find()) {
      String term = matcher.group(2) == null ? plain(matcher.group(3)) : matcher.group(2);
      switch (matcher.group(1)) {
        case "?" -> parsed.optional.add(term);
        case "-" -> parsed.excluded.add(term);
        default -> parsed.required.add(term);
      }
    }
    return parsed;
  }

  private static String plain(String term) {
    if (!term.chars().allMatch(c -> Character.isLetterOrDigit(c) || c == '_')) {
      throw Logs.invalid("Invalid character(s) in term '" + term + "'");
    }
    return term;
  }

  @Override
  public boolean test(String message) {
    return required.stream().allMatch(message::contains)
        && (optional.isEmpty() || optional.stream().anyMatch(message::contains))
        && excluded.stream().noneMatch(message::contains);
  }
}
