package dev.slipway.twin.ecr;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An OCI image configuration.
 *
 * @param platform {@code os/architecture}, or empty when it declares none
 * @param run how to start the image
 */
record ImageConfig(String platform, Images.Config run) {

  /** No configuration: of an index, or of an artifact that is no image. */
  static final ImageConfig NONE =
      new ImageConfig("", new Images.Config(List.of(), List.of(), Map.of(), "", "", Map.of(), ""));

  /** Reads a configuration; a document that is none gives {@link #NONE}. */
  static ImageConfig parse(byte[] document) {
    JsonNode json;
    try {
      json = new ObjectMapper().readTree(document);
    } catch (IOException e) {
      return NONE;
    }
    JsonNode config = json.path("config");
    String architecture = json.path("architecture").asText("");
    return new ImageConfig(
        architecture.isEmpty() ? "" : json.path("os").asText("linux") + "/" + architecture,
        new Images.Config(
            texts(config.path("Entrypoint")),
            texts(config.path("Cmd")),
            environment(config.path("Env")),
            config.path("WorkingDir").asText(""),
            config.path("User").asText(""),
            labels(config.path("Labels")),
            config.path("StopSignal").asText("")));
  }

  private static List<String> texts(JsonNode array) {
    List<String> found = new ArrayList<>();
    array.forEach(item -> found.add(item.asText()));
    return List.copyOf(found);
  }

  private static Map<String, String> environment(JsonNode array) {
    Map<String, String> found = new LinkedHashMap<>();
    for (String item : texts(array)) {
      int equals = item.indexOf('=');
      found.put(
          equals < 0 ? item : item.substring(0, equals),
          equals < 0 ? "" : item.substring(equals + 1));
    }
    return Collections.unmodifiableMap(found);
  }

  private static Map<String, String> labels(JsonNode object) {
    Map<String, String> found = new LinkedHashMap<>();
    object.properties().forEach(e -> found.put(e.getKey(), e.getValue().asText()));
    return Collections.unmodifiableMap(found);
  }
}
