package dev.slipway.twin.snapshot;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What names of a world become when it is brought elsewhere: the account's id in ARNs, and the
 * registry's host and port in the names of images.
 */
final class Moves {

  private record Move(String from, Pattern whole, String to) {}

  private final List<Move> moves = new ArrayList<>();

  /** Adds a name and what it becomes. Parts of longer words and numbers stay. */
  Moves move(String from, String to) {
    if (!from.isEmpty() && !from.equals(to)) {
      Pattern whole =
          Pattern.compile("(?<![0-9A-Za-z.])" + Pattern.quote(from) + "(?![0-9A-Za-z])");
      moves.add(new Move(from, whole, Matcher.quoteReplacement(to)));
    }
    return this;
  }

  String text(String text) {
    String moved = text;
    for (Move move : moves) {
      if (moved.contains(move.from())) {
        moved = move.whole().matcher(moved).replaceAll(move.to());
      }
    }
    return moved;
  }

  JsonNode apply(JsonNode node) {
    if (moves.isEmpty()) {
      return node;
    }
    if (node.isTextual()) {
      return JsonNodeFactory.instance.textNode(text(node.textValue()));
    }
    if (node.isArray()) {
      ArrayNode array = JsonNodeFactory.instance.arrayNode(node.size());
      node.forEach(element -> array.add(apply(element)));
      return array;
    }
    if (node.isObject()) {
      ObjectNode object = JsonNodeFactory.instance.objectNode();
      node.properties().forEach(e -> object.set(e.getKey(), apply(e.getValue())));
      return object;
    }
    return node;
  }
}
