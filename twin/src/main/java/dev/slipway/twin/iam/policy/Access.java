package dev.slipway.twin.iam.policy;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What somebody wants to do.
 *
 * @param by who; matters for policies that name principals
 * @param context condition keys, whose case does not matter, with their values
 */
public record Access(
    Statement.Principal by, String action, String resource, Map<String, List<String>> context) {

  private static final Pattern VARIABLE = Pattern.compile("\\$\\{([^}]+)}");

  /** Takes the context over into a map that knows no case. */
  public Access {
    Map<String, List<String>> copy = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    copy.putAll(context);
    context = copy;
  }

  /** An access by a principal that the policies hang on. */
  public static Access to(String action, String resource, Map<String, String> context) {
    Map<String, List<String>> values = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    context.forEach((key, value) -> values.put(key, List.of(value)));
    return new Access(new Statement.Principal("", ""), action, resource, values);
  }

  /** The values of a condition key, none when the key is absent. */
  List<String> values(String key) {
    return context.getOrDefault(key, List.of());
  }

  /** Replaces policy variables such as {@code ${aws:PrincipalAccount}}. */
  String fillIn(String text) {
    if (!text.contains("${")) {
      return text;
    }
    return VARIABLE
        .matcher(text)
        .replaceAll(match -> Matcher.quoteReplacement(value(match.group(1))));
  }

  private String value(String variable) {
    if (variable.equals("*") || variable.equals("?") || variable.equals("$")) {
      return variable;
    }
    List<String> values = values(variable.split(",", 2)[0].strip());
    // A variable without a value matches nothing, so it stays as no ARN or value ever looks.
    return values.size() == 1 ? values.getFirst() : "${" + variable.toLowerCase(Locale.ROOT) + "}";
  }

  boolean isMadeBy(Statement.Principal named) {
    if (named.id().equals("*")) {
      return named.type().equals("AWS")
          || named.type().equals("*")
          || named.type().equals(by.type());
    }
    return named.type().equals(by.type())
        && (named.id().equals(by.id()) || named.type().equals("AWS") && isAccountOf(named.id()));
  }

  /** An account as a principal, by its number or its root, stands for everybody in it. */
  private boolean isAccountOf(String id) {
    String[] caller = by.id().split(":", -1);
    String account = caller.length > 4 ? caller[4] : "";
    return id.equals(account) || id.equals("arn:aws:iam::" + account + ":root");
  }
}
