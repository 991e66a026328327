package dev.slipway.twin.terraform.data;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.twin.terraform.value.Attributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Statements of {@code aws_iam_policy_document} as JSON. */
final class PolicyStatements {

  private static final JsonNodeFactory FACTORY = JsonNodeFactory.instance;

  private PolicyStatements() {}

  /** The statement of a block, for a document of a version. */
  static ObjectNode statement(Attributes block, String version) {
    ObjectNode statement = FACTORY.objectNode();
    statement.put("Sid", block.text("sid", ""));
    statement.put("Effect", block.text("effect", "Allow"));
    set(statement, "Action", block.texts("actions"));
    set(statement, "NotAction", block.texts("not_actions"));
    set(statement, "Resource", variables(block.texts("resources"), version));
    set(statement, "NotResource", variables(block.texts("not_resources"), version));
    setPrincipals(statement, "Principal", block.blocks("principals"), version);
    setPrincipals(statement, "NotPrincipal", block.blocks("not_principals"), version);
    setConditions(statement, block.blocks("condition"), version);
    return statement;
  }

  private static void set(ObjectNode statement, String member, List<String> texts) {
    if (!texts.isEmpty()) {
      statement.set(member, sorted(texts));
    }
  }

  /** One text by itself, several from the last to the first. */
  private static JsonNode sorted(List<String> texts) {
    return oneOrAll(texts.stream().sorted(Comparator.reverseOrder()).toList());
  }

  private static JsonNode oneOrAll(List<String> texts) {
    if (texts.size() == 1) {
      return FACTORY.textNode(texts.getFirst());
    }
    ArrayNode array = FACTORY.arrayNode();
    texts.forEach(array::add);
    return array;
  }

  private static void setPrincipals(
      ObjectNode statement, String member, List<Attributes> blocks, String version) {
    if (blocks.isEmpty()) {
      return;
    }
    Map<String, List<String>> byType = new TreeMap<>();
    blocks.forEach(block ->
        byType
            .computeIfAbsent(block.text("type", ""), type -> new ArrayList<>())
            .addAll(variables(block.texts("identifiers"), version)));
    if (byType.equals(Map.of("*", List.of("*")))) {
      statement.put(member, "*");
      return;
    }
    ObjectNode principals = statement.putObject(member);
    byType.forEach((type, identifiers) -> principals.set(type, sorted(identifiers)));
  }

  private static void setConditions(ObjectNode statement, List<Attributes> blocks, String version) {
    if (blocks.isEmpty()) {
      return;
    }
    Map<String, Map<String, List<String>>> byTest = new TreeMap<>();
    blocks.forEach(block ->
        byTest
            .computeIfAbsent(block.text("test", ""), test -> new TreeMap<>())
            .computeIfAbsent(block.text("variable", ""), variable -> new ArrayList<>())
            .addAll(variables(block.texts("values"), version)));
    ObjectNode conditions = statement.putObject("Condition");
    byTest.forEach((test, variables) -> {
      ObjectNode values = conditions.putObject(test);
      variables.forEach((variable, texts) -> values.set(variable, oneOrAll(texts)));
    });
  }

  /** IAM's own variables, which Terraform's language would take for its own. */
  private static List<String> variables(List<String> texts, String version) {
    if (version.equals("2008-10-17") && texts.stream().anyMatch(text -> text.contains("&{"))) {
      throw new IllegalArgumentException(
          "found &{ sequence in (%s), which is not supported in document version 2008-10-17"
              .formatted(String.join(", ", texts)));
    }
    return texts.stream().map(text -> text.replace("&{", "${")).toList();
  }
}
