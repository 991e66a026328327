package dev.slipway.twin.terraform.resources;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.twin.terraform.plan.Traits;
import dev.slipway.twin.terraform.value.Attributes;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Policy documents as the provider treats them: two are the same when they differ only in the order
 * of members and elements, or in whether one value stands in a list; what a person wrote stays as
 * it was written for as long as it means the same.
 */
final class IamDocuments {

  /** How long the provider waits for changes of IAM to be known everywhere. */
  static final Duration PROPAGATION = Duration.ofMinutes(2);

  private static final ObjectMapper JSON = new ObjectMapper();

  private IamDocuments() {}

  /** Traits under which the attributes are compared as policy documents. */
  static Traits traits(String... attributes) {
    Traits traits = new Traits();
    for (String attribute : attributes) {
      traits.same(attribute, IamDocuments::isSame);
    }
    return traits;
  }

  /** Stores a document that AWS may have URL-encoded, unless the stored one means the same. */
  static void set(Attributes state, String name, String fromAws) {
    String document =
        fromAws.startsWith("%") ? URLDecoder.decode(fromAws, StandardCharsets.UTF_8) : fromAws;
    String before = state.text(name);
    if (before == null || !isSame(before, document)) {
      state.set(name, document);
    }
  }

  /** Whether two documents mean the same. */
  static boolean isSame(String one, String other) {
    if (one.equals(other)) {
      return true;
    }
    try {
      return normal(JSON.readTree(one)).equals(normal(JSON.readTree(other)));
    } catch (JsonProcessingException e) {
      return false;
    }
  }

  private static JsonNode normal(JsonNode node) {
    if (node.isArray()) {
      if (node.size() == 1) {
        return normal(node.get(0));
      }
      List<JsonNode> items = new ArrayList<>();
      node.forEach(item -> items.add(normal(item)));
      items.sort(Comparator.comparing(JsonNode::toString));
      ArrayNode sorted = JsonNodeFactory.instance.arrayNode();
      return sorted.addAll(items);
    }
    if (node.isObject()) {
      Map<String, JsonNode> members = new TreeMap<>();
      node.properties().forEach(e -> members.put(e.getKey(), normal(e.getValue())));
      ObjectNode sorted = JsonNodeFactory.instance.objectNode();
      return sorted.setAll(members);
    }
    return JsonNodeFactory.instance.textNode(node.asText());
  }
}
