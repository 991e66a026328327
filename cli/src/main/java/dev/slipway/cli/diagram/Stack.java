package dev.slipway.cli.diagram;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * The managed resources of a {@code terraform show -json} document, of a plan or of a state.
 *
 * @param resources in the document's order
 */
record Stack(List<Resource> resources) {

  /** A resource's address, type and values. */
  record Resource(String address, String type, JsonNode values) {
    String text(String attribute) {
      return values.path(attribute).asText("");
    }
  }

  /**
   * Reads a document.
   *
   * @throws IllegalArgumentException when it is neither a plan nor a state
   */
  static Stack of(JsonNode document) {
    JsonNode values =
        document.has("planned_values") ? document.path("planned_values") : document.path("values");
    if (!values.has("root_module")) {
      throw new IllegalArgumentException("the document has no resources");
    }
    List<Resource> found = new ArrayList<>();
    collect(values.path("root_module"), found);
    return new Stack(found);
  }

  private static void collect(JsonNode module, List<Resource> found) {
    for (JsonNode node : module.path("resources")) {
      if (node.path("mode").asText().equals("managed")) {
        found.add(
            new Resource(
                node.path("address").asText(), node.path("type").asText(), node.path("values")));
      }
    }
    for (JsonNode child : module.path("child_modules")) {
      collect(child, found);
    }
  }

  List<Resource> all(String type) {
    return resources.stream().filter(resource -> resource.type().equals(type)).toList();
  }

  Optional<Resource> first(String type) {
    return all(type).stream().findFirst();
  }

  int count(String type) {
    return all(type).size();
  }

  List<String> zones() {
    TreeSet<String> zones = new TreeSet<>();
    all("aws_subnet").forEach(subnet -> zones.add(subnet.text("availability_zone")));
    return List.copyOf(zones);
  }

  /** The subnets of a zone whose address names the tier, {@code public} or {@code private}. */
  List<Resource> subnets(String zone, String tier) {
    return all("aws_subnet").stream()
        .filter(subnet -> subnet.text("availability_zone").equals(zone))
        .filter(subnet -> subnet.address().contains(tier))
        .toList();
  }
}
