package dev.slipway.twin.iam;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;

/**
 * Condition operators. All operators and keys of a statement must hold; of a key's values one is
 * enough, or for the negated operators none may match. Source: IAM user guide,
 * reference_policies_elements_condition_operators.
 */
final class Conditions {

  private record Operator(BiPredicate<String, String> test, boolean negated) {}

  private static final Map<String, Operator> OPERATORS =
      Map.ofEntries(
          Map.entry("StringEquals", new Operator(String::equals, false)),
          Map.entry("StringNotEquals", new Operator(String::equals, true)),
          Map.entry("StringEqualsIgnoreCase", new Operator(String::equalsIgnoreCase, false)),
          Map.entry("StringNotEqualsIgnoreCase", new Operator(String::equalsIgnoreCase, true)),
          Map.entry("StringLike", new Operator(Glob::matches, false)),
          Map.entry("StringNotLike", new Operator(Glob::matches, true)),
          Map.entry("ArnEquals", new Operator(Glob::matches, false)),
          Map.entry("ArnLike", new Operator(Glob::matches, false)),
          Map.entry("ArnNotEquals", new Operator(Glob::matches, true)),
          Map.entry("ArnNotLike", new Operator(Glob::matches, true)),
          Map.entry("Bool", new Operator(String::equalsIgnoreCase, false)));
  private static final String IF_EXISTS = "IfExists";
  private static final String FOR_ANY = "ForAnyValue:";
  private static final String FOR_ALL = "ForAllValues:";

  private Conditions() {}

  /** Refuses an operator that cannot be judged, so that no policy is read as wider than it is. */
  static void require(String name) {
    if (!name.equals("Null") && !OPERATORS.containsKey(plain(name))) {
      throw PolicyParser.malformed("The twin does not evaluate the condition operator " + name);
    }
  }

  static boolean hold(
      Map<String, Map<String, List<String>>> conditions, Map<String, String> context) {
    return conditions.entrySet().stream()
        .allMatch(operator ->
            operator.getValue().entrySet().stream()
                .allMatch(key -> holds(operator.getKey(), key.getKey(), key.getValue(), context)));
  }

  private static boolean holds(
      String name, String key, List<String> wanted, Map<String, String> context) {
    Optional<String> actual = lookUp(key, context);
    if (name.equals("Null")) {
      return wanted.stream().anyMatch(value -> Boolean.parseBoolean(value) == actual.isEmpty());
    }
    Operator operator = OPERATORS.get(plain(name));
    if (actual.isEmpty()) {
      return name.endsWith(IF_EXISTS) || name.startsWith(FOR_ALL) || operator.negated();
    }
    boolean any = wanted.stream().anyMatch(value -> operator.test().test(value, actual.get()));
    return any != operator.negated();
  }

  /** Condition keys are matched without case. */
  private static Optional<String> lookUp(String key, Map<String, String> context) {
    String wanted = key.toLowerCase(Locale.ROOT);
    return context.entrySet().stream()
        .filter(entry -> entry.getKey().toLowerCase(Locale.ROOT).equals(wanted))
        .map(Map.Entry::getValue)
        .findFirst();
  }

  private static String plain(String name) {
    String plain = name;
    if (plain.startsWith(FOR_ANY)) {
      plain = plain.substring(FOR_ANY.length());
    } else if (plain.startsWith(FOR_ALL)) {
      plain = plain.substring(FOR_ALL.length());
    }
    return plain.endsWith(IF_EXISTS)
        ? plain.substring(0, plain.length() - IF_EXISTS.length())
        : plain;
  }
}
