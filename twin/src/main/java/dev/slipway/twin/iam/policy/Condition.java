package dev.slipway.twin.iam.policy;

import java.util.List;
import java.util.Locale;
import java.util.function.BiPredicate;

/**
 * One key of a condition block.
 *
 * @param operator without quantifier and {@code IfExists}
 * @param quantifier {@code ForAnyValue}, {@code ForAllValues} or empty
 * @param ifExists whether an absent key passes
 */
public record Condition(
    String operator, String quantifier, boolean ifExists, String key, List<String> values) {

  boolean holds(Access access) {
    List<String> actual = access.values(key);
    if (operator.equals("Null")) {
      return values.contains(Boolean.toString(actual.isEmpty()));
    }
    List<String> wanted = values.stream().map(access::fillIn).toList();
    boolean negated = Operators.isNegated(operator);
    if (actual.isEmpty()) {
      // Source: IAM user guide, reference_policies_multi-value-conditions: ForAllValues is true for
      // an absent key; negated operators are too, and so is everything with IfExists.
      return ifExists || quantifier.equals("ForAllValues") || negated && quantifier.isEmpty();
    }
    BiPredicate<String, String> test = Operators.test(operator);
    if (quantifier.equals("ForAllValues")) {
      return actual.stream().allMatch(value -> fits(test, wanted, value, negated));
    }
    if (quantifier.equals("ForAnyValue")) {
      return actual.stream().anyMatch(value -> fits(test, wanted, value, negated));
    }
    return negated
        ? actual.stream().allMatch(value -> fits(test, wanted, value, true))
        : actual.stream().anyMatch(value -> fits(test, wanted, value, false));
  }

  private static boolean fits(
      BiPredicate<String, String> test, List<String> wanted, String value, boolean negated) {
    return wanted.stream().anyMatch(pattern -> test.test(pattern, value)) != negated;
  }

  static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }
}
