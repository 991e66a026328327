package dev.slipway.validation.observe;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Rule;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RuleCondition;

/**
 * Whether a listener rule matches a plain GET. Source: ELBv2 API, CreateRule: path patterns are
 * case-sensitive, host names are not, {@code *} and {@code ?} are wildcards; every condition must
 * match, one value of each is enough.
 */
final class RuleMatch {

  private RuleMatch() {}

  static boolean matches(Rule rule, String host, String path) {
    return rule.conditions().stream().allMatch(c -> matches(c, host, path));
  }

  /** The path patterns of a rule; empty when it takes every path. */
  static List<String> paths(Rule rule) {
    return values(rule, "path-pattern");
  }

  /** The host patterns of a rule; empty when it takes every host. */
  static List<String> hosts(Rule rule) {
    return values(rule, "host-header");
  }

  private static List<String> values(Rule rule, String field) {
    return rule.conditions().stream()
        .filter(c -> field.equals(c.field()))
        .flatMap(c -> values(c).stream())
        .toList();
  }

  private static List<String> values(RuleCondition condition) {
    if (condition.hostHeaderConfig() != null && condition.hostHeaderConfig().hasValues()) {
      return condition.hostHeaderConfig().values();
    }
    if (condition.pathPatternConfig() != null && condition.pathPatternConfig().hasValues()) {
      return condition.pathPatternConfig().values();
    }
    if (condition.httpRequestMethodConfig() != null) {
      return condition.httpRequestMethodConfig().values();
    }
    return condition.values();
  }

  private static boolean matches(RuleCondition condition, String host, String path) {
    return switch (condition.field()) {
      case "host-header" ->
          values(condition).stream()
              .anyMatch(v -> like(v.toLowerCase(Locale.ROOT), host.toLowerCase(Locale.ROOT)));
      case "path-pattern" -> values(condition).stream().anyMatch(v -> like(v, path));
      case "http-request-method" -> values(condition).contains("GET");
      // Whether these match depends on the client: a header or query that a plain GET lacks.
      case "http-header", "query-string" -> false;
      default -> true;
    };
  }

  private static boolean like(String pattern, String text) {
    StringBuilder regex = new StringBuilder();
    for (int i = 0; i < pattern.length(); i++) {
      char c = pattern.charAt(i);
      switch (c) {
        case '*' -> regex.append(".*");
        case '?' -> regex.append('.');
        default -> regex.append(Pattern.quote(String.valueOf(c)));
      }
    }
    return Pattern.compile(regex.toString(), Pattern.DOTALL).matcher(text).matches();
  }
}
