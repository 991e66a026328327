package dev.slipway.twin.iam.policy;

import java.util.List;

/** A policy: its statements in order. */
public record PolicyDocument(String version, List<Statement> statements) {

  /** What the policies of a kind say together. */
  public enum Effect {
    /** A statement denies; nothing outweighs it. */
    DENIED,
    /** A statement allows and none denies. */
    ALLOWED,
    /** No statement applies. */
    SILENT
  }

  /** The same policy as far as it names principals themselves, and not their accounts. */
  public PolicyDocument withoutAccounts() {
    return new PolicyDocument(
        version, statements.stream().map(Statement::withoutAccounts).toList());
  }

  /** What some policies say to an access. */
  public static Effect evaluate(List<PolicyDocument> policies, Access access) {
    List<Statement> applying =
        policies.stream()
            .flatMap(policy -> policy.statements().stream())
            .filter(statement -> statement.appliesTo(access))
            .toList();
    if (applying.isEmpty()) {
      return Effect.SILENT;
    }
    return applying.stream().allMatch(Statement::allow) ? Effect.ALLOWED : Effect.DENIED;
  }
}
