package dev.slipway.twin.wire;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** Faults as {@code /_twin/faults} takes and shows them. */
final class FaultJson {

  private FaultJson() {}

  /**
   * Reads a fault.
   *
   * @throws IllegalArgumentException with a message for the caller
   */
  static FaultRule read(JsonObject json) {
    Fields.only(
        json,
        "account",
        "service",
        "operation",
        "kind",
        "count",
        "probability",
        "delayMillis",
        "code",
        "status",
        "message");
    FaultRule.Kind kind = kind(Fields.text(json, "kind", ""));
    double delay = Fields.number(json, "delayMillis", 0, 0, 600_000);
    if (kind == FaultRule.Kind.DELAY && delay == 0) {
      throw new IllegalArgumentException("a delay needs delayMillis");
    }
    return new FaultRule(
        Fields.text(json, "account", "*"),
        Fields.text(json, "service", "*"),
        Fields.text(json, "operation", "*"),
        kind,
        (int) Fields.number(json, "count", 0, 0, Integer.MAX_VALUE),
        Fields.number(json, "probability", 1, 0, 1),
        Duration.ofMillis((long) delay),
        Fields.text(json, "code", "InternalFailure"),
        (int) Fields.number(json, "status", 500, 400, 599),
        Fields.text(json, "message", "The request failed because of an internal error."));
  }

  /** Shows a fault. */
  static JsonObject write(Faults.Active fault) {
    FaultRule rule = fault.rule();
    JsonObject json =
        new JsonObject()
            .put("id", fault.id())
            .put("account", rule.account())
            .put("service", rule.service())
            .put("operation", rule.operation())
            .put("kind", name(rule.kind()))
            .put("count", rule.count())
            .put("applied", fault.applied())
            .put("probability", rule.probability())
            .put("delayMillis", rule.delay().toMillis());
    if (rule.kind() == FaultRule.Kind.ERROR) {
      json.put("code", rule.code()).put("status", rule.status()).put("message", rule.message());
    }
    return json;
  }

  private static FaultRule.Kind kind(String text) {
    return Arrays.stream(FaultRule.Kind.values())
        .filter(kind -> name(kind).equals(text))
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException(
                "kind must be one of "
                    + Arrays.stream(FaultRule.Kind.values())
                        .map(FaultJson::name)
                        .collect(Collectors.joining(", "))));
  }

  private static String name(FaultRule.Kind kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }
}
