package dev.slipway.twin.wire;

import dev.slipway.twin.world.AwsError;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A form's dotted names as a tree. */
final class FormNode {

  private String value;
  private final Map<String, FormNode> children = new LinkedHashMap<>();

  /** The tree of a form's pairs. */
  static FormNode of(Map<String, String> form) {
    FormNode root = new FormNode();
    int nodes = 0;
    for (Map.Entry<String, String> pair : form.entrySet()) {
      String[] path = pair.getKey().split("\\.", WireLimits.DEPTH + 1);
      nodes += path.length;
      if (path.length > WireLimits.DEPTH || nodes > WireLimits.NODES) {
        throw AwsError.of("MalformedQueryString", "The query string is nested too deeply.");
      }
      FormNode node = root;
      for (String part : path) {
        node = node.children.computeIfAbsent(part, name -> new FormNode());
      }
      node.value = pair.getValue();
    }
    return root;
  }

  /** The value, or null when the node has children only. */
  String value() {
    return value;
  }

  /** The child of a name, or null. */
  FormNode child(String name) {
    return children.get(name);
  }

  /** The children whose names are numbers, in the numbers' order; the numbers may have gaps. */
  List<FormNode> numbered() {
    TreeMap<Integer, FormNode> sorted = new TreeMap<>();
    children.forEach((name, child) -> {
      if (!name.isEmpty()
          && name.length() < 10
          && name.chars().allMatch(c -> c >= '0' && c <= '9')) {
        sorted.put(Integer.parseInt(name), child);
      }
    });
    return List.copyOf(sorted.values());
  }
}
