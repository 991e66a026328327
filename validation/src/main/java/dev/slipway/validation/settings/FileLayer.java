package dev.slipway.validation.settings;

import dev.slipway.validation.report.Message;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Settings in a mapping of a file.
 *
 * @param mapping the mapping
 * @param shown the file's name in messages
 */
record FileLayer(Node.Mapping mapping, String shown) implements Layer {

  /** A layer of names that are all known. */
  static FileLayer of(Node node, String shown, List<String> known) throws WrongSetting {
    if (!(node instanceof Node.Mapping mapping)) {
      throw WrongSetting.value(
          new Value(node.kind(), at(shown, node.line())),
          "names with values, for instance cluster: staging",
          "see docs/verifying.md for an example");
    }
    for (Map.Entry<String, Integer> name : mapping.lines().entrySet()) {
      if (!known.contains(name.getKey())) {
        throw new WrongSetting(
            new Message(
                at(shown, name.getValue()) + " cannot be used",
                name.getKey() + " is no setting; there are " + String.join(", ", known),
                "a typing error, or a setting that can only be a flag",
                List.of("see docs/verifying.md for an example")));
      }
    }
    return new FileLayer(mapping, shown);
  }

  @Override
  public Optional<Value> text(Setting setting) throws WrongSetting {
    Node node = mapping.entries().get(setting.word());
    return node == null ? Optional.empty() : Optional.of(scalar(node, source(setting.word())));
  }

  @Override
  public Map<String, Value> pairs(Setting setting) throws WrongSetting {
    Map<String, Value> pairs = new LinkedHashMap<>();
    Node node = mapping.entries().get(setting.word());
    if (node == null) {
      return pairs;
    }
    if (!(node instanceof Node.Mapping found)) {
      throw WrongSetting.value(
          new Value(node.kind(), source(setting.word())),
          setting == Setting.SKIP ? "ids with reasons" : "names with values",
          "see docs/verifying.md for an example");
    }
    for (Map.Entry<String, Node> entry : found.entries().entrySet()) {
      pairs.put(
          entry.getKey(),
          scalar(
              entry.getValue(),
              at(shown, found.lines().get(entry.getKey()))
                  + " (%s: %s)".formatted(setting.word(), entry.getKey())));
    }
    return pairs;
  }

  private static Value scalar(Node node, String source) throws WrongSetting {
    if (node instanceof Node.Scalar scalar && !scalar.text().isBlank()) {
      return new Value(scalar.text().strip(), source);
    }
    throw WrongSetting.value(
        new Value(node.kind(), source), "one value", "give it a value or take the line out");
  }

  private String source(String word) {
    return at(shown, mapping.lines().get(word)) + " (" + word + ")";
  }

  static String at(String shown, int line) {
    return shown + " line " + line;
  }
}
