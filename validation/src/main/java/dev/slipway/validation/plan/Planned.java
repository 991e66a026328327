package dev.slipway.validation.plan;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A resource of a plan as it will be.
 *
 * @param address its address, for instance {@code module.network.aws_subnet.private["a"]}
 * @param module the address of its module, empty for the root
 * @param type its type, for instance {@code aws_subnet}
 * @param name its name in its module
 * @param key its index or key among the instances of that name; empty when it has none
 * @param values the values that are known; a data source's are its answer
 * @param unknown where a value is known only after the apply, {@code true} stands in its place
 * @param data whether it is a data source
 */
record Planned(
    String address,
    String module,
    String type,
    String name,
    String key,
    JsonNode values,
    JsonNode unknown,
    boolean data) {

  /** An attribute's text; empty when it is null, absent or unknown. */
  String text(String attribute) {
    return text(values.path(attribute));
  }

  /** An attribute's text, or what is meant when it is not given. */
  String text(String attribute, String otherwise) {
    String text = text(attribute);
    return text.isEmpty() ? otherwise : text;
  }

  /** An attribute's number, when it is known and given. */
  Optional<Integer> number(String attribute) {
    String text = text(attribute);
    return text.matches("-?\\d{1,9}") ? Optional.of(Integer.valueOf(text)) : Optional.empty();
  }

  boolean flag(String attribute, boolean otherwise) {
    String text = text(attribute);
    return text.isEmpty() ? otherwise : Boolean.parseBoolean(text);
  }

  /** The texts of a list, those that are known. */
  List<String> texts(String attribute) {
    return texts(values.path(attribute));
  }

  /** Whether an attribute, or anything in it, is known only after the apply. */
  boolean unknown(String attribute) {
    return anyTrue(unknown.path(attribute));
  }

  /** The nested blocks of a name, or the objects of a list. */
  List<Block> blocks(String name) {
    JsonNode known = values.path(name);
    JsonNode open = unknown.path(name);
    List<Block> all = new ArrayList<>();
    if (known.isArray()) {
      for (int i = 0; i < known.size(); i++) {
        all.add(new Block(known.get(i), open.path(i)));
      }
    } else if (known.isObject()) {
      all.add(new Block(known, open));
    }
    return all;
  }

  /**
   * A nested block.
   *
   * @param values its known values
   * @param unknown where a value is known only after the apply
   */
  record Block(JsonNode values, JsonNode unknown) {
    String text(String attribute) {
      return Planned.text(values.path(attribute));
    }

    List<String> texts(String attribute) {
      return Planned.texts(values.path(attribute));
    }

    Optional<Integer> number(String attribute) {
      String text = text(attribute);
      return text.matches("-?\\d{1,9}") ? Optional.of(Integer.valueOf(text)) : Optional.empty();
    }

    boolean flag(String attribute) {
      return Boolean.parseBoolean(text(attribute));
    }

    boolean unknown(String attribute) {
      return anyTrue(unknown.path(attribute));
    }

    List<Block> blocks(String name) {
      return new Planned("", "", "", "", "", values, unknown, false).blocks(name);
    }
  }

  static String text(JsonNode node) {
    return node.isValueNode() && !node.isNull() ? node.asText() : "";
  }

  private static List<String> texts(JsonNode node) {
    List<String> all = new ArrayList<>();
    for (JsonNode each : node) {
      if (each.isValueNode() && !each.isNull()) {
        all.add(each.asText());
      }
    }
    return all;
  }

  private static boolean anyTrue(JsonNode node) {
    if (node.isContainerNode()) {
      for (JsonNode each : node) {
        if (anyTrue(each)) {
          return true;
        }
      }
      return false;
    }
    return node.asBoolean(false);
  }
}
