package dev.slipway.twin.terraform.engine;

import dev.slipway.twin.terraform.schema.AwsSchema;
import dev.slipway.twin.terraform.schema.TypeSchema;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The resource types and data sources that the twin's provider offers: those with a handler. */
public final class Catalog {

  /** A data source's schema and handler. */
  public record DataSource(TypeSchema schema, DataHandler handler) {}

  private final AwsSchema schema;
  private final Map<String, ResourceEngine> resources = new TreeMap<>();
  private final Map<String, DataSource> dataSources = new TreeMap<>();

  /**
   * A catalogue of handlers.
   *
   * @throws IllegalStateException when the schema does not know a handler's type
   */
  public Catalog(
      AwsSchema schema, List<ResourceHandler> resourceHandlers, List<DataHandler> dataHandlers) {
    this.schema = schema;
    for (ResourceHandler handler : resourceHandlers) {
      TypeSchema type = known(schema.resource(handler.type()), handler.type());
      resources.put(handler.type(), new ResourceEngine(type, handler));
    }
    for (DataHandler handler : dataHandlers) {
      TypeSchema type = known(schema.dataSource(handler.type()), handler.type());
      dataSources.put(handler.type(), new DataSource(type, handler));
    }
  }

  /** What the provider declares. */
  public AwsSchema schema() {
    return schema;
  }

  /** The engines of all resource types, by type. */
  public Map<String, ResourceEngine> resources() {
    return Collections.unmodifiableMap(resources);
  }

  /** All data sources, by type. */
  public Map<String, DataSource> dataSources() {
    return Collections.unmodifiableMap(dataSources);
  }

  ResourceEngine resource(String type) {
    ResourceEngine engine = resources.get(type);
    if (engine == null) {
      throw new IllegalArgumentException("the twin does not have the resource type " + type);
    }
    return engine;
  }

  DataSource dataSource(String type) {
    DataSource source = dataSources.get(type);
    if (source == null) {
      throw new IllegalArgumentException("the twin does not have the data source " + type);
    }
    return source;
  }

  private static TypeSchema known(Optional<TypeSchema> schema, String type) {
    return schema.orElseThrow(() -> new IllegalStateException("no schema for " + type));
  }
}
