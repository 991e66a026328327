package dev.slipway.validation.plan;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.validation.plan.Planned.Block;
import java.util.List;
import java.util.Optional;

/**
 * Policy documents. One that names what has no ARN yet is unknown as a whole; where an {@code
 * aws_iam_policy_document} makes it, its statements are known but for these names.
 */
final class Documents {

  /** Stands for what is not known yet; it is never everything. */
  private static final String LATER = "known-after-apply";

  private final Reading reading;

  Documents(Reading reading) {
    this.reading = reading;
  }

  /** A document; empty when nobody can know it yet. */
  Optional<String> of(Planned from, String attribute) {
    String known = from.text(attribute);
    if (!known.isEmpty() || !from.unknown(attribute)) {
      return Optional.of(known);
    }
    return reading.references().answers(from, attribute, "aws_iam_policy_document").stream()
        .findFirst()
        .flatMap(this::rebuilt);
  }

  private Optional<String> rebuilt(Planned document) {
    boolean composed =
        document.unknown("source_policy_documents")
            || document.unknown("override_policy_documents")
            || !document.texts("source_policy_documents").isEmpty()
            || !document.texts("override_policy_documents").isEmpty()
            || document.unknown().path("statement").isBoolean();
    if (composed) {
      return Optional.empty();
    }
    ArrayNode statements = JsonNodeFactory.instance.arrayNode();
    for (Block block : document.blocks("statement")) {
      boolean open =
          block.unknown("actions")
              || block.unknown("effect")
              || block.unknown("not_actions")
              || block.blocks("principals").stream().anyMatch(p -> p.unknown("identifiers"));
      if (open) {
        return Optional.empty();
      }
      statements.add(statement(block));
    }
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.set("Statement", statements);
    return Optional.of(root.toString());
  }

  private static ObjectNode statement(Block block) {
    ObjectNode statement = JsonNodeFactory.instance.objectNode();
    String effect = block.text("effect");
    statement.put("Effect", effect.isEmpty() ? "Allow" : effect);
    boolean not = block.texts("actions").isEmpty() && !block.texts("not_actions").isEmpty();
    texts(
        statement.putArray(not ? "NotAction" : "Action"),
        block.texts(not ? "not_actions" : "actions"));
    ArrayNode resources = statement.putArray("Resource");
    texts(resources, block.texts("resources"));
    if (block.unknown("resources")) {
      resources.add(LATER);
    }
    ObjectNode principal = JsonNodeFactory.instance.objectNode();
    for (Block each : block.blocks("principals")) {
      texts(principal.withArray(each.text("type")), each.texts("identifiers"));
    }
    if (!principal.isEmpty()) {
      statement.set("Principal", principal);
    }
    if (!block.blocks("condition").isEmpty() || block.unknown("condition")) {
      statement.putObject("Condition").put(LATER, LATER);
    }
    return statement;
  }

  private static void texts(ArrayNode into, List<String> texts) {
    texts.forEach(into::add);
  }
}
