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
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.document.Document;

/**
 * Requests that fit their classes and often make no sense: any member may be missing, a number may
 * be anything, and a text may be an id that an earlier answer held, a word that some service knows,
 * or rubbish. The same seed and the same answers make the same requests.
 */
final class Gibberish {

  private static final List<String> WORDS =
      List.of(
          "tcp",
          "-1",
          "udp",
          "FARGATE",
          "EC2",
          "HTTP",
          "HTTPS",
          "application",
          "internal",
          "forward",
          "fixed-response",
          "redirect",
          "ip",
          "instance",
          "awsvpc",
          "256",
          "512",
          "10.0.0.0/16",
          "10.0.1.0/24",
          "10.0.0.0/8",
          "0.0.0.0/0",
          "::/0",
          "10.0.0.1",
          "300.1.1.1/99",
          "eu-central-1a",
          "eu-central-1",
          "us-east-1",
          "{}",
          "[]",
          "null",
          "default",
          "app",
          "*",
          "arn:aws:iam::000000000000:role/app",
          "arn:aws:ecs:eu-central-1:000000000000:cluster/app",
          "arn:",
          "arn:aws::::",
          "app:1",
          "app:-1",
          "app:99999999999999",
          "String",
          "SecureString",
          "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"*\"}]}",
          "{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Allow\",\"Principal\":{\"Service\":\"ecs-tasks.amazonaws.com\"},\"Action\":\"sts:AssumeRole\"}}",
          "{\"Statement\":[1,[]]}",
          "vpc",
          "gateway",
          "Interface",
          "Gateway",
          "target-group",
          "/health",
          "200-299",
          "200-",
          "sha256:" + "0".repeat(64),
          "sha256:xyz",
          "latest",
          "ENABLED",
          "REPLICA",
          "ROLLING",
          "ECS",
          "name",
          "vpc-id",
          "tag:Name",
          "state",
          "true",
          "false",
          "Average",
          "GreaterThanThreshold",
          "ecs",
          "ecs:service:DesiredCount",
          "service/app/app",
          "Request",
          "2026-01-01T00:00:00Z",
          "host-header",
          "path-pattern",
          "awslogs",
          "\u0000",
          "é€😀",
          " ");

  private static final int KEPT = 400;
  private static final int DEEP = 6;

  private final Random random;
  private final List<String> harvest = new ArrayList<>();

  Gibberish(long seed) {
    this.random = new Random(seed);
  }

  /** A request of a class. */
  SdkRequest request(Class<?> type) {
    SdkPojo builder = SdkShapes.builderOf(type);
    fill(builder, 0, 20 + random.nextInt(80));
    return (SdkRequest) SdkShapes.build(builder);
  }

  /** Remembers the texts of an answer. */
  void harvest(SdkPojo answer) {
    for (SdkShapes.Member member : SdkShapes.of(answer).members()) {
      harvestValue(member.get(answer));
    }
  }

  private void harvestValue(Object value) {
    if (value instanceof SdkPojo pojo) {
      harvest(pojo);
    } else if (value instanceof List<?> list) {
      list.stream().limit(3).forEach(this::harvestValue);
    } else if (value instanceof String text && !text.isEmpty() && text.length() < 200) {
      if (harvest.size() < KEPT) {
        harvest.add(text);
      } else {
        harvest.set(random.nextInt(KEPT), text);
      }
    }
  }

  private void fill(SdkPojo builder, int depth, int percent) {
    for (SdkShapes.Member member : SdkShapes.of(builder).members()) {
      // Members that only say "do not do it" would keep everything from being done.
      if (!member.name().equals("DryRun") && random.nextInt(100) < percent && depth < DEEP) {
        member.set(builder, value(member.type(), depth + 1, percent));
      }
    }
  }

  private Object value(SdkShapes.Type type, int depth, int percent) {
    return switch (type.kind()) {
      case STRING -> text();
      case INTEGER -> (int) number();
      case LONG -> number();
      case SHORT -> (short) number();
      case BYTE -> (byte) number();
      case FLOAT -> (float) floating();
      case DOUBLE -> floating();
      case DECIMAL -> BigDecimal.valueOf(number());
      case BOOLEAN -> random.nextBoolean();
      case INSTANT -> Instant.ofEpochSecond(random.nextLong(-9_000_000_000L, 250_000_000_000L));
      case BYTES -> SdkBytes.fromUtf8String(text());
      case DOCUMENT -> Document.fromString(text());
      case STRUCT -> {
        SdkPojo builder = type.newBuilder();
        fill(builder, depth, percent);
        yield SdkShapes.build(builder);
      }
      case LIST -> {
        List<Object> list = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
          list.add(value(type.element(), depth + 1, percent));
        }
        yield list;
      }
      case MAP -> {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = random.nextInt(3); i > 0; i--) {
          map.put(text(), value(type.element(), depth + 1, percent));
        }
        yield map;
      }
    };
  }

  private long number() {
    return switch (random.nextInt(10)) {
      case 0 -> -1;
      case 1 -> 0;
      case 2 -> Integer.MAX_VALUE;
      case 3 -> Integer.MIN_VALUE;
      case 4 -> Long.MAX_VALUE;
      case 5 -> Long.MIN_VALUE;
      case 6 -> random.nextInt(70_000);
      default -> random.nextInt(1, 12);
    };
  }

  private double floating() {
    return switch (random.nextInt(5)) {
      case 0 -> Double.NaN;
      case 1 -> Double.NEGATIVE_INFINITY;
      case 2 -> -1e300;
      default -> random.nextInt(200);
    };
  }

  private String text() {
    return switch (random.nextInt(12)) {
      case 0 -> "";
      case 1 -> "x".repeat(random.nextInt(3000));
      case 2 -> new String(Character.toChars(random.nextInt(1, 0xd000)));
      case 3, 4, 5, 6 -> WORDS.get(random.nextInt(WORDS.size()));
      default -> harvest.isEmpty() ? "none" : harvest.get(random.nextInt(harvest.size()));
    };
  }
}
