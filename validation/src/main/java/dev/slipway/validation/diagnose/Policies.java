package dev.slipway.validation.diagnose;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Collection;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

/**
 * Reads IAM policy documents as far as a diagnosis needs: which actions they allow or deny, whom
 * they trust. Conditions and resources of an Allow are taken as fulfilled, so that nothing is
 * called missing that may be there.
 */
final class Policies {

  private static final ObjectMapper JSON = new ObjectMapper();

  private Policies() {}

  /** Whether these documents allow an action on something, and none denies it on everything. */
  static boolean allow(Collection<String> documents, String action) {
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

  /** Whether a trust policy lets ECS tasks assume the role. */
  static boolean trustsEcsTasks(String trust) {
    return any(
        trust,
        s ->
            effect(s, "Allow")
                && covers(s, "sts:AssumeRole")
                && texts(
                    s.path("Principal").path("Service"), t -> t.equals("ecs-tasks.amazonaws.com")));
  }

  private static boolean covers(JsonNode statement, String action) {
    if (statement.has("NotAction")) {
      return !texts(statement.path("NotAction"), p -> like(p, action));
    }
    return texts(statement.path("Action"), p -> like(p, action));
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
    try {
      JsonNode statements = JSON.readTree(document).path("Statement");
      return statements.isArray()
          ? StreamSupport.stream(statements.spliterator(), false).anyMatch(test)
          : test.test(statements);
    } catch (JsonProcessingException e) {
      return false;
    }
  }

  private static boolean texts(JsonNode node, Predicate<String> test) {
    return node.isArray()
        ? StreamSupport.stream(node.spliterator(), false).anyMatch(n -> test.test(n.asText()))
        : node.isTextual() && test.test(node.asText());
  }
}
