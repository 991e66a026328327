package dev.slipway.twin.wire;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.slipway.twin.world.AwsError;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.document.Document;

/** Reads one request's values from a JSON or CBOR parser into SDK builders. */
final class JsonValueReader {

  private static final String UNSUPPORTED = "InvalidParameterException";

  private final JsonParser parser;
  private final boolean binary;
  private int nodes;

  JsonValueReader(JsonParser parser, boolean binary) {
    this.parser = parser;
    this.binary = binary;
  }

  /**
   * Fills a builder; the parser stands at the start of the structure. Unknown members are refused.
   */
  void readMembers(SdkPojo builder) throws IOException {
    SdkShapes.Struct struct = SdkShapes.of(builder);
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      count();
      String name = parser.currentName();
      SdkShapes.Member member = struct.member(name);
      JsonToken token = parser.nextToken();
      if (member == null) {
        if (token != JsonToken.VALUE_NULL) {
          throw AwsError.of(UNSUPPORTED, name + " is not supported by the twin.");
        }
      } else if (token != JsonToken.VALUE_NULL) {
        member.set(builder, read(member.type(), member.name()));
      }
    }
  }

  private Object read(SdkShapes.Type type, String name) throws IOException {
    count();
    return switch (type.kind()) {
      case STRUCT -> readStruct(type, name);
      case LIST -> readList(type, name);
      case MAP -> readMap(type, name);
      case DOCUMENT -> readDocument();
      case STRING -> readString(name);
      case BOOLEAN -> readBoolean(name);
      case INSTANT -> readInstant(type, name);
      case BYTES -> readBytes(name);
      default -> readNumber(type.kind(), name);
    };
  }

  private Object readStruct(SdkShapes.Type type, String name) throws IOException {
    expect(JsonToken.START_OBJECT, name, "a structure");
    SdkPojo builder = type.newBuilder();
    readMembers(builder);
    return SdkShapes.build(builder);
  }

  private List<Object> readList(SdkShapes.Type type, String name) throws IOException {
    expect(JsonToken.START_ARRAY, name, "a list");
    List<Object> list = new ArrayList<>();
    JsonToken token;
    while ((token = parser.nextToken()) != JsonToken.END_ARRAY) {
      if (token == JsonToken.VALUE_NULL) {
        throw expected(name, "a list without nulls");
      }
      list.add(read(type.element(), name));
    }
    return list;
  }

  private Map<String, Object> readMap(SdkShapes.Type type, String name) throws IOException {
    expect(JsonToken.START_OBJECT, name, "a map");
    Map<String, Object> map = new LinkedHashMap<>();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String key = parser.currentName();
      if (parser.nextToken() != JsonToken.VALUE_NULL) {
        map.put(key, read(type.element(), name));
      }
    }
    return map;
  }

  private Document readDocument() throws IOException {
    count();
    return switch (parser.currentToken()) {
      case START_OBJECT -> {
        Map<String, Document> map = new LinkedHashMap<>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
          String key = parser.currentName();
          parser.nextToken();
          map.put(key, readDocument());
        }
        yield Document.fromMap(map);
      }
      case START_ARRAY -> {
        List<Document> list = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          list.add(readDocument());
        }
        yield Document.fromList(list);
      }
      case VALUE_TRUE -> Document.fromBoolean(true);
      case VALUE_FALSE -> Document.fromBoolean(false);
      case VALUE_NULL -> Document.fromNull();
      case VALUE_STRING -> Document.fromString(parser.getText());
      default -> Document.fromNumber(parser.getDecimalValue());
    };
  }

  private String readString(String name) throws IOException {
    expect(JsonToken.VALUE_STRING, name, "a string");
    return parser.getText();
  }

  private Boolean readBoolean(String name) throws IOException {
    if (!parser.currentToken().isBoolean()) {
      throw expected(name, "a boolean");
    }
    return parser.getBooleanValue();
  }

  private SdkBytes readBytes(String name) throws IOException {
    if (binary) {
      expect(JsonToken.VALUE_EMBEDDED_OBJECT, name, "bytes");
      return SdkBytes.fromByteArray(parser.getBinaryValue());
    }
    try {
      return SdkBytes.fromByteArray(Base64.getDecoder().decode(readString(name)));
    } catch (IllegalArgumentException e) {
      throw expected(name, "bytes in base64");
    }
  }

  private Instant readInstant(SdkShapes.Type type, String name) throws IOException {
    if (parser.currentToken() == JsonToken.VALUE_STRING) {
      return Times.parse(parser.getText()).orElseThrow(() -> expected(name, "a timestamp"));
    }
    if (!parser.currentToken().isNumeric()) {
      throw expected(name, "a timestamp");
    }
    int scale = type.timeFormat() == SdkShapes.TimeFormat.EPOCH_MILLIS ? 3 : 0;
    return Times.ofEpochSeconds(decimal(name).movePointLeft(scale))
        .orElseThrow(() -> expected(name, "a timestamp"));
  }

  private Object readNumber(SdkShapes.Kind kind, String name) throws IOException {
    boolean floating = kind == SdkShapes.Kind.DOUBLE || kind == SdkShapes.Kind.FLOAT;
    if (floating && (binary || parser.currentToken() == JsonToken.VALUE_STRING)) {
      return Numbers.floating(kind, specialOrDouble(name));
    }
    if (kind == SdkShapes.Kind.DECIMAL && parser.currentToken() == JsonToken.VALUE_STRING) {
      return Numbers.decimal(parser.getText()).orElseThrow(() -> expected(name, "a number"));
    }
    if (!parser.currentToken().isNumeric()) {
      throw expected(name, "a number");
    }
    return Numbers.of(kind, decimal(name)).orElseThrow(() -> expected(name, "a number in range"));
  }

  // JSON has no NaN and no infinities: they come as strings.
  private double specialOrDouble(String name) throws IOException {
    if (parser.currentToken().isNumeric()) {
      return parser.getDoubleValue();
    }
    expect(JsonToken.VALUE_STRING, name, "a number");
    return Numbers.special(parser.getText()).orElseThrow(() -> expected(name, "a number"));
  }

  private BigDecimal decimal(String name) throws IOException {
    if (parser.getNumberType() == JsonParser.NumberType.DOUBLE
        || parser.getNumberType() == JsonParser.NumberType.FLOAT) {
      if (binary && !Double.isFinite(parser.getDoubleValue())) {
        throw expected(name, "a finite number");
      }
    }
    return parser.getDecimalValue();
  }

  private void expect(JsonToken token, String name, String what) {
    if (parser.currentToken() != token) {
      throw expected(name, what);
    }
  }

  private void count() {
    if (++nodes > WireLimits.NODES) {
      throw AwsJsonCodec.malformed("The request has too many values.");
    }
  }

  private static AwsError expected(String name, String what) {
    return AwsJsonCodec.malformed(name + ": expected " + what + ".");
  }
}
