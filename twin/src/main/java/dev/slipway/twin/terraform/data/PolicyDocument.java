package dev.slipway.twin.terraform.data;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/** A policy document in the making: version, id and statements, of which a Sid stands only once. */
final class PolicyDocument {

  /** The order in which the provider writes a statement's members. */
  private static final List<String> MEMBERS =
      List.of(
          "Sid",
          "Effect",
          "Action",
          "NotAction",
          "Resource",
          "NotResource",
          "Principal",
          "NotPrincipal",
          "Condition");

  private final List<ObjectNode> statements = new ArrayList<>();
  private String version = "";
  private String id = "";

  static PolicyDocument parse(JsonNode json) {
    PolicyDocument document = new PolicyDocument();
    document.version = json.path("Version").asText("");
    document.id = json.path("Id").asText("");
    JsonNode statement = json.path("Statement");
    if (statement.isObject()) {
      document.add((ObjectNode) statement);
    } else {
      statement.forEach(one -> document.add((ObjectNode) one));
    }
    return document;
  }

  String version() {
    return version;
  }

  void setVersion(String version) {
    this.version = version;
  }

  void setId(String id) {
    this.id = id == null ? "" : id;
  }

  /** Adds a statement; members that IAM does not know are dropped. */
  void add(ObjectNode statement) {
    ObjectNode ordered = JsonNodeFactory.instance.objectNode();
    for (String member : MEMBERS) {
      JsonNode value = statement.path(member);
      boolean empty = value.isTextual() && value.asText().isEmpty();
      if (!value.isMissingNode() && !value.isNull() && !empty) {
        ordered.set(member, value);
      }
    }
    statements.add(ordered);
  }

  /**
   * Adds the statements of a source.
   *
   * @throws IllegalArgumentException when a Sid stands in both
   */
  void addAll(PolicyDocument source) {
    for (ObjectNode statement : source.statements) {
      String sid = statement.path("Sid").asText("");
      if (!sid.isEmpty() && indexOf(sid) >= 0) {
        throw new IllegalArgumentException(
            "duplicate Sid (%s) in source_policy_documents. Remove the Sid or ensure Sids are unique."
                .formatted(sid));
      }
    }
    merge(source);
  }

  /** Takes over the id, a newer version, and the statements, each over the one of the same Sid. */
  void merge(PolicyDocument other) {
    if (!other.id.isEmpty()) {
      id = other.id;
    }
    if (other.version.compareTo(version) > 0) {
      version = other.version;
    }
    for (ObjectNode statement : other.statements) {
      String sid = statement.path("Sid").asText("");
      int at = sid.isEmpty() ? -1 : indexOf(sid);
      if (at >= 0) {
        statements.set(at, statement);
      } else {
        statements.add(statement);
      }
    }
  }

  /** The document over many lines, as Go's encoder writes it. */
  String pretty() {
    return new GoJson("\n", "  ").write(tree());
  }

  /** The document in one line. */
  String minified() {
    return new GoJson("", "").write(tree());
  }

  private int indexOf(String sid) {
    for (int i = 0; i < statements.size(); i++) {
      if (statements.get(i).path("Sid").asText("").equals(sid)) {
        return i;
      }
    }
    return -1;
  }

  private ObjectNode tree() {
    ObjectNode tree = JsonNodeFactory.instance.objectNode();
    if (!version.isEmpty()) {
      tree.put("Version", version);
    }
    if (!id.isEmpty()) {
      tree.put("Id", id);
    }
    if (!statements.isEmpty()) {
      tree.putArray("Statement").addAll(statements);
    }
    return tree;
  }
}
