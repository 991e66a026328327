package dev.slipway.twin.iam;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.slipway.twin.iam.PolicyDocument.Statement;
import dev.slipway.twin.world.AwsError;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads policy documents and refuses malformed ones with IAM's words. */
final class PolicyParser {

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION).build();
  private static final Set<String> VERSIONS = Set.of("2012-10-17", "2008-10-17");

  private PolicyParser() {}

  /**
   * Reads a document of an identity policy.
   *
   * @throws AwsError {@code MalformedPolicyDocument}
   */
  static PolicyDocument identity(String text) {
    PolicyDocument document = parse(text);
    for (Statement statement : document.statements()) {
      if (!statement.principals().isEmpty()) {
        throw malformed("Policy document should not specify a principal.");
      }
      if (statement.resources().isEmpty() && statement.notResources().isEmpty()) {
        throw malformed("Policy statement must contain resources.");
      }
    }
    return document;
  }

  /**
   * Reads a role's trust policy.
   *
   * @throws AwsError {@code MalformedPolicyDocument}
   */
  static PolicyDocument trust(String text) {
    PolicyDocument document = parse(text);
    for (Statement statement : document.statements()) {
      if (!statement.resources().isEmpty() || !statement.notResources().isEmpty()) {
        throw malformed("Has prohibited field Resource");
      }
      if (statement.principals().isEmpty()) {
        throw malformed("Missing required field Principal");
      }
      OidcTrust.check(statement);
    }
    return document;
  }

  private static PolicyDocument parse(String text) {
    JsonNode root = read(text);
    if (!root.isObject()) {
      throw malformed("Syntax errors in policy.");
    }
    JsonNode version = root.path("Version");
    if (!version.isMissingNode() && !VERSIONS.contains(version.asText())) {
      throw malformed("Syntax errors in policy.");
    }
    JsonNode statements = root.path("Statement");
    List<Statement> parsed = new ArrayList<>();
    if (statements.isArray()) {
      statements.forEach(node -> parsed.add(statement(node)));
    } else if (statements.isObject()) {
      parsed.add(statement(statements));
    }
    if (parsed.isEmpty()) {
      throw malformed("Missing required field Statement");
    }
    return new PolicyDocument(List.copyOf(parsed));
  }

  private static JsonNode read(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw malformed("This policy contains invalid Json");
    }
  }

  private static Statement statement(JsonNode node) {
    String effect = node.path("Effect").asText();
    if (!effect.equals("Allow") && !effect.equals("Deny")) {
      throw malformed("Syntax errors in policy.");
    }
    List<String> actions = strings(node.path("Action"));
    List<String> notActions = strings(node.path("NotAction"));
    if (actions.isEmpty() == notActions.isEmpty()) {
      throw malformed("Policy statement must contain actions.");
    }
    for (String action : actions) {
      if (!action.equals("*") && !action.contains(":")) {
        throw malformed(
            "Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.");
      }
    }
    return new Statement(
        node.path("Sid").asText(""),
        effect.equals("Allow"),
        principals(node.path("Principal")),
        actions,
        notActions,
        strings(node.path("Resource")),
        strings(node.path("NotResource")),
        conditions(node.path("Condition")));
  }

  private static Map<String, List<String>> principals(JsonNode node) {
    Map<String, List<String>> principals = new LinkedHashMap<>();
    if (node.isTextual()) {
      principals.put("*", List.of(node.asText()));
    }
    node.properties().forEach(entry -> principals.put(entry.getKey(), strings(entry.getValue())));
    return Map.copyOf(principals);
  }

  private static Map<String, Map<String, List<String>>> conditions(JsonNode node) {
    Map<String, Map<String, List<String>>> conditions = new LinkedHashMap<>();
    node.properties()
        .forEach(operator -> {
          Conditions.require(operator.getKey());
          Map<String, List<String>> keys = new LinkedHashMap<>();
          operator
              .getValue()
              .properties()
              .forEach(key -> keys.put(key.getKey(), strings(key.getValue())));
          conditions.put(operator.getKey(), keys);
        });
    return conditions;
  }

  private static List<String> strings(JsonNode node) {
    if (node.isMissingNode() || node.isNull()) {
      return List.of();
    }
    if (node.isValueNode()) {
      return List.of(node.asText());
    }
    List<String> values = new ArrayList<>();
    node.forEach(value -> values.add(value.asText()));
    return List.copyOf(values);
  }

  static AwsError malformed(String message) {
    return AwsError.of("MalformedPolicyDocument", message);
  }
}
