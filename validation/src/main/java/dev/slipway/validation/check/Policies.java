package dev.slipway.validation.check;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Reads IAM policy documents as far as a diagnosis needs: which actions they allow or deny, whom
 * they trust. Conditions and resources of an Allow are taken as fulfilled, so that nothing is
 * called missing that may be there.
 */
public final class Policies {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String GITHUB = "token.actions.githubusercontent.com";

  /** {@code *} or {@code service:*}. */
  private static final Pattern BULK = Pattern.compile("\\*|[A-Za-z0-9-]+:\\*");

  /** What compares with texts, for keys of one value or of several, which GitHub always sends. */
  private static final Pattern EQUAL =
      Pattern.compile(
          "(ForAnyValue:|ForAllValues:)?String(Equals|EqualsIgnoreCase|Like)(IfExists)?");

  /** A wildcard before the repository's name has ended. */
  private static final Pattern MANY_REPOSITORIES = Pattern.compile("[^/*?]*([*?]|/[^:*?]*[*?]).*");

  private Policies() {}

  /** Whether these documents allow an action on something, and none denies it on everything. */
  public static boolean allow(Collection<String> documents, String action) {
    boolean denied =
        documents.stream()
            .anyMatch(d ->
                any(
                    d,
                    s ->
                        effect(s, "Deny")
                            && covers(s, action)
                            && !s.has("Condition")
                            && everything(s)));
    return !denied
        && documents.stream().anyMatch(d -> any(d, s -> effect(s, "Allow") && covers(s, action)));
  }

  /**
   * Whether a document allows an action on one resource. Conditions of an Allow are taken as
   * fulfilled, a Deny with a condition as not met; a document that cannot be read allows all.
   */
  public static boolean allow(String document, String action, String resource) {
    if (!readable(document)) {
      return true;
    }
    boolean denied =
        any(
            document,
            s ->
                effect(s, "Deny")
                    && !s.has("Condition")
                    && covers(s, action)
                    && concerns(s, resource));
    return !denied
        && any(document, s -> effect(s, "Allow") && covers(s, action) && concerns(s, resource));
  }

  /**
   * Whether a trust policy lets ECS tasks of an account assume the role. Source: ECS developer
   * guide, task_execution_IAM_role: the account may be a condition.
   *
   * @param account the tasks' account, empty when unknown
   */
  public static boolean trustsEcsTasks(String trust, String account) {
    return any(
        trust,
        s ->
            effect(s, "Allow")
                && covers(s, "sts:AssumeRole")
                && isFor(s.path("Condition"), account)
                && texts(
                    s.path("Principal").path("Service"), t -> t.equals("ecs-tasks.amazonaws.com")));
  }

  private static boolean isFor(JsonNode condition, String account) {
    if (account.isEmpty()) {
      return true;
    }
    for (var operator : condition.properties()) {
      if (!operator.getKey().startsWith("StringEquals")) {
        continue;
      }
      for (var key : operator.getValue().properties()) {
        if (key.getKey().equalsIgnoreCase("aws:SourceAccount")
            && !texts(key.getValue(), account::equals)) {
          return false;
        }
      }
    }
    return true;
  }

  /** Whether a document allows everything on everything. */
  public static boolean administers(String document) {
    return any(
        document,
        s ->
            effect(s, "Allow")
                && everything(s)
                && !s.has("Condition")
                && texts(s.path("Action"), "*"::equals));
  }

  /**
   * The actions that a document allows in bulk ({@code *} or {@code service:*}) on every resource
   * and without a condition.
   */
  public static List<String> wildcards(String document) {
    return statements(document)
        .filter(s -> effect(s, "Allow") && everything(s) && !s.has("Condition"))
        .flatMap(s -> values(s.path("Action")))
        .filter(a -> BULK.matcher(a).matches())
        .toList();
  }

  /**
   * Why a trust policy lets GitHub workflows of other repositories in; empty when it does not.
   * Source: GitHub, configuring OpenID Connect in AWS.
   */
  public static Optional<String> looseSubject(String trust) {
    return forGithub(trust).stream()
        .flatMap(s -> looseness(s.path("Condition")).stream())
        .findFirst();
  }

  /** The statements of a trust policy by which GitHub's workflows may assume the role. */
  static List<JsonNode> forGithub(String trust) {
    return statements(trust)
        .filter(s -> effect(s, "Allow"))
        .filter(s -> texts(s.path("Principal").path("Federated"), f -> f.contains(GITHUB)))
        .toList();
  }

  private static Optional<String> looseness(JsonNode condition) {
    List<JsonNode> equal =
        condition.properties().stream()
            .filter(operator -> EQUAL.matcher(operator.getKey()).matches())
            .map(Map.Entry::getValue)
            .toList();
    List<String> subjects =
        equal.stream()
            .flatMap(keys -> Stream.of(":sub", ":job_workflow_ref").map(k -> keys.path(GITHUB + k)))
            .flatMap(Policies::values)
            .toList();
    if (subjects.isEmpty()) {
      return Optional.of("no StringEquals or StringLike on the subject");
    }
    Optional<String> wide =
        subjects.stream().filter(s -> MANY_REPOSITORIES.matcher(s).matches()).findFirst();
    if (wide.isPresent()) {
      return Optional.of("subject " + wide.get() + " stands for many repositories");
    }
    return equal.stream().anyMatch(keys -> keys.has(GITHUB + ":aud"))
        ? Optional.empty()
        : Optional.of("no condition on the audience");
  }

  private static boolean covers(JsonNode statement, String action) {
    if (statement.has("NotAction")) {
      return !texts(statement.path("NotAction"), p -> like(p, action));
    }
    return texts(statement.path("Action"), p -> like(p, action));
  }

  private static boolean concerns(JsonNode statement, String resource) {
    if (statement.has("NotResource")) {
      return !texts(statement.path("NotResource"), p -> like(p, resource));
    }
    return texts(statement.path("Resource"), p -> like(p, resource));
  }

  private static boolean readable(String document) {
    try {
      return JSON.readTree(document).has("Statement");
    } catch (JsonProcessingException e) {
      return false;
    }
  }

  private static boolean everything(JsonNode statement) {
    return texts(statement.path("Resource"), r -> r.equals("*"));
  }

  private static boolean effect(JsonNode statement, String effect) {
    return effect.equals(statement.path("Effect").asText());
  }

  /** Actions are compared without regard to case; {@code *} and {@code ?} are wildcards. */
  private static boolean like(String pattern, String action) {
    StringBuilder regex = new StringBuilder();
    for (char c : pattern.toLowerCase(Locale.ROOT).toCharArray()) {
      regex.append(c == '*' ? ".*" : c == '?' ? "." : Pattern.quote(String.valueOf(c)));
    }
    return action.toLowerCase(Locale.ROOT).matches(regex.toString());
  }

  private static boolean any(String document, Predicate<JsonNode> test) {
    return statements(document).anyMatch(test);
  }

  /** None of a document that cannot be read. */
  private static Stream<JsonNode> statements(String document) {
    try {
      JsonNode statements = JSON.readTree(document).path("Statement");
      return statements.isArray() ? statements.valueStream() : Stream.of(statements);
    } catch (JsonProcessingException e) {
      return Stream.empty();
    }
  }

  private static boolean texts(JsonNode node, Predicate<String> test) {
    return values(node).anyMatch(test);
  }

  /** A text or a list of texts. */
  static Stream<String> values(JsonNode node) {
    return (node.isArray() ? node.valueStream() : Stream.of(node))
        .filter(JsonNode::isTextual)
        .map(JsonNode::asText);
  }
}
