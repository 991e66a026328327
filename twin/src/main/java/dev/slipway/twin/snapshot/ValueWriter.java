package dev.slipway.twin.snapshot;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.twin.world.Portable;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;

/**
 * Writes the values of tables: records, model classes of the SDK, and what they are made of. A
 * value whose class its place does not tell carries its name.
 */
final class ValueWriter {

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private ValueWriter() {}

  /** Writes a value whose class nobody knows. */
  static JsonNode write(Object value) {
    return write(value, Object.class);
  }

  private static JsonNode write(Object value, Type place) {
    if (value == null) {
      return NullNode.getInstance();
    }
    if (value instanceof Portable portable) {
      return write(portable.carried(), Object.class);
    }
    Class<?> kind = Kinds.of(value);
    boolean told = Kinds.isTold(place, kind);
    JsonNode written = body(value, told ? place : kind);
    if (told) {
      return written;
    }
    ObjectNode marked = NODES.objectNode().put(Kinds.MARK, Kinds.name(kind));
    if (value instanceof Record || value instanceof SdkPojo) {
      return marked.setAll((ObjectNode) written);
    }
    return marked.set(Kinds.VALUE, written);
  }

  private static JsonNode body(Object value, Type place) {
    return switch (value) {
      case String text -> NODES.textNode(text);
      case Boolean truth -> NODES.booleanNode(truth);
      case Double number ->
          Double.isFinite(number) ? NODES.numberNode(number) : NODES.textNode(number.toString());
      case Float number -> NODES.textNode(number.toString());
      case Integer number -> NODES.numberNode(number);
      case Long number -> NODES.numberNode(number);
      case Short number -> NODES.numberNode(number);
      case Byte number -> NODES.numberNode(number);
      case BigDecimal number -> NODES.textNode(number.toString());
      case Enum<?> constant -> NODES.textNode(constant.name());
      case SdkBytes bytes -> NODES.binaryNode(bytes.asByteArray());
      case byte[] bytes -> NODES.binaryNode(bytes);
      case Optional<?> optional -> write(optional.orElse(null), Kinds.argument(place, 0));
      case Map<?, ?> map -> map(map, place);
      case Collection<?> list -> {
        ArrayNode array = NODES.arrayNode(list.size());
        list.forEach(element -> array.add(write(element, Kinds.argument(place, 0))));
        yield array;
      }
      case SdkPojo pojo -> members(pojo);
      case Record row -> components(row);
      case java.time.Instant instant -> NODES.textNode(instant.toString());
      case java.time.Duration duration -> NODES.textNode(duration.toString());
      default ->
          throw new IllegalStateException("a snapshot cannot hold a " + value.getClass().getName());
    };
  }

  /** In pairs: keys need not be texts, and the order counts. */
  private static JsonNode map(Map<?, ?> map, Type place) {
    ArrayNode pairs = NODES.arrayNode(map.size());
    map.forEach((key, value) ->
        pairs
            .addArray()
            .add(write(key, Kinds.argument(place, 0)))
            .add(write(value, Kinds.argument(place, 1))));
    return pairs;
  }

  private static ObjectNode members(SdkPojo pojo) {
    ObjectNode node = NODES.objectNode();
    for (SdkField<?> field : pojo.sdkFields()) {
      Object value = field.getValueOrDefault(pojo);
      if (SdkMembers.isSet(value)) {
        node.set(field.memberName(), write(value, SdkMembers.type(field)));
      }
    }
    return node;
  }

  private static ObjectNode components(Record row) {
    ObjectNode node = NODES.objectNode();
    for (RecordComponent component : row.getClass().getRecordComponents()) {
      try {
        component.getAccessor().setAccessible(true);
        Object value = component.getAccessor().invoke(row);
        node.set(component.getName(), write(value, component.getGenericType()));
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException("cannot read " + component, e);
      }
    }
    return node;
  }
}
