package dev.slipway.validation.plan;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.StreamSupport;

/**
 * What a plan does with a resource. Source: Terraform, JSON output format, resource changes.
 *
 * @param address its address
 * @param type its type
 * @param actions what is done, in this order; {@code no-op} when nothing is
 * @param before its values now
 * @param after its values then, those that are known
 */
record Change(String address, String type, List<String> actions, JsonNode before, JsonNode after) {

  static Change of(JsonNode node) {
    JsonNode how = node.path("change");
    return new Change(
        node.path("address").asText(),
        node.path("type").asText().replace("aws_alb", "aws_lb"),
        StreamSupport.stream(how.path("actions").spliterator(), false)
            .map(JsonNode::asText)
            .toList(),
        how.path("before"),
        how.path("after"));
  }

  /** Whether it is taken away, and only then made again. */
  boolean deletesFirst() {
    return actions.equals(List.of("delete", "create"));
  }

  /** Whether it is there now, and stays the same one. */
  boolean stays() {
    return actions.equals(List.of("no-op")) || actions.equals(List.of("update"));
  }

  boolean creates() {
    return actions.equals(List.of("create"));
  }

  boolean updates() {
    return actions.equals(List.of("update"));
  }

  String was(String attribute) {
    return Planned.text(before.path(attribute));
  }

  String becomes(String attribute) {
    return Planned.text(after.path(attribute));
  }

  /** Whether its values now hold a text anywhere in an attribute. */
  boolean holds(String attribute, String text) {
    return anywhere(before.path(attribute), text);
  }

  private static boolean anywhere(JsonNode node, String text) {
    return node.isContainerNode()
        ? StreamSupport.stream(node.spliterator(), false).anyMatch(n -> anywhere(n, text))
        : Planned.text(node).equals(text);
  }
}
