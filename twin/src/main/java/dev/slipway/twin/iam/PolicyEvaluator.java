package dev.slipway.twin.iam;

import dev.slipway.twin.iam.PolicyDocument.Statement;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Decides from policies: an explicit deny wins, else an allow is needed. Source: IAM user guide,
 * reference_policies_evaluation-logic.
 */
final class PolicyEvaluator {

  private PolicyEvaluator() {}

  /** Decides whether identity policies allow an action on a resource. */
  static Authority.Decision identity(
      List<PolicyDocument> policies, String action, String resource, Map<String, String> context) {
    List<Statement> matching =
        policies.stream()
            .flatMap(policy -> policy.statements().stream())
            .filter(statement -> covers(statement, action, resource, context))
            .toList();
    if (matching.stream().anyMatch(statement -> !statement.allow())) {
      return new Authority.Decision(false, "with an explicit deny in an identity-based policy");
    }
    if (matching.isEmpty()) {
      return new Authority.Decision(
          false, "because no identity-based policy allows the " + action + " action");
    }
    return new Authority.Decision(true, "");
  }

  /**
   * Decides whether a trust policy lets a principal perform an action.
   *
   * @param kind the principal's kind: {@code Service}, {@code AWS}, {@code Federated}
   */
  static boolean trusts(
      PolicyDocument trust,
      String kind,
      String principal,
      String action,
      Map<String, String> context) {
    List<Statement> matching =
        trust.statements().stream()
            .filter(statement -> names(statement, kind, principal))
            .filter(statement -> coversAction(statement, action))
            .filter(statement -> Conditions.hold(statement.conditions(), context))
            .toList();
    return !matching.isEmpty() && matching.stream().allMatch(Statement::allow);
  }

  private static boolean names(Statement statement, String kind, String principal) {
    return statement.principals().entrySet().stream()
        .filter(entry -> entry.getKey().equals(kind) || entry.getKey().equals("*"))
        .flatMap(entry -> entry.getValue().stream())
        .anyMatch(name ->
            name.equals("*")
                || name.equals(principal)
                || kind.equals("AWS") && sameAccount(name, principal));
  }

  /** An account's root, or its bare number, stands for every principal of the account. */
  private static boolean sameAccount(String name, String principal) {
    String[] parts = principal.split(":", 6);
    String account = parts.length > 4 ? parts[4] : "";
    return name.equals(account) || name.equals("arn:aws:iam::" + account + ":root");
  }

  private static boolean covers(
      Statement statement, String action, String resource, Map<String, String> context) {
    return coversAction(statement, action)
        && coversResource(statement, resource)
        && Conditions.hold(statement.conditions(), context);
  }

  private static boolean coversAction(Statement statement, String action) {
    String wanted = action.toLowerCase(Locale.ROOT);
    return statement.actions().isEmpty()
        ? statement.notActions().stream().noneMatch(pattern -> matches(pattern, wanted))
        : statement.actions().stream().anyMatch(pattern -> matches(pattern, wanted));
  }

  private static boolean matches(String pattern, String action) {
    return Glob.matches(pattern.toLowerCase(Locale.ROOT), action);
  }

  private static boolean coversResource(Statement statement, String resource) {
    return statement.resources().isEmpty()
        ? statement.notResources().stream().noneMatch(pattern -> Glob.matches(pattern, resource))
        : statement.resources().stream().anyMatch(pattern -> Glob.matches(pattern, resource));
  }
}
