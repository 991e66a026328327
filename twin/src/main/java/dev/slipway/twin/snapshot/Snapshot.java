package dev.slipway.twin.snapshot;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamReadException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The state of an account at one moment: the rows of every table of each region, and the layers of
 * its images. Immutable.
 */
public final class Snapshot {

  private static final int FORMAT = 1;

  // A layer is one text.
  private static final JsonMapper JSON =
      new JsonMapper(
          JsonFactory.builder()
              .streamReadConstraints(
                  StreamReadConstraints.builder().maxStringLength(Integer.MAX_VALUE).build())
              .build());

  private final ObjectNode document;

  private Snapshot(ObjectNode document) {
    this.document = document;
  }

  /** The rows of a region by table and key. */
  record Region(Map<String, Map<String, Object>> tables) {}

  static Snapshot of(
      String account,
      Instant now,
      String registry,
      Map<String, Region> regions,
      Map<String, byte[]> blobs) {
    ObjectNode document =
        JsonNodeFactory.instance
            .objectNode()
            .put("format", FORMAT)
            .put("account", account)
            .put("now", now.toString())
            .put("registry", registry);
    ObjectNode all = document.putObject("regions");
    regions.forEach((name, region) -> {
      ObjectNode tables = all.putObject(name);
      region
          .tables()
          .forEach((table, rows) -> {
            ObjectNode written = tables.putObject(table);
            rows.forEach((key, row) -> written.set(key, ValueWriter.write(row)));
          });
    });
    ObjectNode files = document.putObject("blobs");
    blobs.forEach(files::put);
    return new Snapshot(document);
  }

  /**
   * Reads a snapshot.
   *
   * @throws IllegalArgumentException when the text is no snapshot of this format
   */
  public static Snapshot parse(byte[] text) {
    try {
      JsonNode json = JSON.readTree(text);
      if (json instanceof ObjectNode document
          && document.path("format").asInt() == FORMAT
          && document.path("account").asText().matches("\\d{12}")
          && document.path("regions").isObject()) {
        return new Snapshot(document);
      }
    } catch (StreamReadException e) {
      // refused below
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    throw new IllegalArgumentException(
        "not a snapshot of this twin: it must be the JSON that POST /_twin/snapshot answered");
  }

  /** The snapshot as JSON. */
  public byte[] toJson() {
    try {
      return JSON.writeValueAsBytes(document);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The account that it was taken of. */
  public String account() {
    return document.get("account").asText();
  }

  /** The world's time when it was taken. */
  public Instant now() {
    return Instant.parse(document.path("now").asText());
  }

  String registry() {
    return document.path("registry").asText();
  }

  /** The rows by region, as values of the account and twin that they are brought to. */
  Map<String, Region> regions(Moves moves) {
    Map<String, Region> regions = new LinkedHashMap<>();
    document
        .get("regions")
        .properties()
        .forEach(region -> regions.put(region.getKey(), region(region.getValue(), moves)));
    return regions;
  }

  private static Region region(JsonNode node, Moves moves) {
    Map<String, Map<String, Object>> tables = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> table : node.properties()) {
      Map<String, Object> rows = new LinkedHashMap<>();
      for (Map.Entry<String, JsonNode> row : table.getValue().properties()) {
        rows.put(moves.text(row.getKey()), ValueReader.read(moves.apply(row.getValue())));
      }
      tables.put(table.getKey(), rows);
    }
    return new Region(tables);
  }

  /** The blobs by digest. */
  Map<String, byte[]> blobs() {
    Map<String, byte[]> blobs = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> blob : document.path("blobs").properties()) {
      try {
        blobs.put(blob.getKey(), blob.getValue().binaryValue());
      } catch (IOException e) {
        throw new IllegalArgumentException("the blob " + blob.getKey() + " is not in base64", e);
      }
    }
    return blobs;
  }
}
