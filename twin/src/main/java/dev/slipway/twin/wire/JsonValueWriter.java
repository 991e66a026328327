package dev.slipway.twin.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.dataformat.cbor.CBORGenerator;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.document.Document;
import software.amazon.awssdk.core.util.SdkAutoConstructList;
import software.amazon.awssdk.core.util.SdkAutoConstructMap;

/** Writes SDK model values to a JSON or CBOR generator. What is not set is left out. */
final class JsonValueWriter {

  private final JsonGenerator out;
  private final boolean binary;

  JsonValueWriter(JsonGenerator out, boolean binary) {
    this.out = out;
    this.binary = binary;
  }

  void writeStruct(SdkPojo pojo) throws IOException {
    out.writeStartObject();
    List<SdkShapes.Member> members = SdkShapes.of(pojo).members();
    for (SdkShapes.Member member : members) {
      Object value = member.get(pojo);
      if (isSet(value)) {
        out.writeFieldName(member.jsonName());
        write(member.type(), value);
      }
    }
    out.writeEndObject();
  }

  /** Whether a member has a value: an empty list that somebody set is one, an unset list not. */
  static boolean isSet(Object value) {
    return value != null
        && !(value instanceof SdkAutoConstructList)
        && !(value instanceof SdkAutoConstructMap);
  }

  private void write(SdkShapes.Type type, Object value) throws IOException {
    if (value == null) {
      out.writeNull();
      return;
    }
    switch (type.kind()) {
      case STRING -> out.writeString((String) value);
      case INTEGER -> out.writeNumber((Integer) value);
      case LONG -> out.writeNumber((Long) value);
      case SHORT -> out.writeNumber((Short) value);
      case BYTE -> out.writeNumber((Byte) value);
      case FLOAT -> out.writeNumber((Float) value);
      case DOUBLE -> out.writeNumber((Double) value);
      // Source: NumericValue of AWS Budgets, the one decimal of these models, is a string.
      case DECIMAL -> out.writeString(((BigDecimal) value).toPlainString());
      case BOOLEAN -> out.writeBoolean((Boolean) value);
      case INSTANT -> writeInstant(type.timeFormat(), (Instant) value);
      case BYTES -> out.writeBinary(((SdkBytes) value).asByteArrayUnsafe());
      case DOCUMENT -> writeDocument((Document) value);
      case STRUCT -> writeStruct((SdkPojo) value);
      case LIST -> {
        out.writeStartArray();
        for (Object element : (List<?>) value) {
          write(type.element(), element);
        }
        out.writeEndArray();
      }
      case MAP -> {
        out.writeStartObject();
        for (Map.Entry<?, ?> entry : ((Map<?, ?>) value).entrySet()) {
          out.writeFieldName((String) entry.getKey());
          write(type.element(), entry.getValue());
        }
        out.writeEndObject();
      }
    }
  }

  private void writeInstant(SdkShapes.TimeFormat format, Instant instant) throws IOException {
    if (binary) {
      ((CBORGenerator) out).writeTag(1);
      out.writeNumber(instant.toEpochMilli() / 1000d);
      return;
    }
    switch (format) {
      case ISO -> out.writeString(Times.toIso(instant));
      case RFC_822 -> out.writeString(Times.toRfc822(instant));
      case EPOCH_MILLIS -> out.writeNumber(instant.toEpochMilli());
      case EPOCH_SECONDS, PROTOCOL_DEFAULT -> out.writeNumber(Times.toEpochSeconds(instant));
    }
  }

  private void writeDocument(Document document) throws IOException {
    if (document.isNull()) {
      out.writeNull();
    } else if (document.isBoolean()) {
      out.writeBoolean(document.asBoolean());
    } else if (document.isNumber()) {
      out.writeNumber(document.asNumber().bigDecimalValue());
    } else if (document.isString()) {
      out.writeString(document.asString());
    } else if (document.isList()) {
      out.writeStartArray();
      for (Document element : document.asList()) {
        writeDocument(element);
      }
      out.writeEndArray();
    } else {
      out.writeStartObject();
      for (Map.Entry<String, Document> entry : document.asMap().entrySet()) {
        out.writeFieldName(entry.getKey());
        writeDocument(entry.getValue());
      }
      out.writeEndObject();
    }
  }
}
