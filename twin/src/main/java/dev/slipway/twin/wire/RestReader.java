package dev.slipway.twin.wire;

import dev.slipway.twin.world.AwsError;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.SdkRequest;

/** Reads requests of the REST-XML protocol. Source: Smithy 2.0, "AWS restXml protocol". */
final class RestReader {

  /**
   * Reads a request.
   *
   * @param values of the path's variables and the query, decoded
   * @throws AwsError when a value does not fit its member
   */
  SdkRequest decode(Class<?> requestType, HttpCall call, Map<String, String> values, byte[] body) {
    SdkPojo builder = SdkShapes.builderOf(requestType);
    XmlNode document = null;
    for (SdkShapes.Member member : SdkShapes.of(builder).members()) {
      Object value =
          switch (member.place()) {
            case PATH, QUERY -> scalar(member, values.get(member.name()));
            case HEADER -> header(member, call);
            case PAYLOAD -> payload(member, body);
            case BODY -> {
              if (body.length == 0) {
                yield null;
              }
              document = document == null ? XmlNode.parse(body) : document;
              yield readMember(member, document);
            }
          };
      if (value != null) {
        member.set(builder, value);
      }
    }
    return (SdkRequest) SdkShapes.build(builder);
  }

  private static Object payload(SdkShapes.Member member, byte[] body) {
    if (body.length == 0) {
      return null;
    }
    return switch (member.type().kind()) {
      case STRUCT -> readStruct(member.type(), XmlNode.parse(body));
      case BYTES -> SdkBytes.fromByteArray(body);
      default -> new String(body, StandardCharsets.UTF_8);
    };
  }

  private static Object header(SdkShapes.Member member, HttpCall call) {
    if (member.type().kind() != SdkShapes.Kind.MAP) {
      return scalar(member, call.header(member.name()).orElse(null));
    }
    Map<String, String> found = new LinkedHashMap<>();
    for (String name : call.headerNames().get()) {
      String lower = name.toLowerCase(Locale.ROOT);
      if (lower.startsWith(member.name())) {
        found.put(lower.substring(member.name().length()), call.header(name).orElse(""));
      }
    }
    return found.isEmpty() ? null : found;
  }

  private static Object scalar(SdkShapes.Member member, String text) {
    if (text == null) {
      return null;
    }
    if (member.type().kind() == SdkShapes.Kind.LIST) {
      return Arrays.stream(text.split(",", -1))
          .map(part -> AwsFormReader.scalar(member.type().element(), member.name(), part.strip()))
          .toList();
    }
    return AwsFormReader.scalar(member.type(), member.name(), text);
  }

  private static Object readMember(SdkShapes.Member member, XmlNode parent) {
    SdkShapes.Type type = member.type();
    if (member.isXmlAttribute()) {
      String name = member.xmlName().substring(member.xmlName().indexOf(':') + 1);
      return parent.attribute(name);
    }
    List<XmlNode> nodes = parent.children(member.xmlName());
    if (nodes.isEmpty()) {
      return null;
    }
    return switch (type.kind()) {
      case LIST ->
          readList(type, type.flattened() ? nodes : nodes.getFirst().children(type.memberName()));
      case MAP -> readMap(type, type.flattened() ? nodes : nodes.getFirst().children("entry"));
      case STRUCT -> readStruct(type, nodes.getFirst());
      default -> AwsFormReader.scalar(type, member.xmlName(), nodes.getFirst().text());
    };
  }

  private static Object read(SdkShapes.Type type, XmlNode node) {
    return type.kind() == SdkShapes.Kind.STRUCT
        ? readStruct(type, node)
        : AwsFormReader.scalar(type, node.name(), node.text());
  }

  private static Object readStruct(SdkShapes.Type type, XmlNode node) {
    SdkPojo builder = type.newBuilder();
    for (SdkShapes.Member member : SdkShapes.of(builder).members()) {
      Object value = readMember(member, node);
      if (value != null) {
        member.set(builder, value);
      }
    }
    return SdkShapes.build(builder);
  }

  private static List<Object> readList(SdkShapes.Type type, List<XmlNode> nodes) {
    List<Object> list = new ArrayList<>();
    nodes.forEach(node -> list.add(read(type.element(), node)));
    return list;
  }

  private static Map<String, Object> readMap(SdkShapes.Type type, List<XmlNode> nodes) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (XmlNode node : nodes) {
      List<XmlNode> keys = node.children(type.keyName());
      List<XmlNode> values = node.children(type.valueName());
      if (!keys.isEmpty() && !values.isEmpty()) {
        map.put(keys.getFirst().text(), read(type.element(), values.getFirst()));
      }
    }
    return map;
  }
}
