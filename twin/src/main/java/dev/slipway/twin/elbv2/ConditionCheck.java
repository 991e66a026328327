package dev.slipway.twin.elbv2;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.QueryStringKeyValuePair;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RuleCondition;

/**
 * Checks the conditions of a rule and completes them as AWS shows them: host and path patterns both
 * as values and as a configuration. Source: ELBv2 API reference, RuleCondition.
 */
final class ConditionCheck {

  private static final int MOST_VALUES = 5;
  private static final int MOST_WILDCARDS = 5;
  private static final int LONGEST = 128;

  private ConditionCheck() {}

  /** The conditions in full. */
  static List<RuleCondition> complete(List<RuleCondition> conditions) {
    if (conditions.isEmpty()) {
      throw Refusal.validation("A rule must have at least one condition");
    }
    List<RuleCondition> complete = conditions.stream().map(ConditionCheck::complete).toList();
    for (String once : Set.of("host-header", "path-pattern", "http-request-method", "source-ip")) {
      if (complete.stream().filter(condition -> condition.field().equals(once)).count() > 1) {
        throw Refusal.validation("A rule can have only one '" + once + "' condition");
      }
    }
    List<String> all = complete.stream().flatMap(c -> values(c).stream()).toList();
    if (all.size() + complete.stream().mapToInt(c -> Regexes.of(c).size()).sum() > MOST_VALUES) {
      throw Refusal.validation("A rule can have at most 5 condition values");
    }
    long wildcards =
        all.stream().flatMapToInt(String::chars).filter(c -> c == '*' || c == '?').count();
    if (wildcards > MOST_WILDCARDS) {
      throw Refusal.validation("A rule can have at most 5 condition wildcards");
    }
    return complete;
  }

  private static RuleCondition complete(RuleCondition condition) {
    Refusal.missing("conditions.1.member.field", condition.field());
    List<String> regexes = Regexes.of(condition);
    RuleCondition complete =
        switch (condition.field()) {
          case "path-pattern" -> {
            List<String> values = values(condition);
            yield condition.toBuilder()
                .values(values)
                .pathPatternConfig(
                    config -> config.values(values).regexValues(regexes.isEmpty() ? null : regexes))
                .build();
          }
          case "host-header" -> {
            List<String> values = values(condition);
            yield condition.toBuilder()
                .values(values)
                .hostHeaderConfig(
                    config -> config.values(values).regexValues(regexes.isEmpty() ? null : regexes))
                .build();
          }
          case "http-header", "http-request-method", "query-string", "source-ip" -> condition;
          default ->
              throw Refusal.validation(
                  "Condition field '"
                      + condition.field()
                      + "' must be one of '[path-pattern,"
                      + " host-header, http-header, http-request-method, query-string,"
                      + " source-ip]'");
        };
    List<String> values = values(complete);
    if (values.isEmpty() && regexes.isEmpty()) {
      throw Refusal.validation(
          "A condition value must be specified for the field '" + condition.field() + "'");
    }
    values.forEach(value -> check(complete.field(), value));
    return complete;
  }

  private static void check(String field, String value) {
    if (value.length() > LONGEST) {
      throw Refusal.validation(
          "Condition value '" + value + "' cannot be longer than '128' characters");
    }
    boolean valid =
        switch (field) {
          case "path-pattern" -> value.matches("[A-Za-z0-9_\\-.$/~\"'@:+&*?,;!%()\\[\\]=|]+");
          case "host-header" -> value.matches("[A-Za-z0-9\\-.*?]+");
          case "http-request-method" -> value.matches("[A-Z_-]{1,40}");
          case "source-ip" -> value.matches("\\d{1,3}(\\.\\d{1,3}){3}/(\\d|[12]\\d|3[0-2])");
          default -> true;
        };
    if (!valid) {
      throw Refusal.validation(
          "The condition value '" + value + "' of the field '" + field + "' is not valid");
    }
  }

  /** The values of a condition of any kind; a query pair counts as one or two. */
  static List<String> values(RuleCondition condition) {
    return switch (condition.field()) {
      case "path-pattern" ->
          condition.pathPatternConfig() != null && condition.pathPatternConfig().hasValues()
              ? condition.pathPatternConfig().values()
              : condition.values();
      case "host-header" ->
          condition.hostHeaderConfig() != null && condition.hostHeaderConfig().hasValues()
              ? condition.hostHeaderConfig().values()
              : condition.values();
      case "http-header" ->
          condition.httpHeaderConfig() == null
                  || condition.httpHeaderConfig().httpHeaderName() == null
              ? List.of()
              : condition.httpHeaderConfig().values();
      case "http-request-method" ->
          condition.httpRequestMethodConfig() == null
              ? List.of()
              : condition.httpRequestMethodConfig().values();
      case "source-ip" -> {
        if (condition.sourceIpConfig() == null) {
          yield List.of();
        }
        if (condition.sourceIpConfig().ipAddressType() != null) {
          throw Refusal.unsupported("the parameter SourceIpConfig.IpAddressType");
        }
        yield condition.sourceIpConfig().values();
      }
      case "query-string" -> {
        List<String> values = new ArrayList<>();
        if (condition.queryStringConfig() != null) {
          for (QueryStringKeyValuePair pair : condition.queryStringConfig().values()) {
            Refusal.missing("queryStringConfig.values.1.member.value", pair.value());
            values.add(pair.value());
          }
        }
        yield values;
      }
      default -> List.of();
    };
  }
}
