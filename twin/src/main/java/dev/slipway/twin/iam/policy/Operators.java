package dev.slipway.twin.iam.policy;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.IntPredicate;

/**
 * The condition operators: each compares a value of a policy with one of a request. Source: IAM
 * user guide, reference_policies_elements_condition_operators.
 */
final class Operators {

  private static final Map<String, BiPredicate<String, String>> POSITIVE =
      Map.ofEntries(
          Map.entry("StringEquals", String::equals),
          Map.entry("StringEqualsIgnoreCase", String::equalsIgnoreCase),
          Map.entry("StringLike", Wildcard::matches),
          Map.entry("ArnEquals", Wildcard::matches),
          Map.entry("ArnLike", Wildcard::matches),
          Map.entry("Bool", String::equalsIgnoreCase),
          Map.entry("BinaryEquals", String::equals),
          Map.entry("IpAddress", CidrBlock::contains),
          Map.entry("NumericEquals", numbers(c -> c == 0)),
          Map.entry("NumericLessThan", numbers(c -> c < 0)),
          Map.entry("NumericLessThanEquals", numbers(c -> c <= 0)),
          Map.entry("NumericGreaterThan", numbers(c -> c > 0)),
          Map.entry("NumericGreaterThanEquals", numbers(c -> c >= 0)),
          Map.entry("DateEquals", dates(c -> c == 0)),
          Map.entry("DateLessThan", dates(c -> c < 0)),
          Map.entry("DateLessThanEquals", dates(c -> c <= 0)),
          Map.entry("DateGreaterThan", dates(c -> c > 0)),
          Map.entry("DateGreaterThanEquals", dates(c -> c >= 0)));

  private static final Map<String, String> NEGATED =
      Map.of(
          "StringNotEquals", "StringEquals",
          "StringNotEqualsIgnoreCase", "StringEqualsIgnoreCase",
          "StringNotLike", "StringLike",
          "ArnNotEquals", "ArnEquals",
          "ArnNotLike", "ArnLike",
          "NotIpAddress", "IpAddress",
          "NumericNotEquals", "NumericEquals",
          "DateNotEquals", "DateEquals");

  private Operators() {}

  static boolean isKnown(String operator) {
    return operator.equals("Null")
        || POSITIVE.containsKey(operator)
        || NEGATED.containsKey(operator);
  }

  static boolean isNegated(String operator) {
    return NEGATED.containsKey(operator);
  }

  /** The test of an operator; of a negated one the test that must fail. */
  static BiPredicate<String, String> test(String operator) {
    return POSITIVE.get(NEGATED.getOrDefault(operator, operator));
  }

  private static BiPredicate<String, String> numbers(IntPredicate order) {
    return (wanted, actual) -> {
      try {
        return order.test(new BigDecimal(actual).compareTo(new BigDecimal(wanted)));
      } catch (NumberFormatException e) {
        return false;
      }
    };
  }

  private static BiPredicate<String, String> dates(IntPredicate order) {
    return (wanted, actual) ->
        instant(actual)
            .flatMap(a -> instant(wanted).map(w -> order.test(a.compareTo(w))))
            .orElse(false);
  }

  private static Optional<Instant> instant(String text) {
    try {
      return Optional.of(
          text.matches("\\d+") ? Instant.ofEpochSecond(Long.parseLong(text)) : Instant.parse(text));
    } catch (DateTimeParseException | NumberFormatException e) {
      return Optional.empty();
    }
  }
}
