package dev.slipway.twin.wire;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.document.Document;

/** Random values of SDK model classes. Never an empty value: forms can't tell it from none. */
final class RandomValues {

  private static final String PLAIN =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
  private static final String ODD = "&<>\"'\r\n\t =+%/\\{}[];,.é€";
  private static final int DEEP = 5;

  private final Random random;
  private final boolean odd;

  /** Values with or without characters that need escaping. */
  RandomValues(long seed, boolean odd) {
    this.random = new Random(seed);
    this.odd = odd;
  }

  /** A value of a model class, all members set down to a depth, most below. */
  Object model(Class<?> modelClass) {
    SdkPojo builder = SdkShapes.builderOf(modelClass);
    fill(builder, 0);
    return SdkShapes.build(builder);
  }

  private void fill(SdkPojo builder, int depth) {
    List<SdkShapes.Member> members = SdkShapes.of(builder).members();
    boolean scalars = members.stream().anyMatch(member -> !isContainer(member.type()));
    for (SdkShapes.Member member : members) {
      boolean container = isContainer(member.type());
      boolean tooDeep = depth >= DEEP && scalars;
      if (!container || depth == 0 || !scalars || (!tooDeep && random.nextInt(3) > 0)) {
        member.set(builder, value(member.type(), depth + 1));
      }
    }
  }

  private static boolean isContainer(SdkShapes.Type type) {
    return type.element() != null || type.kind() == SdkShapes.Kind.STRUCT;
  }

  private Object value(SdkShapes.Type type, int depth) {
    return switch (type.kind()) {
      case STRING -> text();
      case INTEGER -> random.nextInt();
      case LONG -> random.nextLong();
      case SHORT -> (short) random.nextInt();
      case BYTE -> (byte) random.nextInt();
      case FLOAT -> random.nextFloat();
      case DOUBLE -> random.nextDouble() * 1000;
      case DECIMAL -> new BigDecimal(random.nextInt()).movePointLeft(3);
      case BOOLEAN -> random.nextBoolean();
      case INSTANT -> Instant.ofEpochMilli(random.nextLong(4_000_000_000_000L));
      case BYTES -> SdkBytes.fromUtf8String(text());
      case DOCUMENT ->
          Document.mapBuilder()
              .putString("a", text())
              .putList("b", List.of(Document.fromBoolean(true)))
              .build();
      case STRUCT -> {
        SdkPojo builder = type.newBuilder();
        fill(builder, depth);
        yield SdkShapes.build(builder);
      }
      case LIST -> {
        List<Object> list = new ArrayList<>();
        for (int i = 1 + random.nextInt(2); i > 0; i--) {
          list.add(value(type.element(), depth + 1));
        }
        yield list;
      }
      case MAP -> {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 1 + random.nextInt(2); i > 0; i--) {
          map.put(text(), value(type.element(), depth + 1));
        }
        yield map;
      }
    };
  }

  private String text() {
    StringBuilder text = new StringBuilder().append(PLAIN.charAt(random.nextInt(PLAIN.length())));
    for (int i = random.nextInt(8); i > 0; i--) {
      String from = odd && random.nextInt(4) == 0 ? ODD : PLAIN;
      text.append(from.charAt(random.nextInt(from.length())));
    }
    return text.append('z').toString();
  }
}
