package dev.slipway.twin.iam.policy;

import java.util.List;
import java.util.Set;

/**
 * IAM refuses to trust all of GitHub: a trust policy for its provider has to narrow the subject. A
 * list that only contains {@code *} among others passes. Source: answers of the real service as
 * users quote them.
 */
final class GitHubTrust {

  private static final String HOST = "token.actions.githubusercontent.com";
  private static final Set<String> OPERATORS =
      Set.of("StringEquals", "StringLike", "StringEqualsIgnoreCase");
  private static final Set<String> KEYS = Set.of(HOST + ":sub", HOST + ":job_workflow_ref");

  private GitHubTrust() {}

  static void check(Statement statement) {
    for (Statement.Principal principal : statement.principals().all()) {
      boolean gitHub =
          principal.type().equals("Federated") && principal.id().endsWith(":oidc-provider/" + HOST);
      if (gitHub
          && statement.allow()
          && statement.conditions().stream().noneMatch(GitHubTrust::isScoped)) {
        throw PolicyReader.malformed(
            ("Trust policy with trusted principal %s must evaluate, using StringEquals, StringLike"
                    + " or StringEqualsIgnoreCase, %s:sub or %s:job_workflow_ref which is not"
                    + " scoped to all.")
                .formatted(principal.id(), HOST, HOST));
      }
    }
  }

  private static boolean isScoped(Condition condition) {
    return OPERATORS.contains(condition.operator())
        && KEYS.contains(Condition.lower(condition.key()))
        && !condition.values().equals(List.of("*"));
  }
}
