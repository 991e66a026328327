package dev.slipway.twin.iam;

import dev.slipway.twin.iam.PolicyDocument.Statement;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * IAM's demand on trust policies for GitHub's identity provider: they must look at the subject or
 * the workflow, and not at all of them. Source: facts on IAM, GitHub OIDC; the texts were observed.
 */
final class OidcTrust {

  private static final String ISSUER = "token.actions.githubusercontent.com";
  private static final Set<String> OPERATORS =
      Set.of("StringEquals", "StringLike", "StringEqualsIgnoreCase");

  private OidcTrust() {}

  static void check(Statement statement) {
    if (!statement.allow()) {
      return;
    }
    for (String federated : statement.principals().getOrDefault("Federated", List.of())) {
      if (federated.endsWith("oidc-provider/" + ISSUER) && !scoped(statement.conditions())) {
        throw PolicyParser.malformed(
            "Trust policy with trusted principal "
                + federated
                + " must evaluate, using StringEquals, StringLike or StringEqualsIgnoreCase, "
                + ISSUER
                + ":sub or "
                + ISSUER
                + ":job_workflow_ref which is not scoped to all.");
      }
    }
  }

  private static boolean scoped(Map<String, Map<String, List<String>>> conditions) {
    return conditions.entrySet().stream()
        .filter(operator -> OPERATORS.contains(operator.getKey()))
        .flatMap(operator -> operator.getValue().entrySet().stream())
        .filter(key ->
            key.getKey().equals(ISSUER + ":sub")
                || key.getKey().equals(ISSUER + ":job_workflow_ref"))
        .anyMatch(key -> !key.getValue().equals(List.of("*")));
  }
}
