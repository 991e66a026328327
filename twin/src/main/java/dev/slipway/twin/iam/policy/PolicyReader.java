package dev.slipway.twin.iam.policy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.twin.world.AwsError;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads policy documents and refuses what IAM refuses: {@code MalformedPolicyDocument}. */
public final class PolicyReader {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern ACTION = Pattern.compile("\\*|[A-Za-z0-9*?-]+:[A-Za-z0-9*?]+");
  private static final Set<String> FIELDS =
      Set.of(
          "Sid",
          "Effect",
          "Principal",
          "NotPrincipal",
          "Action",
          "NotAction",
          "Resource",
          "NotResource",
          "Condition");

  private PolicyReader() {}

  /**
   * Reads a policy that hangs on a principal: it names resources and no principals.
   *
   * @throws AwsError {@code MalformedPolicyDocument}
   */
  public static PolicyDocument identityPolicy(String text) {
    PolicyDocument policy = read(text);
    for (Statement statement : policy.statements()) {
      require(!statement.principals().present(), "Policy document should not specify a principal.");
      require(statement.resources().present(), "Policy statement must contain resources.");
      for (String resource : statement.resources().patterns()) {
        require(
            resource.equals("*") || resource.startsWith("arn:") || resource.startsWith("${"),
            "Resource " + resource + " must be in ARN format or \"*\".");
      }
    }
    return policy;
  }

  /**
   * Reads a trust policy: it names principals and no resources.
   *
   * @throws AwsError {@code MalformedPolicyDocument}
   */
  public static PolicyDocument trustPolicy(String text) {
    PolicyDocument policy = read(text);
    for (Statement statement : policy.statements()) {
      require(!statement.resources().present(), "Has prohibited field Resource");
      require(statement.principals().present(), "Missing required field Principal");
      require(
          statement.actions().patterns().stream()
              .allMatch(action -> action.equals("*") || Condition.lower(action).startsWith("sts:")),
          "AssumeRole policy may only specify STS AssumeRole actions.");
      GitHubTrust.check(statement);
    }
    return policy;
  }

  /** Reads a document that is known to be good, or whose kind does not matter. */
  public static PolicyDocument read(String text) {
    JsonNode json = parse(text);
    require(json.isObject(), "Syntax errors in policy.");
    String version = json.path("Version").asText("2008-10-17");
    require(Set.of("2012-10-17", "2008-10-17").contains(version), "Syntax errors in policy.");
    JsonNode statements = json.path("Statement");
    require(!statements.isMissingNode(), "Missing required field Statement");
    List<Statement> found = new ArrayList<>();
    if (statements.isObject()) {
      found.add(statement(statements));
    } else {
      require(statements.isArray() && !statements.isEmpty(), "Syntax errors in policy.");
      statements.forEach(statement -> found.add(statement(statement)));
    }
    requireUniqueIds(found);
    return new PolicyDocument(version, List.copyOf(found));
  }

  private static JsonNode parse(String text) {
    try {
      return JSON.readTree(text == null ? "" : text);
    } catch (JsonProcessingException e) {
      throw malformed("This policy contains invalid Json");
    }
  }

  private static Statement statement(JsonNode json) {
    require(json.isObject(), "Syntax errors in policy.");
    json.fieldNames()
        .forEachRemaining(field -> require(FIELDS.contains(field), "Syntax errors in policy."));
    String effect = json.path("Effect").asText("");
    require(!effect.isEmpty(), "Missing required field Effect");
    require(effect.equals("Allow") || effect.equals("Deny"), "Invalid effect: " + effect);
    Statement.Elements actions = elements(json, "Action");
    require(actions.present(), "Policy statement must contain actions.");
    for (String action : actions.patterns()) {
      require(
          ACTION.matcher(action).matches(),
          "Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.");
    }
    return new Statement(
        json.path("Sid").asText(""),
        effect.equals("Allow"),
        principals(json),
        actions,
        elements(json, "Resource"),
        conditions(json.path("Condition")));
  }

  private static Statement.Elements elements(JsonNode json, String name) {
    boolean plain = json.has(name);
    boolean negated = json.has("Not" + name);
    require(!(plain && negated), "Syntax errors in policy.");
    return plain || negated
        ? new Statement.Elements(texts(json.get(negated ? "Not" + name : name)), negated, true)
        : Statement.Elements.ANY;
  }

  private static Statement.Principals principals(JsonNode json) {
    boolean negated = json.has("NotPrincipal");
    JsonNode principals = json.path(negated ? "NotPrincipal" : "Principal");
    if (principals.isMissingNode()) {
      return Statement.Principals.NONE;
    }
    List<Statement.Principal> found = new ArrayList<>();
    if (principals.isTextual()) {
      require(principals.asText().equals("*"), "Invalid principal in policy.");
      found.add(new Statement.Principal("*", "*"));
    }
    principals
        .properties()
        .forEach(e -> texts(e.getValue()).forEach(id -> found.add(principal(e.getKey(), id))));
    require(!found.isEmpty(), "Invalid principal in policy.");
    return new Statement.Principals(List.copyOf(found), negated, true);
  }

  private static Statement.Principal principal(String type, String id) {
    boolean known = Set.of("AWS", "Service", "Federated", "CanonicalUser").contains(type);
    boolean service = !type.equals("Service") || id.contains(".") || id.equals("*");
    boolean aws =
        !type.equals("AWS") || id.equals("*") || id.startsWith("arn:") || id.matches("\\d{12}");
    require(
        known && service && aws, "Invalid principal in policy: \"%s\":\"%s\"".formatted(type, id));
    return new Statement.Principal(type, id);
  }

  private static List<Condition> conditions(JsonNode json) {
    List<Condition> found = new ArrayList<>();
    json.properties()
        .forEach(block ->
            block
                .getValue()
                .properties()
                .forEach(e -> found.add(condition(block.getKey(), e.getKey(), e.getValue()))));
    return List.copyOf(found);
  }

  private static Condition condition(String text, String key, JsonNode values) {
    int colon = text.indexOf(':');
    String quantifier = colon < 0 ? "" : text.substring(0, colon);
    String operator = text.substring(colon + 1);
    boolean ifExists = operator.endsWith("IfExists");
    operator = ifExists ? operator.substring(0, operator.length() - 8) : operator;
    require(
        Operators.isKnown(operator)
            && Set.of("", "ForAnyValue", "ForAllValues").contains(quantifier),
        "Invalid Condition type : " + text + ".");
    return new Condition(operator, quantifier, ifExists, key, texts(values));
  }

  private static List<String> texts(JsonNode json) {
    List<String> found = new ArrayList<>();
    if (json.isArray()) {
      json.forEach(item -> found.add(item.asText()));
    } else {
      require(json.isValueNode(), "Syntax errors in policy.");
      found.add(json.asText());
    }
    return List.copyOf(found);
  }

  private static void requireUniqueIds(List<Statement> statements) {
    List<String> ids = statements.stream().map(Statement::sid).filter(s -> !s.isEmpty()).toList();
    require(
        ids.size() == Set.copyOf(ids).size(),
        "Statement IDs (SID) in a single policy must be unique.");
  }

  private static void require(boolean condition, String message) {
    if (!condition) {
      throw malformed(message);
    }
  }

  static AwsError malformed(String message) {
    return AwsError.of("MalformedPolicyDocument", message);
  }
}
