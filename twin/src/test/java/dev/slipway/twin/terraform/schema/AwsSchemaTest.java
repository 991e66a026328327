package dev.slipway.twin.terraform.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.twin.terraform.data.DataSources;
import dev.slipway.twin.terraform.engine.Catalog;
import dev.slipway.twin.terraform.resources.Resources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AwsSchemaTest {

  /** Names the directory of the facts that the schema was made from, where they are at hand. */
  private static final String FACTS = "SLIPWAY_PROVIDER_FACTS";

  private final AwsSchema schema = AwsSchema.load();

  @Test
  void knowsTheTypeOfEveryHandler() {
    Catalog catalog = new Catalog(schema, Resources.all(), DataSources.all());

    assertThat(catalog.resources()).containsKeys("aws_vpc", "aws_lb", "aws_ecs_service");
    assertThat(catalog.dataSources()).containsKeys("aws_region", "aws_iam_policy_document");
  }

  @Test
  void tellsForceNewDefaultAndNesting() {
    Block subnet = schema.resource("aws_subnet").orElseThrow().block();
    Block balancer = schema.resource("aws_lb").orElseThrow().block();

    assertThat(subnet.attributes().get("vpc_id").forceNew()).isTrue();
    assertThat(subnet.attributes().get("availability_zone").conflicts())
        .containsExactly("availability_zone_id");
    assertThat(balancer.blocks().get("subnet_mapping").nesting()).isEqualTo(Block.Nesting.SET);
    assertThat(balancer.blocks().get("access_logs").max()).isOne();
    assertThat(schema.resource("aws_vpc_security_group_egress_rule").orElseThrow().framework())
        .isTrue();
  }

  @Test
  void agreesWithTheFactsAboutTheProvider() throws IOException {
    String directory = System.getenv(FACTS);
    assumeTrue(directory != null, FACTS + " does not name a directory");
    Path file = Path.of(directory, "schema.json");
    JsonNode facts = new ObjectMapper().readTree(Files.readString(file));
    List<String> differences = new ArrayList<>();

    compareTypes(facts.path("resources"), true, differences);
    compareTypes(facts.path("data_sources"), false, differences);

    assertThat(differences).isEmpty();
  }

  @Test
  void hasAHandlerForEveryTypeOfTheFacts() throws IOException {
    String directory = System.getenv(FACTS);
    assumeTrue(directory != null, FACTS + " does not name a directory");
    JsonNode facts =
        new ObjectMapper().readTree(Files.readString(Path.of(directory, "schema.json")));
    Catalog catalog = new Catalog(schema, Resources.all(), DataSources.all());

    assertThat(catalog.resources().keySet()).containsAll(names(facts.path("resources")));
    assertThat(catalog.dataSources().keySet()).containsAll(names(facts.path("data_sources")));
  }

  private static List<String> names(JsonNode types) {
    List<String> names = new ArrayList<>();
    types.fieldNames().forEachRemaining(names::add);
    return names;
  }

  private void compareTypes(JsonNode types, boolean resources, List<String> differences) {
    types
        .properties()
        .forEach(type -> {
          TypeSchema ours =
              (resources ? schema.resource(type.getKey()) : schema.dataSource(type.getKey()))
                  .orElseThrow();
          if (ours.version() != type.getValue().path("schema_version").asInt()
              || ours.framework() != type.getValue().path("plugin_framework").asBoolean()) {
            differences.add(type.getKey());
          }
          compare(type.getKey(), type.getValue(), ours.block(), differences);
        });
  }

  private static void compare(String path, JsonNode facts, Block ours, List<String> differences) {
    facts
        .path("attributes")
        .properties()
        .forEach(e -> {
          Attribute attribute = ours.attributes().get(e.getKey());
          JsonNode fact = e.getValue();
          if (attribute == null
              || !attribute.type().toJson().equals(fact.get("type"))
              || attribute.required() != fact.path("required").asBoolean()
              || attribute.optional() != fact.path("optional").asBoolean()
              || attribute.computed() != fact.path("computed").asBoolean()
              || attribute.forceNew() != fact.path("force_new").asBoolean()
              || attribute.sensitive() != fact.path("sensitive").asBoolean()
              || attribute.defaultValue().isNull() == fact.has("default")) {
            differences.add(path + "." + e.getKey());
          }
        });
    facts
        .path("blocks")
        .properties()
        .forEach(e -> {
          Block.Nested nested = ours.blocks().get(e.getKey());
          String inner = path + "." + e.getKey();
          if (nested == null
              || nested.max() != e.getValue().path("max_items").asInt()
              || nested.min() != e.getValue().path("min_items").asInt()
              || nested.computed() != e.getValue().path("computed").asBoolean()
              || nested.forceNew() != e.getValue().path("force_new").asBoolean()) {
            differences.add(inner);
          } else {
            compare(inner, e.getValue(), nested.block(), differences);
          }
        });
  }
}
