package dev.slipway.twin.iam.policy;

import java.util.List;
import java.util.regex.Pattern;

/**
 * A statement of a policy.
 *
 * @param principals whom it is about; absent in a policy that hangs on a principal
 */
public record Statement(
    String sid,
    boolean allow,
    Principals principals,
    Elements actions,
    Elements resources,
    List<Condition> conditions) {

  /**
   * A list of patterns, or everything but it.
   *
   * @param present whether the statement has the element at all
   */
  public record Elements(List<String> patterns, boolean negated, boolean present) {

    /** An element that is not there. */
    public static final Elements ANY = new Elements(List.of(), false, false);
  }

  /**
   * Whom a statement is about.
   *
   * @param present whether the statement has the element at all
   */
  public record Principals(List<Principal> all, boolean negated, boolean present) {

    /** An element that is not there. */
    public static final Principals NONE = new Principals(List.of(), false, false);
  }

  /**
   * A principal.
   *
   * @param type {@code AWS}, {@code Service}, {@code Federated}, {@code CanonicalUser}
   * @param id an ARN, an account, a service's name or {@code *}
   */
  public record Principal(String type, String id) {

    private static final Pattern ACCOUNT = Pattern.compile("\\d{12}|arn:aws:iam::\\d{12}:root");

    boolean isAccount() {
      return type.equals("AWS") && ACCOUNT.matcher(id).matches();
    }
  }

  /** The statement with those of its principals that are no accounts. */
  Statement withoutAccounts() {
    List<Principal> named = principals.all().stream().filter(p -> !p.isAccount()).toList();
    return new Statement(
        sid,
        allow,
        new Principals(named, principals.negated(), principals.present()),
        actions,
        resources,
        conditions);
  }

  boolean appliesTo(Access access) {
    return matches(actions, access.action(), access, true)
        && matches(resources, access.resource(), access, false)
        && (!principals.present()
            || principals.negated() != principals.all().stream().anyMatch(access::isMadeBy))
        && conditions.stream().allMatch(condition -> condition.holds(access));
  }

  private static boolean matches(
      Elements elements, String text, Access access, boolean ignoreCase) {
    if (!elements.present()) {
      return true;
    }
    boolean any =
        elements.patterns().stream()
            .map(access::fillIn)
            .anyMatch(pattern ->
                ignoreCase
                    ? Wildcard.matches(Condition.lower(pattern), Condition.lower(text))
                    : Wildcard.matches(pattern, text));
    return any != elements.negated();
  }
}
