package dev.slipway.twin.snapshot;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.twin.world.Portable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;

/** Reads what {@link ValueWriter} wrote. */
final class ValueReader {

  private ValueReader() {}

  /**
   * Reads a value that carries its class.
   *
   * @throws IllegalArgumentException when the document is not one that a twin wrote
   */
  static Object read(JsonNode node) {
    return read(node, Object.class);
  }

  private static Object read(JsonNode node, Type place) {
    if (node == null || node.isNull()) {
      return Kinds.raw(place) == Optional.class ? Optional.empty() : null;
    }
    if (node.isObject() && node.has(Kinds.MARK)) {
      Class<?> kind = Kinds.find(node.get(Kinds.MARK).asText());
      boolean structure = kind.isRecord() || SdkPojo.class.isAssignableFrom(kind);
      return body(structure ? node : node.get(Kinds.VALUE), kind);
    }
    return body(node, place);
  }

  private static Object body(JsonNode node, Type place) {
    Class<?> kind = Kinds.raw(place);
    if (kind.isRecord()) {
      return row(node, kind);
    }
    if (kind.isEnum()) {
      return constant(kind, node.asText());
    }
    if (SdkPojo.class.isAssignableFrom(kind)) {
      return model(node, kind);
    }
    if (Collection.class.isAssignableFrom(kind)) {
      Collection<Object> all = kind == Set.class ? new LinkedHashSet<>() : new ArrayList<>();
      node.forEach(element -> all.add(read(element, Kinds.argument(place, 0))));
      return all;
    }
    if (Map.class.isAssignableFrom(kind)) {
      return map(node, kind, place);
    }
    if (kind == Optional.class) {
      return Optional.ofNullable(read(node, Kinds.argument(place, 0)));
    }
    return plain(node, kind);
  }

  private static Map<Object, Object> map(JsonNode node, Class<?> kind, Type place) {
    boolean sorted = SortedMap.class.isAssignableFrom(kind);
    Map<Object, Object> map = sorted ? new TreeMap<>() : new LinkedHashMap<>();
    Type values = Kinds.argument(place, 1);
    node.forEach(
        pair -> map.put(read(pair.get(0), Kinds.argument(place, 0)), read(pair.get(1), values)));
    return map;
  }

  private static Object plain(JsonNode node, Class<?> kind) {
    if (kind == SdkBytes.class || kind == byte[].class) {
      byte[] bytes = bytes(node);
      return kind == byte[].class ? bytes : SdkBytes.fromByteArray(bytes);
    }
    String text = node.asText();
    return switch (kind.getSimpleName()) {
      case "String" -> text;
      case "Boolean" -> node.asBoolean();
      case "Integer" -> Integer.valueOf(text);
      case "Long" -> Long.valueOf(text);
      case "Short" -> Short.valueOf(text);
      case "Byte" -> Byte.valueOf(text);
      case "Float" -> Float.valueOf(text);
      case "Double" -> Double.valueOf(text);
      case "BigDecimal" -> new BigDecimal(text);
      case "Instant" -> Instant.parse(text);
      case "Duration" -> Duration.parse(text);
      default -> throw new IllegalArgumentException("not a value: " + kind.getName());
    };
  }

  private static byte[] bytes(JsonNode node) {
    try {
      return node.binaryValue();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Object constant(Class<?> kind, String name) {
    return Arrays.stream(kind.getEnumConstants())
        .filter(constant -> ((Enum<?>) constant).name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no " + kind.getName() + ": " + name));
  }

  private static Object model(JsonNode node, Class<?> kind) {
    SdkPojo builder = SdkMembers.builder(kind);
    for (SdkField<?> field : builder.sdkFields()) {
      JsonNode member = node.get(field.memberName());
      if (member != null) {
        field.set(builder, read(member, SdkMembers.type(field)));
      }
    }
    return SdkMembers.build(builder);
  }

  private static Object row(JsonNode node, Class<?> kind) {
    RecordComponent[] components = kind.getRecordComponents();
    List<Object> values = new ArrayList<>();
    for (RecordComponent component : components) {
      if (!node.has(component.getName())) {
        throw new IllegalArgumentException(
            kind.getName() + " without " + component.getName() + ": from another version?");
      }
      values.add(read(node.get(component.getName()), component.getGenericType()));
    }
    try {
      Constructor<?> constructor =
          kind.getDeclaredConstructor(
              Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
      constructor.setAccessible(true);
      Object row = constructor.newInstance(values.toArray());
      return row instanceof Portable.Carried carried ? carried.unpacked() : row;
    } catch (InvocationTargetException e) {
      throw new IllegalArgumentException("not a " + kind.getName(), e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("cannot make a " + kind.getName(), e);
    }
  }
}
