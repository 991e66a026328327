package dev.slipway.validation.settings;

import java.util.List;
import java.util.Map;

/** A part of a YAML or JSON file, and the line where it begins, from 1. */
sealed interface Node {

  /** The line. */
  int line();

  /** What it is, for messages. */
  String kind();

  /** One value. */
  record Scalar(String text, int line) implements Node {
    @Override
    public String kind() {
      return text.isBlank() ? "nothing" : text;
    }
  }

  /** Names with values, in their order. */
  record Mapping(Map<String, Node> entries, Map<String, Integer> lines, int line) implements Node {
    @Override
    public String kind() {
      return "a mapping";
    }
  }

  /** A list. */
  record Sequence(List<Node> items, int line) implements Node {
    @Override
    public String kind() {
      return "a list";
    }
  }
}
