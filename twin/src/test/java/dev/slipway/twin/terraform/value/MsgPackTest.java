package dev.slipway.twin.terraform.value;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.twin.terraform.value.Type.ListOf;
import dev.slipway.twin.terraform.value.Type.MapOf;
import dev.slipway.twin.terraform.value.Type.ObjectOf;
import dev.slipway.twin.terraform.value.Type.Primitive;
import dev.slipway.twin.terraform.value.Type.SetOf;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.msgpack.core.MessageBufferPacker;
import org.msgpack.core.MessagePack;

class MsgPackTest {

  private static final ObjectOf TYPE =
      new ObjectOf(
          Map.of(
              "name",
              Primitive.STRING,
              "size",
              Primitive.NUMBER,
              "on",
              Primitive.BOOL,
              "names",
              new SetOf(Primitive.STRING),
              "tags",
              new MapOf(Primitive.STRING),
              "blocks",
              new ListOf(new ObjectOf(Map.of("port", Primitive.NUMBER)))));

  @Test
  void bringsBackWhatItWrote() {
    Value value =
        new Value.Obj(
            Map.of(
                "name",
                Value.of("é"),
                "size",
                Value.of(42),
                "on",
                Values.TRUE,
                "names",
                new Value.Seq(List.of(Values.UNKNOWN, Values.UNKNOWN, Value.of("a"))),
                "tags",
                Value.ofTexts(Map.of("k", "v")),
                "blocks",
                new Value.Seq(List.of(new Value.Obj(Map.of("port", Values.UNKNOWN))))));

    assertThat(MsgPack.decode(MsgPack.encode(value, TYPE), TYPE)).isEqualTo(value);
  }

  @Test
  void writesEveryAttributeOfAnObject() {
    Value decoded =
        MsgPack.decode(MsgPack.encode(new Value.Obj(Map.of("name", Value.of("a"))), TYPE), TYPE);

    assertThat(((Value.Obj) decoded).entries()).hasSize(6).containsEntry("size", Values.NULL);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"0", "-1", "9007199254740993", "0.5", "0.1", "1e40", "123456789012345678.9"})
  void keepsNumbersExactly(String number) {
    Value value = new Value.Num(new BigDecimal(number));

    assertThat(MsgPack.decode(MsgPack.encode(value, Primitive.NUMBER), Primitive.NUMBER))
        .isEqualTo(value);
  }

  @Test
  void takesAnyExtensionForAnUnknownValue() throws IOException {
    MessageBufferPacker packer = MessagePack.newDefaultBufferPacker();
    packer.packExtensionTypeHeader((byte) 12, 3).writePayload(new byte[] {1, 2, 3});

    assertThat(MsgPack.decode(packer.toByteArray(), Primitive.STRING)).isEqualTo(Values.UNKNOWN);
  }

  @Test
  void takesANumberThatComesAsAText() throws IOException {
    MessageBufferPacker packer = MessagePack.newDefaultBufferPacker();
    packer.packString("12345678901234567890.5");

    assertThat(MsgPack.decode(packer.toByteArray(), Primitive.NUMBER))
        .isEqualTo(new Value.Num(new BigDecimal("12345678901234567890.5")));
  }

  @Test
  void takesNothingForTheNullValue() {
    assertThat(MsgPack.decode(new byte[0], TYPE)).isEqualTo(Values.NULL);
  }
}
