package dev.slipway.twin.wire;

import io.vertx.core.json.JsonObject;
import java.util.Arrays;
import java.util.List;

/** Reads the fields of the twin's own API strictly. Errors are for the caller's eyes. */
final class Fields {

  private Fields() {}

  /** Refuses fields that nobody would look at. */
  static void only(JsonObject json, String... names) {
    List<String> known = Arrays.asList(names);
    json.fieldNames().stream()
        .filter(name -> !known.contains(name))
        .findFirst()
        .ifPresent(name -> {
          throw new IllegalArgumentException(
              "unknown field " + name + "; known are " + String.join(", ", known));
        });
  }

  /** A number, or null when the field is absent. */
  static Double number(JsonObject json, String name) {
    Object value = json.getValue(name);
    if (value == null) {
      return null;
    }
    if (value instanceof Number number) {
      return number.doubleValue();
    }
    throw new IllegalArgumentException(name + " must be a number");
  }

  /** A number within bounds, or the default when the field is absent. */
  static double number(JsonObject json, String name, double absent, double least, double most) {
    Double value = number(json, name);
    if (value == null) {
      return absent;
    }
    if (!(value >= least && value <= most)) {
      throw new IllegalArgumentException(name + " must be from " + least + " to " + most);
    }
    return value;
  }

  /** A text, or the default when the field is absent. */
  static String text(JsonObject json, String name, String absent) {
    Object value = json.getValue(name);
    if (value == null) {
      return absent;
    }
    if (value instanceof String text) {
      return text;
    }
    throw new IllegalArgumentException(name + " must be a string");
  }
}
