package dev.slipway.validation.check;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Reads which subjects of GitHub's tokens a trust policy waits for. Source: GitHub, OpenID Connect
 * reference: subjects are {@code repo:OWNER/REPOSITORY:} and {@code ref:refs/heads/BRANCH}, {@code
 * environment:NAME} or {@code pull_request}, or claims of the organisation's choice, each with its
 * name before it.
 */
public final class Subjects {

  private static final String SUBJECT = "token.actions.githubusercontent.com:sub";

  private static final Pattern EQUAL =
      Pattern.compile("(?:ForAnyValue:|ForAllValues:)?StringEquals(?:IgnoreCase)?(?:IfExists)?");
  private static final Pattern LIKE =
      Pattern.compile("(?:ForAnyValue:|ForAllValues:)?StringLike(?:IfExists)?");

  /** An address, a repository without its claim's name, or a branch or tag without one. */
  private static final Pattern NO_CLAIM =
      Pattern.compile(
          "https?://.*|[^:*?]*/[^:*?]*:.*"
              + "|repo:[^:*?]+:(?:refs/|heads/|tags/|branch[:/]|tag[:/]|env:|pull-request|main$|master$).*");

  private Subjects() {}

  /**
   * Why no workflow of GitHub can assume a role, by the subject that its trust policy wants; empty
   * when one may, or when it is not told by the subject.
   */
  public static Optional<String> impossible(String trust) {
    List<JsonNode> ways = Policies.forGithub(trust);
    List<String> reasons = ways.stream().flatMap(w -> never(w.path("Condition")).stream()).toList();
    return ways.isEmpty() || reasons.size() < ways.size()
        ? Optional.empty()
        : Optional.of(reasons.getFirst());
  }

  /** All conditions of a statement must hold: one that cannot is enough. */
  private static Optional<String> never(JsonNode condition) {
    return condition.properties().stream()
        .flatMap(operator -> {
          boolean exact = EQUAL.matcher(operator.getKey()).matches();
          if (!exact && !LIKE.matcher(operator.getKey()).matches()) {
            return Stream.empty();
          }
          List<String> wanted = Policies.values(operator.getValue().path(SUBJECT)).toList();
          List<String> reasons =
              wanted.stream().flatMap(s -> wrong(s, exact, operator.getKey()).stream()).toList();
          return wanted.isEmpty() || reasons.size() < wanted.size()
              ? Stream.<String>empty()
              : reasons.stream();
        })
        .findFirst();
  }

  private static Optional<String> wrong(String subject, boolean exact, String operator) {
    if (exact && (subject.contains("*") || subject.contains("?"))) {
      return Optional.of("%s takes the wildcard of %s literally".formatted(operator, subject));
    }
    return NO_CLAIM.matcher(subject).matches()
        ? Optional.of("subject %s has not the form of GitHub's".formatted(subject))
        : Optional.empty();
  }
}
