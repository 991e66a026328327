package dev.slipway.twin.terraform.value;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/** A type of Terraform's language, with the JSON form that the protocol and the schema data use. */
public sealed interface Type {

  /** The types without parts. */
  enum Primitive implements Type {
    /** Text. */
    STRING,
    /** Number. */
    NUMBER,
    /** Truth value. */
    BOOL
  }

  /** A list. */
  record ListOf(Type element) implements Type {}

  /** A set. */
  record SetOf(Type element) implements Type {}

  /** A map with text keys. */
  record MapOf(Type element) implements Type {}

  /** An object with named attributes. */
  record ObjectOf(Map<String, Type> attributes) implements Type {
    /** Sorts the attributes by name. */
    public ObjectOf {
      attributes = Collections.unmodifiableMap(new TreeMap<>(attributes));
    }
  }

  /** Reads the JSON form, for instance {@code "string"} or {@code ["set","string"]}. */
  static Type parse(JsonNode json) {
    if (json.isTextual()) {
      return switch (json.asText()) {
        case "string" -> Primitive.STRING;
        case "number" -> Primitive.NUMBER;
        case "bool" -> Primitive.BOOL;
        default -> throw new IllegalArgumentException("not a type: " + json);
      };
    }
    return switch (json.path(0).asText()) {
      case "list" -> new ListOf(parse(json.get(1)));
      case "set" -> new SetOf(parse(json.get(1)));
      case "map" -> new MapOf(parse(json.get(1)));
      case "object" -> {
        Map<String, Type> attributes = new TreeMap<>();
        json.get(1).properties().forEach(e -> attributes.put(e.getKey(), parse(e.getValue())));
        yield new ObjectOf(attributes);
      }
      default -> throw new IllegalArgumentException("not a type: " + json);
    };
  }

  /** The JSON form. */
  default JsonNode toJson() {
    JsonNodeFactory factory = JsonNodeFactory.instance;
    return switch (this) {
      case Primitive p ->
          factory.textNode(
              switch (p) {
                case STRING -> "string";
                case NUMBER -> "number";
                case BOOL -> "bool";
              });
      case ListOf(var element) -> pair("list", element.toJson());
      case SetOf(var element) -> pair("set", element.toJson());
      case MapOf(var element) -> pair("map", element.toJson());
      case ObjectOf(var attributes) -> {
        ObjectNode object = factory.objectNode();
        attributes.forEach((name, type) -> object.set(name, type.toJson()));
        yield pair("object", object);
      }
    };
  }

  private static ArrayNode pair(String kind, JsonNode inner) {
    return JsonNodeFactory.instance.arrayNode().add(kind).add(inner);
  }
}
