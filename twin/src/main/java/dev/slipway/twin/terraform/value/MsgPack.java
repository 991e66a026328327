package dev.slipway.twin.terraform.value;

import dev.slipway.twin.terraform.value.Type.ListOf;
import dev.slipway.twin.terraform.value.Type.MapOf;
import dev.slipway.twin.terraform.value.Type.ObjectOf;
import dev.slipway.twin.terraform.value.Type.Primitive;
import dev.slipway.twin.terraform.value.Type.SetOf;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.msgpack.core.ExtensionTypeHeader;
import org.msgpack.core.MessageBufferPacker;
import org.msgpack.core.MessageFormat;
import org.msgpack.core.MessagePack;
import org.msgpack.core.MessageUnpacker;

/**
 * Values as MessagePack, the form in which Terraform sends them. Unknown values are an extension
 * type (of any number: newer Terraforms attach refinements to it); numbers come as integers, floats
 * or texts; every attribute of an object is written. Source: Terraform's plugin protocol, object
 * wire format.
 */
public final class MsgPack {

  private static final byte[] UNKNOWN_BODY = {0};

  private MsgPack() {}

  /** Decodes a value of a type; an empty array is the null value. */
  public static Value decode(byte[] bytes, Type type) {
    if (bytes.length == 0) {
      return Values.NULL;
    }
    try (MessageUnpacker unpacker = MessagePack.newDefaultUnpacker(bytes)) {
      return read(unpacker, type, bytes.length);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Encodes a value of a type; attributes that an object lacks are written as null. */
  public static byte[] encode(Value value, Type type) {
    try (MessageBufferPacker packer = MessagePack.newDefaultBufferPacker()) {
      write(packer, value, type);
      return packer.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Value read(MessageUnpacker in, Type type, int size) throws IOException {
    MessageFormat format = in.getNextFormat();
    return switch (format.getValueType()) {
      case NIL -> {
        in.unpackNil();
        yield Values.NULL;
      }
      case EXTENSION -> {
        ExtensionTypeHeader header = in.unpackExtensionTypeHeader();
        // The length is what the message claims: room for it is made before a byte is read.
        if (header.getLength() > size) {
          throw new IOException(
              "an extension of " + header.getLength() + " bytes in a message of " + size);
        }
        in.readPayload(header.getLength());
        yield Values.UNKNOWN;
      }
      default -> known(in, type, size);
    };
  }

  private static Value known(MessageUnpacker in, Type type, int size) throws IOException {
    return switch (type) {
      case Primitive p -> primitive(in, p);
      case ListOf(var element) -> sequence(in, element, size);
      case SetOf(var element) -> sequence(in, element, size);
      case MapOf(var element) -> {
        Map<String, Value> entries = new LinkedHashMap<>();
        for (int left = in.unpackMapHeader(); left > 0; left--) {
          entries.put(in.unpackString(), read(in, element, size));
        }
        yield new Value.Obj(entries);
      }
      case ObjectOf(var attributes) -> {
        Map<String, Value> entries = new LinkedHashMap<>();
        for (int left = in.unpackMapHeader(); left > 0; left--) {
          String name = in.unpackString();
          Type attribute = attributes.get(name);
          if (attribute == null) {
            throw new IOException("no attribute " + name + " in the schema");
          }
          entries.put(name, read(in, attribute, size));
        }
        yield new Value.Obj(entries);
      }
    };
  }

  private static Value sequence(MessageUnpacker in, Type element, int size) throws IOException {
    List<Value> items = new ArrayList<>();
    for (int left = in.unpackArrayHeader(); left > 0; left--) {
      items.add(read(in, element, size));
    }
    return new Value.Seq(items);
  }

  private static Value primitive(MessageUnpacker in, Primitive type) throws IOException {
    return switch (in.getNextFormat().getValueType()) {
      case BOOLEAN -> Value.of(in.unpackBoolean());
      case INTEGER -> new Value.Num(new BigDecimal(in.unpackBigInteger()));
      case FLOAT -> new Value.Num(BigDecimal.valueOf(in.unpackDouble()));
      default -> {
        String text = in.unpackString();
        yield type == Primitive.NUMBER ? new Value.Num(new BigDecimal(text)) : new Value.Str(text);
      }
    };
  }

  private static void write(MessageBufferPacker out, Value value, Type type) throws IOException {
    switch (value) {
      case Value.Null() -> out.packNil();
      case Value.Unknown() -> {
        out.packExtensionTypeHeader((byte) 0, UNKNOWN_BODY.length);
        out.writePayload(UNKNOWN_BODY);
      }
      case Value.Bool(var b) -> out.packBoolean(b);
      case Value.Num(var number) -> writeNumber(out, number);
      case Value.Str(var text) -> out.packString(text);
      case Value.Seq(var items) -> {
        out.packArrayHeader(items.size());
        for (Value item : items) {
          write(out, item, elementOf(type));
        }
      }
      case Value.Obj(var entries) -> {
        if (type instanceof ObjectOf(var attributes)) {
          out.packMapHeader(attributes.size());
          for (Map.Entry<String, Type> attribute : attributes.entrySet()) {
            out.packString(attribute.getKey());
            write(out, entries.getOrDefault(attribute.getKey(), Values.NULL), attribute.getValue());
          }
        } else {
          out.packMapHeader(entries.size());
          for (Map.Entry<String, Value> entry : entries.entrySet()) {
            out.packString(entry.getKey());
            write(out, entry.getValue(), elementOf(type));
          }
        }
      }
    }
  }

  private static void writeNumber(MessageBufferPacker out, BigDecimal number) throws IOException {
    if (number.scale() <= 0 && number.precision() - number.scale() <= 18) {
      out.packLong(number.longValueExact());
    } else if (BigDecimal.valueOf(number.doubleValue()).compareTo(number) == 0) {
      out.packDouble(number.doubleValue());
    } else {
      out.packString(number.toPlainString());
    }
  }

  private static Type elementOf(Type type) throws IOException {
    return switch (type) {
      case ListOf(var element) -> element;
      case SetOf(var element) -> element;
      case MapOf(var element) -> element;
      case Primitive p -> throw new IOException("a collection where a " + p + " belongs");
      case ObjectOf o -> throw new IOException("a collection where an object belongs");
    };
  }
}
