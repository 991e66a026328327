package dev.slipway.twin.terraform.resources;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.twin.terraform.engine.SdkJson;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;

/**
 * The {@code container_definitions} of a task definition: JSON, of which what AWS fills in by
 * itself does not count when two are compared. Source: ECS API reference, ContainerDefinition.
 */
final class ContainerDefinitions {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final JsonNodeFactory FACTORY = JsonNodeFactory.instance;

  private static final Map<String, Integer> HEALTH_CHECK_DEFAULTS =
      Map.of("interval", 30, "retries", 3, "startPeriod", 0, "timeout", 5);

  private ContainerDefinitions() {}

  /** The definitions for a request. */
  static List<ContainerDefinition> parse(String text) {
    List<ContainerDefinition> definitions = new ArrayList<>();
    JsonNode json = tree(text);
    if (!json.isArray()) {
      throw new IllegalArgumentException(
          "ECS Task Definition container_definitions is invalid: expected a list");
    }
    for (JsonNode one : json) {
      definitions.add((ContainerDefinition) SdkJson.read(one, ContainerDefinition.builder()));
    }
    return definitions;
  }

  /** What AWS has, as JSON. */
  static String format(List<ContainerDefinition> definitions) {
    ArrayNode array = FACTORY.arrayNode();
    definitions.forEach(one -> array.add(sorted(SdkJson.write(one))));
    return array.toString();
  }

  /** Whether two come to the same containers. */
  static boolean isSame(String one, String other) {
    try {
      return normal(one).equals(normal(other));
    } catch (IllegalArgumentException e) {
      return one.equals(other);
    }
  }

  private static JsonNode tree(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          "ECS Task Definition container_definitions is invalid: " + e.getOriginalMessage(), e);
    }
  }

  private static List<JsonNode> normal(String text) {
    List<JsonNode> containers = new ArrayList<>();
    for (ContainerDefinition definition : parse(text)) {
      ObjectNode container = SdkJson.write(definition);
      if (!container.has("essential")) {
        container.put("essential", true);
      }
      if (container.path("cpu").asInt() == 0) {
        container.remove("cpu");
      }
      container.path("portMappings").forEach(ContainerDefinitions::normalizePort);
      if (container.get("healthCheck") instanceof ObjectNode check) {
        HEALTH_CHECK_DEFAULTS.forEach((name, value) -> {
          if (check.path(name).asInt() == value) {
            check.remove(name);
          }
        });
      }
      for (String set : List.of("environment", "secrets")) {
        if (container.has(set)) {
          container.set(set, sortedItems(container.get(set)));
        }
      }
      containers.add(withoutEmpty(container));
    }
    containers.sort(Comparator.comparing(container -> container.path("name").asText()));
    return containers;
  }

  /** In a network of its own a container's port is the host's. */
  private static void normalizePort(JsonNode port) {
    ObjectNode mapping = (ObjectNode) port;
    if (!mapping.has("protocol")) {
      mapping.put("protocol", "tcp");
    }
    int host = mapping.path("hostPort").asInt();
    if (host == 0 || host == mapping.path("containerPort").asInt()) {
      mapping.remove("hostPort");
    }
  }

  private static ArrayNode sortedItems(JsonNode items) {
    List<JsonNode> list = new ArrayList<>();
    items.forEach(list::add);
    list.sort(Comparator.comparing(item -> item.path("name").asText()));
    return FACTORY.arrayNode().addAll(list);
  }

  private static JsonNode withoutEmpty(JsonNode node) {
    if (!node.isObject()) {
      return node;
    }
    ObjectNode kept = FACTORY.objectNode();
    node.properties()
        .forEach(e -> {
          JsonNode value = withoutEmpty(e.getValue());
          if (!(value.isContainerNode() && value.isEmpty())) {
            kept.set(e.getKey(), value);
          }
        });
    return kept;
  }

  private static ObjectNode sorted(ObjectNode object) {
    Map<String, JsonNode> members = new TreeMap<>();
    object
        .properties()
        .forEach(e ->
            members.put(
                e.getKey(),
                e.getValue() instanceof ObjectNode inner ? sorted(inner) : e.getValue()));
    ObjectNode made = FACTORY.objectNode();
    made.setAll(members);
    return made;
  }
}
