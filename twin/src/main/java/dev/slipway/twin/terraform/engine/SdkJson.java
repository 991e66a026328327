package dev.slipway.twin.terraform.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.protocol.MarshallingType;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.MapTrait;
import software.amazon.awssdk.core.util.SdkAutoConstructList;
import software.amazon.awssdk.core.util.SdkAutoConstructMap;
import software.amazon.awssdk.utils.builder.Buildable;

/**
 * Classes of the AWS SDK from and to the JSON that people write into attributes such as {@code
 * container_definitions}. As with the provider's own parser, the case of names does not matter and
 * names that AWS does not know are passed over.
 */
public final class SdkJson {

  private static final JsonNodeFactory FACTORY = JsonNodeFactory.instance;

  private SdkJson() {}

  /**
   * Reads an object into a builder and builds it.
   *
   * @throws IllegalArgumentException when a member has the wrong type
   */
  public static Object read(JsonNode json, SdkPojo builder) {
    Map<String, JsonNode> members = new LinkedHashMap<>();
    json.properties().forEach(e -> members.put(lower(e.getKey()), e.getValue()));
    for (SdkField<?> field : builder.sdkFields()) {
      JsonNode member = members.get(lower(field.memberName()));
      if (member != null && !member.isNull()) {
        field.set(builder, value(member, field));
      }
    }
    return ((Buildable) builder).build();
  }

  /** Writes an object, without the members that it lacks. */
  public static ObjectNode write(SdkPojo pojo) {
    ObjectNode json = FACTORY.objectNode();
    for (SdkField<?> field : pojo.sdkFields()) {
      Object value = field.getValueOrDefault(pojo);
      boolean unset =
          value == null
              || value instanceof SdkAutoConstructList<?>
              || value instanceof SdkAutoConstructMap<?, ?>;
      if (!unset) {
        json.set(field.locationName(), write(value));
      }
    }
    return json;
  }

  private static JsonNode write(Object value) {
    return switch (value) {
      case SdkPojo pojo -> write(pojo);
      case List<?> items -> {
        ArrayNode array = FACTORY.arrayNode();
        items.forEach(item -> array.add(write(item)));
        yield array;
      }
      case Map<?, ?> entries -> {
        ObjectNode object = FACTORY.objectNode();
        entries.forEach((key, item) -> object.set(key.toString(), write(item)));
        yield object;
      }
      case Boolean b -> FACTORY.booleanNode(b);
      case Integer i -> FACTORY.numberNode(i);
      case Long l -> FACTORY.numberNode(l);
      case Double d -> FACTORY.numberNode(d);
      case Float f -> FACTORY.numberNode(f);
      default -> FACTORY.textNode(value.toString());
    };
  }

  private static Object value(JsonNode json, SdkField<?> field) {
    MarshallingType<?> type = field.marshallingType();
    if (type.equals(MarshallingType.SDK_POJO)) {
      expect(json.isObject(), json, field, "an object");
      return read(json, field.constructor().get());
    }
    if (type.equals(MarshallingType.LIST)) {
      expect(json.isArray(), json, field, "a list");
      SdkField<?> member = field.getTrait(ListTrait.class).memberFieldInfo();
      List<Object> items = new ArrayList<>();
      json.forEach(item -> items.add(value(item, member)));
      return items;
    }
    if (type.equals(MarshallingType.MAP)) {
      expect(json.isObject(), json, field, "an object");
      SdkField<?> member = field.getTrait(MapTrait.class).valueFieldInfo();
      Map<String, Object> entries = new LinkedHashMap<>();
      json.properties().forEach(e -> entries.put(e.getKey(), value(e.getValue(), member)));
      return entries;
    }
    return scalar(json, field, type);
  }

  private static Object scalar(JsonNode json, SdkField<?> field, MarshallingType<?> type) {
    if (type.equals(MarshallingType.STRING)) {
      expect(json.isTextual(), json, field, "a string");
      return json.asText();
    }
    if (type.equals(MarshallingType.BOOLEAN)) {
      expect(json.isBoolean(), json, field, "a bool");
      return json.asBoolean();
    }
    expect(json.isNumber(), json, field, "a number");
    if (type.equals(MarshallingType.INTEGER)) {
      return json.asInt();
    }
    if (type.equals(MarshallingType.LONG)) {
      return json.asLong();
    }
    if (type.equals(MarshallingType.DOUBLE)) {
      return json.asDouble();
    }
    throw new IllegalArgumentException(field.locationName() + " cannot be given as JSON");
  }

  private static void expect(boolean holds, JsonNode json, SdkField<?> field, String what) {
    if (!holds) {
      throw new IllegalArgumentException(
          "cannot decode %s into field %s: expected %s"
              .formatted(json, field.locationName(), what));
    }
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }
}
