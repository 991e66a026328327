package dev.slipway.twin.terraform.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.twin.terraform.value.JsonState;
import dev.slipway.twin.terraform.value.Type;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What the hashicorp/aws provider declares, for the types that a Fargate stack uses. Read from
 * {@code aws-schema.json}, which {@code twin/src/tools/aws_schema.py} makes.
 */
public final class AwsSchema {

  private final Block provider;
  private final Map<String, TypeSchema> resources;
  private final Map<String, TypeSchema> dataSources;

  private AwsSchema(JsonNode json) {
    this.provider = block(json.get("provider"));
    this.resources = types(json.get("resources"));
    this.dataSources = types(json.get("data_sources"));
  }

  /** Reads the schema from the class path. */
  public static AwsSchema load() {
    try (InputStream in =
        AwsSchema.class.getResourceAsStream("/dev/slipway/twin/terraform/aws-schema.json")) {
      return new AwsSchema(new ObjectMapper().readTree(in));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The provider's own configuration block. */
  public Block provider() {
    return provider;
  }

  /** The schema of a resource type. */
  public Optional<TypeSchema> resource(String name) {
    return Optional.ofNullable(resources.get(name));
  }

  /** The schema of a data source. */
  public Optional<TypeSchema> dataSource(String name) {
    return Optional.ofNullable(dataSources.get(name));
  }

  private static Map<String, TypeSchema> types(JsonNode json) {
    Map<String, TypeSchema> types = new TreeMap<>();
    json.properties()
        .forEach(entry -> {
          JsonNode facts = entry.getValue();
          types.put(
              entry.getKey(),
              new TypeSchema(
                  entry.getKey(),
                  facts.path("version").asInt(),
                  facts.path("framework").asBoolean(),
                  block(facts)));
        });
    return Collections.unmodifiableMap(types);
  }

  private static Block block(JsonNode json) {
    Map<String, Attribute> attributes = new TreeMap<>();
    json.path("attributes")
        .properties()
        .forEach(e -> attributes.put(e.getKey(), attribute(e.getKey(), e.getValue())));
    Map<String, Block.Nested> blocks = new TreeMap<>();
    json.path("blocks")
        .properties()
        .forEach(e -> blocks.put(e.getKey(), nested(e.getKey(), e.getValue())));
    return new Block(Collections.unmodifiableMap(attributes), Collections.unmodifiableMap(blocks));
  }

  private static Block.Nested nested(String name, JsonNode json) {
    return new Block.Nested(
        name,
        Block.Nesting.valueOf(json.get("nesting").asText().toUpperCase(Locale.ROOT)),
        json.path("min").asInt(),
        json.path("max").asInt(),
        json.path("computed").asBoolean(),
        json.path("forceNew").asBoolean(),
        block(json));
  }

  private static Attribute attribute(String name, JsonNode json) {
    Type type = Type.parse(json.get(0));
    String flags = json.get(1).asText();
    JsonNode facts = json.path(2);
    return new Attribute(
        name,
        type,
        flags.contains("R"),
        flags.contains("O"),
        flags.contains("C"),
        flags.contains("F"),
        flags.contains("S"),
        JsonState.read(facts.path("default"), type),
        texts(facts.path("conflicts")),
        texts(facts.path("oneOf")));
  }

  private static List<String> texts(JsonNode json) {
    List<String> texts = new ArrayList<>();
    json.forEach(text -> texts.add(text.asText()));
    return List.copyOf(texts);
  }
}
