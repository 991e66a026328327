package dev.slipway.twin.terraform.data;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/** Writes JSON as Go's encoder does, to the byte: its escapes and its way to break lines. */
final class GoJson {

  private final String lineBreak;
  private final String indent;

  GoJson(String lineBreak, String indent) {
    this.lineBreak = lineBreak;
    this.indent = indent;
  }

  String write(JsonNode node) {
    StringBuilder out = new StringBuilder();
    write(node, lineBreak, out);
    return out.toString();
  }

  private void write(JsonNode node, String outer, StringBuilder out) {
    String inner = outer + indent;
    if (node.isObject()) {
      out.append('{');
      String separator = "";
      for (Map.Entry<String, JsonNode> member : node.properties()) {
        out.append(separator).append(inner);
        text(member.getKey(), out);
        out.append(lineBreak.isEmpty() ? ":" : ": ");
        write(member.getValue(), inner, out);
        separator = ",";
      }
      out.append(node.isEmpty() ? "" : outer).append('}');
    } else if (node.isArray()) {
      out.append('[');
      String separator = "";
      for (JsonNode item : node) {
        out.append(separator).append(inner);
        write(item, inner, out);
        separator = ",";
      }
      out.append(node.isEmpty() ? "" : outer).append(']');
    } else if (node.isTextual()) {
      text(node.asText(), out);
    } else {
      out.append(node);
    }
  }

  private static void text(String text, StringBuilder out) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        case '<', '>', '&', '\u2028', '\u2029' -> out.append("\\u%04x".formatted((int) c));
        default -> out.append(c < 0x20 ? "\\u%04x".formatted((int) c) : String.valueOf(c));
      }
    }
    out.append('"');
  }
}
