package dev.slipway.twin.terraform.value;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.twin.terraform.value.Type.ListOf;
import dev.slipway.twin.terraform.value.Type.MapOf;
import dev.slipway.twin.terraform.value.Type.ObjectOf;
import dev.slipway.twin.terraform.value.Type.Primitive;
import dev.slipway.twin.terraform.value.Type.SetOf;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Values from the JSON of a state file; what the schema no longer has is dropped. */
public final class JsonState {

  private JsonState() {}

  /** Reads a value of a type. */
  public static Value read(JsonNode json, Type type) {
    if (json == null || json.isNull() || json.isMissingNode()) {
      return Values.NULL;
    }
    return switch (type) {
      case Primitive p ->
          switch (p) {
            case STRING -> new Value.Str(json.asText());
            case NUMBER -> new Value.Num(json.decimalValue());
            case BOOL -> Value.of(json.asBoolean());
          };
      case ListOf(var element) -> sequence(json, element);
      case SetOf(var element) -> sequence(json, element);
      case MapOf(var element) -> {
        Map<String, Value> entries = new LinkedHashMap<>();
        json.properties().forEach(e -> entries.put(e.getKey(), read(e.getValue(), element)));
        yield new Value.Obj(entries);
      }
      case ObjectOf(var attributes) -> {
        Map<String, Value> entries = new LinkedHashMap<>();
        attributes.forEach((name, attribute) -> {
          Value value = read(json.get(name), attribute);
          entries.put(name, value);
        });
        yield new Value.Obj(entries);
      }
    };
  }

  private static Value sequence(JsonNode json, Type element) {
    List<Value> items = new ArrayList<>();
    json.forEach(item -> items.add(read(item, element)));
    return new Value.Seq(items);
  }
}
