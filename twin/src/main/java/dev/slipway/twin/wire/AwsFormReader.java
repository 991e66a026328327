package dev.slipway.twin.wire;

import dev.slipway.twin.world.AwsError;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.SdkRequest;

/**
 * Reads requests in the Query and EC2 Query protocols. Sources: Smithy 2.0, "AWS query protocol",
 * "AWS EC2 query protocol".
 */
final class AwsFormReader {

  /**
   * Reads a request.
   *
   * @throws AwsError when a value does not fit its member
   */
  SdkRequest decode(Class<?> requestType, Map<String, String> form) {
    SdkPojo builder = SdkShapes.builderOf(requestType);
    readMembers(builder, FormNode.of(form));
    return (SdkRequest) SdkShapes.build(builder);
  }

  private void readMembers(SdkPojo builder, FormNode node) {
    for (SdkShapes.Member member : SdkShapes.of(builder).members()) {
      FormNode child = node.child(member.name());
      if (child != null) {
        Object value = read(member.type(), member.name(), child);
        if (value != null) {
          member.set(builder, value);
        }
      }
    }
  }

  private Object read(SdkShapes.Type type, String name, FormNode node) {
    return switch (type.kind()) {
      case STRUCT -> {
        SdkPojo builder = type.newBuilder();
        readMembers(builder, node);
        yield SdkShapes.build(builder);
      }
      case LIST -> readList(type, name, node);
      case MAP -> readMap(type, name, node);
      default -> node.value() == null ? null : scalar(type, name, node.value());
    };
  }

  // Members stand flat (X.1) or under the name of the element (X.member.1).
  private List<Object> readList(SdkShapes.Type type, String name, FormNode node) {
    List<Object> list = new ArrayList<>();
    FormNode wrapped = node.child(type.memberName());
    wrapped = wrapped == null ? node.child("member") : wrapped;
    for (FormNode element : (wrapped == null ? node : wrapped).numbered()) {
      Object value = read(type.element(), name, element);
      if (value != null) {
        list.add(value);
      }
    }
    return list;
  }

  private Map<String, Object> readMap(SdkShapes.Type type, String name, FormNode node) {
    Map<String, Object> map = new LinkedHashMap<>();
    FormNode wrapped = node.child("entry");
    for (FormNode entry : (wrapped == null ? node : wrapped).numbered()) {
      FormNode key = entry.child(type.keyName());
      FormNode value = entry.child(type.valueName());
      if (key == null || key.value() == null) {
        throw malformed(name, "a map entry with a key");
      }
      if (value != null) {
        map.put(key.value(), read(type.element(), name, value));
      }
    }
    return map;
  }

  /** The value of a text. */
  static Object scalar(SdkShapes.Type type, String name, String text) {
    return switch (type.kind()) {
      case STRING -> text;
      case BOOLEAN -> bool(name, text);
      case INSTANT -> Times.parse(text).orElseThrow(() -> malformed(name, "a timestamp"));
      case BYTES -> bytes(name, text);
      default -> number(type.kind(), name, text);
    };
  }

  private static Boolean bool(String name, String text) {
    return switch (text) {
      case "true", "True", "TRUE", "1" -> true;
      case "false", "False", "FALSE", "0" -> false;
      default -> throw malformed(name, "a boolean");
    };
  }

  private static SdkBytes bytes(String name, String text) {
    try {
      return SdkBytes.fromByteArray(Base64.getDecoder().decode(text));
    } catch (IllegalArgumentException e) {
      throw malformed(name, "bytes in base64");
    }
  }

  private static Object number(SdkShapes.Kind kind, String name, String text) {
    if (kind == SdkShapes.Kind.DOUBLE || kind == SdkShapes.Kind.FLOAT) {
      Optional<Double> special = Numbers.special(text);
      if (special.isPresent()) {
        return Numbers.floating(kind, special.get());
      }
    }
    try {
      if (text.length() <= 400) {
        return Numbers.of(kind, new BigDecimal(text))
            .orElseThrow(() -> malformed(name, "a number in range"));
      }
    } catch (NumberFormatException e) {
      // falls through to the refusal
    }
    throw malformed(name, "a number");
  }

  private static AwsError malformed(String name, String what) {
    return AwsError.of("MalformedInput", name + ": expected " + what + ".");
  }
}
