package dev.slipway.twin.ecr.registry;

import dev.slipway.twin.ecr.ImageRow;
import dev.slipway.twin.ecr.Manifest;
import dev.slipway.twin.ecr.Registry;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** Listings: repositories, tags, and what refers to an image. */
final class ListingResource {

  private static final int USUAL_PAGE = 1000;

  private final Exchange exchange;
  private final Registry registry;

  ListingResource(Exchange exchange, Registry registry) {
    this.exchange = exchange;
    this.registry = registry;
  }

  void catalog() {
    if (isRead()) {
      List<String> names = page(registry.repositoryNames(), "/v2/_catalog");
      json("application/json", new JsonObject().put("repositories", new JsonArray(names)));
    }
  }

  void tags(Route route) {
    if (isRead()) {
      registry.requireRepository(route.repository());
      List<String> tags =
          page(registry.tags(route.repository()), "/v2/" + route.repository() + "/tags/list");
      json(
          "application/json",
          new JsonObject().put("name", route.repository()).put("tags", new JsonArray(tags)));
    }
  }

  void referrers(Route route) {
    if (isRead()) {
      registry.requireRepository(route.repository());
      String type = exchange.parameter("artifactType");
      List<JsonObject> found =
          registry.images(route.repository()).stream()
              .filter(row -> row.manifest().subject().equals(route.reference()))
              .filter(row -> type.isEmpty() || row.manifest().artifactType().equals(type))
              .map(ListingResource::descriptor)
              .toList();
      if (!type.isEmpty()) {
        exchange.header("OCI-Filters-Applied", "artifactType");
      }
      json(
          Manifest.OCI_INDEX,
          new JsonObject()
              .put("schemaVersion", 2)
              .put("mediaType", Manifest.OCI_INDEX)
              .put("manifests", new JsonArray(found)));
    }
  }

  private static JsonObject descriptor(ImageRow row) {
    JsonObject descriptor =
        new JsonObject()
            .put("mediaType", row.manifest().mediaType())
            .put("digest", row.digest())
            .put("size", row.bytes().length)
            .put("artifactType", row.manifest().artifactType());
    if (!row.manifest().annotations().isEmpty()) {
      JsonObject annotations = new JsonObject();
      row.manifest().annotations().forEach(annotations::put);
      descriptor.put("annotations", annotations);
    }
    return descriptor;
  }

  private List<String> page(List<String> names, String path) {
    String last = exchange.parameter("last");
    String asked = exchange.parameter("n");
    int size = asked.matches("\\d{1,6}") ? Integer.parseInt(asked) : USUAL_PAGE;
    List<String> rest = names.stream().filter(name -> name.compareTo(last) > 0).toList();
    List<String> page = rest.subList(0, Math.min(size, rest.size()));
    if (page.size() < rest.size() && !page.isEmpty()) {
      exchange.header(
          "Link", "<" + path + "?n=" + size + "&last=" + page.getLast() + ">; rel=\"next\"");
    }
    return page;
  }

  private boolean isRead() {
    boolean read = exchange.method().equals("GET");
    if (!read) {
      exchange.refuseMethod();
    }
    return read;
  }

  private void json(String type, JsonObject body) {
    exchange.send(200, type, body.toBuffer());
  }
}
