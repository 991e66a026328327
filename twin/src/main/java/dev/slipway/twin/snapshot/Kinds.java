package dev.slipway.twin.snapshot;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkPojo;

/** How a document names the class of a value, where the place of the value does not tell it. */
final class Kinds {

  /** The member that holds the name. */
  static final String MARK = "@";

  /** The member that holds a value that is no structure itself. */
  static final String VALUE = "value";

  private static final Map<String, Class<?>> PLAIN =
      Map.ofEntries(
          Map.entry("string", String.class),
          Map.entry("boolean", Boolean.class),
          Map.entry("int", Integer.class),
          Map.entry("long", Long.class),
          Map.entry("short", Short.class),
          Map.entry("byte", Byte.class),
          Map.entry("float", Float.class),
          Map.entry("double", Double.class),
          Map.entry("decimal", BigDecimal.class),
          Map.entry("instant", Instant.class),
          Map.entry("duration", Duration.class),
          Map.entry("bytes", SdkBytes.class),
          Map.entry("octets", byte[].class),
          Map.entry("optional", Optional.class),
          Map.entry("list", List.class),
          Map.entry("set", Set.class),
          Map.entry("sortedMap", SortedMap.class),
          Map.entry("map", Map.class));

  private Kinds() {}

  /** The class that decides how a value is written. */
  static Class<?> of(Object value) {
    return switch (value) {
      case Enum<?> constant -> constant.getDeclaringClass();
      case SortedMap<?, ?> map -> SortedMap.class;
      case Map<?, ?> map -> Map.class;
      case Set<?> set -> Set.class;
      case Collection<?> list -> List.class;
      case SdkBytes bytes -> SdkBytes.class;
      default -> value.getClass();
    };
  }

  static String name(Class<?> kind) {
    for (Map.Entry<String, Class<?>> plain : PLAIN.entrySet()) {
      if (plain.getValue() == kind) {
        return plain.getKey();
      }
    }
    return kind.getName();
  }

  /**
   * The class of a name: a plain one, a record or enum of the twin, or a model class of the SDK. A
   * document cannot have any other class loaded.
   */
  static Class<?> find(String name) {
    Class<?> plain = PLAIN.get(name);
    if (plain != null) {
      return plain;
    }
    if (name.startsWith("dev.slipway.") || name.startsWith("software.amazon.awssdk.services.")) {
      try {
        Class<?> found = Class.forName(name, false, Kinds.class.getClassLoader());
        if (found.isRecord() || found.isEnum() || SdkPojo.class.isAssignableFrom(found)) {
          return found;
        }
      } catch (ClassNotFoundException e) {
        // refused below, with the same words
      }
    }
    throw new IllegalArgumentException("this twin knows no rows of the kind " + name);
  }

  static Class<?> raw(Type type) {
    return switch (type) {
      case Class<?> c -> boxed(c);
      case ParameterizedType p -> (Class<?>) p.getRawType();
      default -> Object.class;
    };
  }

  static Type argument(Type type, int index) {
    return type instanceof ParameterizedType p ? p.getActualTypeArguments()[index] : Object.class;
  }

  /** Whether values of a class in a place of a type need no name. */
  static boolean isTold(Type place, Class<?> kind) {
    Class<?> raw = raw(place);
    return raw == kind || (raw == Collection.class && kind == List.class);
  }

  private static Class<?> boxed(Class<?> type) {
    return java.lang.invoke.MethodType.methodType(type).wrap().returnType();
  }
}
