package dev.slipway.twin.terraform.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.twin.terraform.schema.AwsSchema;
import dev.slipway.twin.terraform.value.Type.ListOf;
import dev.slipway.twin.terraform.value.Type.MapOf;
import dev.slipway.twin.terraform.value.Type.ObjectOf;
import dev.slipway.twin.terraform.value.Type.Primitive;
import dev.slipway.twin.terraform.value.Type.SetOf;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.msgpack.core.MessagePackException;

/** Values of real resource types, whole and spoilt: read again, or refused as no message. */
@Timeout(value = 1, unit = TimeUnit.MINUTES)
class MsgPackFuzzTest {

  private static final List<String> RESOURCES =
      List.of("aws_vpc", "aws_lb", "aws_ecs_service", "aws_ecs_task_definition", "aws_subnet");
  private static final int CASES = Integer.getInteger("slipway.fuzz.msgpack.cases", 5_000);

  private final Random random = new Random(Long.getLong("slipway.fuzz.seed", 1));

  @Test
  void readsWhatItWroteAndRefusesWhatIsSpoilt() {
    AwsSchema schema = AwsSchema.load();
    List<ObjectOf> types =
        RESOURCES.stream().map(name -> schema.resource(name).orElseThrow().type()).toList();
    int refused = 0;
    for (int i = 0; i < CASES; i++) {
      Type type = types.get(random.nextInt(types.size()));
      Value value = value(type);
      byte[] bytes = MsgPack.encode(value, type);
      assertThat(MsgPack.decode(bytes, type)).isEqualTo(value);
      for (int spoils = 1 + random.nextInt(3); spoils > 0; spoils--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      try {
        MsgPack.decode(bytes, type);
      } catch (UncheckedIOException | MessagePackException | NumberFormatException e) {
        refused++;
      }
    }
    assertThat(refused).isGreaterThan(CASES / 4);
  }

  @Test
  void takesNoRoomForWhatAMessageOnlyClaimsToHold() {
    byte[] extension = {(byte) 0xc9, 0x7f, (byte) 0xff, (byte) 0xff, (byte) 0xff, 0, 1};

    assertThatThrownBy(() -> MsgPack.decode(extension, Primitive.STRING))
        .hasMessageContaining("an extension of 2147483647 bytes in a message of 7");
  }

  private Value value(Type type) {
    int luck = random.nextInt(10);
    if (luck < 2) {
      return luck == 0 ? Values.NULL : Values.UNKNOWN;
    }
    return switch (type) {
      case Primitive p ->
          switch (p) {
            case STRING -> Value.of("é" + "x".repeat(random.nextInt(40)));
            case NUMBER -> new Value.Num(BigDecimal.valueOf(random.nextLong(), random.nextInt(3)));
            case BOOL -> Value.of(random.nextBoolean());
          };
      case ListOf(var element) -> sequence(element);
      case SetOf(var element) -> sequence(element);
      case MapOf(var element) -> new Value.Obj(Map.of("k", value(element)));
      case ObjectOf(var attributes) -> {
        Map<String, Value> entries = new LinkedHashMap<>();
        attributes.forEach((name, attribute) -> entries.put(name, value(attribute)));
        yield new Value.Obj(entries);
      }
    };
  }

  private Value sequence(Type element) {
    List<Value> items = new ArrayList<>();
    for (int i = random.nextInt(3); i > 0; i--) {
      items.add(value(element));
    }
    return new Value.Seq(items);
  }
}
