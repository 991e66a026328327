package dev.slipway.validation.settings;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import dev.slipway.validation.report.Message;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads a YAML file, or JSON, which YAML contains, and keeps the line of every part: a wrong value
 * is shown where it stands.
 */
final class SettingsFile {

  private static final YAMLFactory YAML =
      YAMLFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private SettingsFile() {}

  /**
   * The file's one document.
   *
   * @param shown the file's name in messages
   */
  static Node read(Path file, String shown) throws WrongSetting {
    String text;
    try {
      text = Files.readString(file);
    } catch (NoSuchFileException e) {
      throw unreadable(shown, "there is no such file", "ls " + parent(file));
    } catch (IOException e) {
      throw unreadable(
          shown,
          Files.isDirectory(file) ? "it is a directory" : "it cannot be read: " + e.getMessage(),
          "ls -l " + file);
    }
    return parse(text, shown);
  }

  /** A text's one document. */
  static Node parse(String text, String shown) throws WrongSetting {
    try (YAMLParser parser = YAML.createParser(text)) {
      if (parser.nextToken() == null) {
        throw unreadable(shown, "it is empty", "see docs/verifying.md for an example");
      }
      return node(parser);
    } catch (JsonProcessingException e) {
      JsonLocation at = e.getLocation();
      throw unreadable(
          shown + (at == null ? "" : " line " + at.getLineNr()),
          e.getOriginalMessage().lines().map(String::strip).findFirst().orElse("not YAML"),
          "see docs/verifying.md for an example");
    } catch (IOException e) {
      throw new IllegalStateException("a text in memory can be read", e);
    }
  }

  private static Node node(YAMLParser parser) throws IOException {
    int line = parser.currentTokenLocation().getLineNr();
    return switch (parser.currentToken()) {
      case START_OBJECT -> {
        Map<String, Node> entries = new LinkedHashMap<>();
        Map<String, Integer> lines = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
          String name = parser.currentName();
          lines.put(name, parser.currentTokenLocation().getLineNr());
          parser.nextToken();
          entries.put(name, node(parser));
        }
        yield new Node.Mapping(entries, lines, line);
      }
      case START_ARRAY -> {
        List<Node> items = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          items.add(node(parser));
        }
        yield new Node.Sequence(items, line);
      }
      case VALUE_NULL -> new Node.Scalar("", line);
      default -> new Node.Scalar(parser.getText(), line);
    };
  }

  private static String parent(Path file) {
    Path parent = file.getParent();
    return parent == null ? "." : parent.toString();
  }

  private static WrongSetting unreadable(String where, String seen, String next) {
    return new WrongSetting(
        new Message(
            where + " cannot be read",
            "expected YAML or JSON; " + seen,
            "a typing error in the file's name or its indentation",
            List.of(next)));
  }
}
