package dev.slipway.validation.observe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What Terraform believes to be there, by {@code terraform show -json}. Source: Terraform, JSON
 * output format, values representation.
 *
 * @param resources all managed resources of all modules
 */
public record TerraformState(List<Resource> resources) {

  /** None was given. */
  public static final TerraformState NONE = new TerraformState(List.of());

  private static final JsonMapper JSON = new JsonMapper();

  /**
   * A resource.
   *
   * @param address where it stands in the configuration
   * @param type its type, for instance {@code aws_ecs_service}
   * @param values its attributes
   */
  public record Resource(String address, String type, JsonNode values) {

    /** An attribute as a text, empty when it has none. */
    public String text(String attribute) {
      JsonNode value = values.path(attribute);
      return value.isNull() ? "" : value.asText("");
    }

    /** The first of its blocks of a kind; missing when it has none. */
    public JsonNode block(String name) {
      return values.path(name).path(0);
    }

    /** An attribute that is a list or set of texts. */
    public List<String> texts(String attribute) {
      return texts(values.path(attribute));
    }

    /** A list or set of texts. */
    public static List<String> texts(JsonNode list) {
      List<String> all = new ArrayList<>();
      list.forEach(e -> all.add(e.asText()));
      return List.copyOf(all);
    }
  }

  /** Whether one was given. */
  public boolean given() {
    return !resources.isEmpty();
  }

  /** All resources of a type. */
  public List<Resource> of(String type) {
    return resources.stream().filter(r -> r.type().equals(type)).toList();
  }

  /** The resource of a type whose attribute has a value. */
  public Optional<Resource> find(String type, String attribute, String value) {
    return of(type).stream().filter(r -> r.text(attribute).equals(value)).findFirst();
  }

  /**
   * Reads the answer of {@code terraform show -json}.
   *
   * @throws IOException when it is no such answer, or has no managed resource
   */
  public static TerraformState parse(String text) throws IOException {
    JsonNode json = JSON.readTree(text);
    if (json == null || !json.has("format_version")) {
      throw new IOException("it is not the answer of terraform show -json");
    }
    List<Resource> all = new ArrayList<>();
    collect(json.path("values").path("root_module"), all);
    if (all.isEmpty()) {
      throw new IOException("it has no managed resource");
    }
    return new TerraformState(List.copyOf(all));
  }

  private static void collect(JsonNode module, List<Resource> all) {
    for (JsonNode resource : module.path("resources")) {
      if ("managed".equals(resource.path("mode").asText())) {
        all.add(
            new Resource(
                resource.path("address").asText(),
                resource.path("type").asText(),
                resource.path("values")));
      }
    }
    module.path("child_modules").forEach(child -> collect(child, all));
  }
}
