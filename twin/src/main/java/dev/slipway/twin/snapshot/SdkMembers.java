package dev.slipway.twin.snapshot;

import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.protocol.MarshallingType;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.MapTrait;
import software.amazon.awssdk.core.util.SdkAutoConstructList;
import software.amazon.awssdk.core.util.SdkAutoConstructMap;
import software.amazon.awssdk.utils.builder.SdkBuilder;

/** The members of the SDK's model classes, which describe themselves. */
final class SdkMembers {

  private static final Map<MarshallingType<?>, Class<?>> PLAIN =
      Map.ofEntries(
          Map.entry(MarshallingType.STRING, String.class),
          Map.entry(MarshallingType.INTEGER, Integer.class),
          Map.entry(MarshallingType.LONG, Long.class),
          Map.entry(MarshallingType.SHORT, Short.class),
          Map.entry(MarshallingType.BYTE, Byte.class),
          Map.entry(MarshallingType.FLOAT, Float.class),
          Map.entry(MarshallingType.DOUBLE, Double.class),
          Map.entry(MarshallingType.BIG_DECIMAL, BigDecimal.class),
          Map.entry(MarshallingType.BOOLEAN, Boolean.class),
          Map.entry(MarshallingType.INSTANT, Instant.class),
          Map.entry(MarshallingType.SDK_BYTES, SdkBytes.class));

  private static final Map<SdkField<?>, Type> TYPES = new ConcurrentHashMap<>();

  private SdkMembers() {}

  /** A new builder of a model class. */
  static SdkPojo builder(Class<?> modelClass) {
    try {
      return (SdkPojo) modelClass.getMethod("builder").invoke(null);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("no model class: " + modelClass.getName(), e);
    }
  }

  /** What a builder was filled for. */
  static Object build(SdkPojo builder) {
    return ((SdkBuilder<?, ?>) builder).build();
  }

  /** Whether somebody set a member: an empty list that was set is one, an unset list not. */
  static boolean isSet(Object value) {
    return value != null
        && !(value instanceof SdkAutoConstructList)
        && !(value instanceof SdkAutoConstructMap);
  }

  /** The type of a member's values. */
  static Type type(SdkField<?> field) {
    Type known = TYPES.get(field);
    if (known != null) {
      return known;
    }
    Type found = typeOf(field);
    TYPES.put(field, found);
    return found;
  }

  private static Type typeOf(SdkField<?> field) {
    MarshallingType<?> type = field.marshallingType();
    if (type == MarshallingType.LIST) {
      return new Listed(type(field.getTrait(ListTrait.class).memberFieldInfo()));
    }
    if (type == MarshallingType.MAP) {
      return new Mapped(type(field.getTrait(MapTrait.class).valueFieldInfo()));
    }
    if (type == MarshallingType.SDK_POJO) {
      return build(field.constructor().get()).getClass();
    }
    Class<?> plain = PLAIN.get(type);
    if (plain == null) {
      throw new IllegalStateException("a snapshot cannot hold " + field.memberName());
    }
    return plain;
  }

  /** A list of a type. */
  private record Listed(Type element) implements java.lang.reflect.ParameterizedType {
    @Override
    public Type[] getActualTypeArguments() {
      return new Type[] {element};
    }

    @Override
    public Type getRawType() {
      return java.util.List.class;
    }

    @Override
    public Type getOwnerType() {
      return null;
    }
  }

  /** A map from strings to a type. */
  private record Mapped(Type element) implements java.lang.reflect.ParameterizedType {
    @Override
    public Type[] getActualTypeArguments() {
      return new Type[] {String.class, element};
    }

    @Override
    public Type getRawType() {
      return Map.class;
    }

    @Override
    public Type getOwnerType() {
      return null;
    }
  }
}
