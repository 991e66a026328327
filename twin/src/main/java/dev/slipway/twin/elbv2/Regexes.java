package dev.slipway.twin.elbv2;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.List;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RuleCondition;

/** The regular expressions of conditions and transforms. Source: ELBv2 API reference. */
final class Regexes {

  private static final int LONGEST = 128;

  private Regexes() {}

  /** The checked expressions of a condition. */
  static List<String> of(RuleCondition condition) {
    List<String> found =
        switch (condition.field()) {
          case "path-pattern" ->
              condition.pathPatternConfig() != null
                      && condition.pathPatternConfig().hasRegexValues()
                  ? condition.pathPatternConfig().regexValues()
                  : condition.regexValues();
          case "host-header" ->
              condition.hostHeaderConfig() != null && condition.hostHeaderConfig().hasRegexValues()
                  ? condition.hostHeaderConfig().regexValues()
                  : condition.regexValues();
          case "http-header" ->
              condition.httpHeaderConfig() == null
                  ? List.of()
                  : condition.httpHeaderConfig().regexValues();
          default -> {
            if (condition.hasRegexValues()) {
              throw Refusal.validation(
                  "Regex values cannot be specified for the condition field '"
                      + condition.field()
                      + "'");
            }
            yield List.of();
          }
        };
    found.forEach(Regexes::check);
    return found;
  }

  /** Refuses what is no expression. */
  static void check(String regex) {
    if (regex == null || regex.isEmpty() || regex.length() > LONGEST) {
      throw Refusal.validation("A regular expression must have 1 to 128 characters");
    }
    try {
      Pattern.compile(regex);
    } catch (PatternSyntaxException e) {
      throw Refusal.validation("The regular expression '" + regex + "' is not valid");
    }
  }
}
