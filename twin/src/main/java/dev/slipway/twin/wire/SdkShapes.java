package dev.slipway.twin.wire;

import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.SerializedString;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.protocol.MarshallingType;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.MapTrait;
import software.amazon.awssdk.core.traits.PayloadTrait;
import software.amazon.awssdk.core.traits.TimestampFormatTrait;
import software.amazon.awssdk.core.traits.XmlAttributeTrait;
import software.amazon.awssdk.utils.builder.SdkBuilder;

/**
 * What the SDK's model classes say of their own fields, in a form made for codecs. The only class
 * that touches the SDK's fields and traits. Shapes are read once a class and kept.
 */
final class SdkShapes {

  /** What a value is. */
  enum Kind {
    STRING,
    INTEGER,
    LONG,
    SHORT,
    BYTE,
    FLOAT,
    DOUBLE,
    DECIMAL,
    BOOLEAN,
    INSTANT,
    BYTES,
    DOCUMENT,
    STRUCT,
    LIST,
    MAP
  }

  /** How an instant is written. */
  enum TimeFormat {
    PROTOCOL_DEFAULT,
    EPOCH_SECONDS,
    EPOCH_MILLIS,
    ISO,
    RFC_822
  }

  private static final Map<MarshallingType<?>, Kind> KINDS =
      Map.ofEntries(
          Map.entry(MarshallingType.STRING, Kind.STRING),
          Map.entry(MarshallingType.INTEGER, Kind.INTEGER),
          Map.entry(MarshallingType.LONG, Kind.LONG),
          Map.entry(MarshallingType.SHORT, Kind.SHORT),
          Map.entry(MarshallingType.BYTE, Kind.BYTE),
          Map.entry(MarshallingType.FLOAT, Kind.FLOAT),
          Map.entry(MarshallingType.DOUBLE, Kind.DOUBLE),
          Map.entry(MarshallingType.BIG_DECIMAL, Kind.DECIMAL),
          Map.entry(MarshallingType.BOOLEAN, Kind.BOOLEAN),
          Map.entry(MarshallingType.INSTANT, Kind.INSTANT),
          Map.entry(MarshallingType.SDK_BYTES, Kind.BYTES),
          Map.entry(MarshallingType.DOCUMENT, Kind.DOCUMENT),
          Map.entry(MarshallingType.SDK_POJO, Kind.STRUCT),
          Map.entry(MarshallingType.LIST, Kind.LIST),
          Map.entry(MarshallingType.MAP, Kind.MAP));

  /** Where a member stands in a REST request or answer. */
  enum Place {
    PATH,
    QUERY,
    HEADER,
    /** The member is the whole body. */
    PAYLOAD,
    /** The member is an element of the body's document. */
    BODY
  }

  private static final Map<Class<?>, Struct> STRUCTS = new ConcurrentHashMap<>();

  private static final ClassValue<MethodHandle> BUILDERS =
      new ClassValue<>() {
        @Override
        protected MethodHandle computeValue(Class<?> type) {
          try {
            return MethodHandles.publicLookup().unreflect(type.getMethod("builder"));
          } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("not a model class: " + type.getName(), e);
          }
        }
      };

  private SdkShapes() {}

  /** The members of a structure. */
  static final class Struct {
    private final List<Member> members;
    private final Map<String, Member> byName = new HashMap<>();

    private Struct(List<SdkField<?>> fields) {
      members = fields.stream().map(Member::new).toList();
      members.forEach(member -> byName.put(member.name, member));
    }

    List<Member> members() {
      return members;
    }

    /** The member of a name on the wire, or null. */
    Member member(String name) {
      return byName.get(name);
    }
  }

  /** A member of a structure. */
  static final class Member {
    private final SdkField<Object> field;
    private final String name;
    private final String xmlName;
    private final SerializableString jsonName;
    private final Type type;
    private final Place place;
    private final boolean xmlAttribute;

    @SuppressWarnings("unchecked")
    private Member(SdkField<?> field) {
      this.field = (SdkField<Object>) field;
      this.name = field.locationName();
      this.xmlName = field.unmarshallLocationName();
      this.jsonName = new SerializedString(name);
      this.type = new Type(field);
      this.place = placeOf(field);
      this.xmlAttribute = field.containsTrait(XmlAttributeTrait.class);
    }

    /** The name in requests, and in JSON answers. */
    String name() {
      return name;
    }

    /** The name in XML answers. */
    String xmlName() {
      return xmlName;
    }

    SerializableString jsonName() {
      return jsonName;
    }

    Type type() {
      return type;
    }

    Place place() {
      return place;
    }

    boolean isXmlAttribute() {
      return xmlAttribute;
    }

    Object get(SdkPojo pojo) {
      return field.getValueOrDefault(pojo);
    }

    void set(SdkPojo builder, Object value) {
      field.set(builder, value);
    }
  }

  /** The type of a member, an element or a map's value. */
  static final class Type {
    private final Kind kind;
    private final TimeFormat timeFormat;
    private final Supplier<SdkPojo> constructor;
    private final Type element;
    private final boolean flattened;
    private final String memberName;
    private final String keyName;
    private final String valueName;

    private Type(SdkField<?> field) {
      kind = KINDS.get(field.marshallingType());
      timeFormat = timeFormatOf(field);
      constructor = field.constructor();
      ListTrait list = kind == Kind.LIST ? field.getTrait(ListTrait.class) : null;
      MapTrait map = kind == Kind.MAP ? field.getTrait(MapTrait.class) : null;
      if (list != null) {
        element = new Type(list.memberFieldInfo());
      } else {
        element = map == null ? null : new Type(map.valueFieldInfo());
      }
      flattened = list != null ? list.isFlattened() : map != null && map.isFlattened();
      memberName =
          list == null || list.memberLocationName() == null ? "member" : list.memberLocationName();
      keyName = map == null ? "key" : map.keyLocationName();
      valueName = map == null ? "value" : map.valueLocationName();
    }

    Kind kind() {
      return kind;
    }

    TimeFormat timeFormat() {
      return timeFormat;
    }

    /** The type of a list's elements or a map's values. */
    Type element() {
      return element;
    }

    boolean flattened() {
      return flattened;
    }

    /** What a list's element is called in forms and XML. */
    String memberName() {
      return memberName;
    }

    String keyName() {
      return keyName;
    }

    String valueName() {
      return valueName;
    }

    /** A new builder of the structure. */
    SdkPojo newBuilder() {
      return constructor.get();
    }
  }

  /** The shape of a structure or of its builder. */
  static Struct of(SdkPojo pojo) {
    Struct known = STRUCTS.get(pojo.getClass());
    return known != null
        ? known
        : STRUCTS.computeIfAbsent(pojo.getClass(), type -> new Struct(pojo.sdkFields()));
  }

  /** A new builder of a model class. */
  static SdkPojo builderOf(Class<?> modelClass) {
    try {
      return (SdkPojo) BUILDERS.get(modelClass).invoke();
    } catch (Throwable e) {
      throw new IllegalStateException("no builder: " + modelClass.getName(), e);
    }
  }

  /** The value that a builder was filled for. */
  static Object build(SdkPojo builder) {
    return ((SdkBuilder<?, ?>) builder).build();
  }

  private static Place placeOf(SdkField<?> field) {
    return switch (field.location()) {
      case PATH, GREEDY_PATH -> Place.PATH;
      case QUERY_PARAM -> Place.QUERY;
      case HEADER -> Place.HEADER;
      default -> field.containsTrait(PayloadTrait.class) ? Place.PAYLOAD : Place.BODY;
    };
  }

  private static TimeFormat timeFormatOf(SdkField<?> field) {
    TimestampFormatTrait trait =
        MarshallingType.INSTANT.equals(field.marshallingType())
            ? field.getTrait(TimestampFormatTrait.class)
            : null;
    if (trait == null) {
      return TimeFormat.PROTOCOL_DEFAULT;
    }
    return switch (trait.format()) {
      case ISO_8601 -> TimeFormat.ISO;
      case RFC_822 -> TimeFormat.RFC_822;
      case UNIX_TIMESTAMP -> TimeFormat.EPOCH_SECONDS;
      case UNIX_TIMESTAMP_MILLIS -> TimeFormat.EPOCH_MILLIS;
    };
  }
}
