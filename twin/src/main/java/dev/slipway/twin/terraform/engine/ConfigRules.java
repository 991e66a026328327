package dev.slipway.twin.terraform.engine;

import dev.slipway.twin.terraform.schema.Attribute;
import dev.slipway.twin.terraform.schema.TypeSchema;
import dev.slipway.twin.terraform.value.Value;
import java.util.ArrayList;
import java.util.List;

/** The rules between attributes that a configuration must keep, as the schema states them. */
final class ConfigRules {

  private ConfigRules() {}

  /** What is wrong with a configuration. */
  static List<String> violations(TypeSchema schema, Value.Obj config) {
    List<String> violations = new ArrayList<>();
    for (Attribute attribute : schema.block().attributes().values()) {
      boolean set = isSet(config, attribute.name());
      if (set) {
        attribute.conflicts().stream()
            .filter(other -> isSet(config, other))
            .forEach(other ->
                violations.add(
                    "Conflicting configuration arguments: \"%s\": conflicts with %s"
                        .formatted(attribute.name(), other)));
      }
      List<String> oneOf = attribute.oneOf();
      if (!oneOf.isEmpty() && oneOf.getFirst().equals(attribute.name())) {
        long count = oneOf.stream().filter(name -> isSet(config, name)).count();
        boolean open = oneOf.stream().anyMatch(name -> config.get(name) instanceof Value.Unknown);
        if (count > 1 || (count == 0 && !open)) {
          violations.add(
              "Invalid combination of arguments: \"%s\": %s of `%s` %s"
                  .formatted(
                      attribute.name(),
                      count == 0 ? "one" : "only one",
                      String.join(",", oneOf),
                      count == 0 ? "must be specified" : "can be specified"));
        }
      }
    }
    return violations;
  }

  private static boolean isSet(Value.Obj config, String name) {
    return switch (config.get(name)) {
      case Value.Null n -> false;
      // May turn out to be null: the provider, too, waits until it is known.
      case Value.Unknown u -> false;
      case Value.Seq(var items) -> !items.isEmpty();
      default -> true;
    };
  }
}
