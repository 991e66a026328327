package dev.slipway.twin.secrets;

import dev.slipway.twin.world.AwsError;
import dev.slipway.twin.world.Parameters;
import dev.slipway.twin.world.Table;
import dev.slipway.twin.world.World;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Parameters by name, and all their versions. Under the world's lock. */
final class ParameterTables {

  private final World world;

  ParameterTables(World world) {
    this.world = world;
  }

  Table<ParameterRow> current() {
    return world.table("ssm.parameters");
  }

  Table<Map<String, String>> tags() {
    return world.table("ssm.parameterTags");
  }

  private Table<ParameterRow> versions() {
    return world.table("ssm.parameterVersions");
  }

  void put(ParameterRow row) {
    current().put(row.name(), row);
    versions().put(row.name() + ':' + row.version(), row);
  }

  boolean remove(String name) {
    versionsOf(name).forEach(row -> versions().remove(name + ':' + row.version()));
    tags().remove(name);
    return current().remove(name).isPresent();
  }

  List<ParameterRow> versionsOf(String name) {
    return versions().where(row -> row.name().equals(name));
  }

  /** The parameter that a text names: a name or an ARN, with {@code :version} or without. */
  Optional<ParameterRow> find(String text) {
    String name = nameOf(text);
    int colon = name.indexOf(':');
    if (colon < 0) {
      return current().find(name);
    }
    String version = name.substring(colon + 1);
    if (!version.matches("\\d+")) {
      throw AwsError.of("ValidationException", "parameter labels are not supported by the twin");
    }
    return versions().find(name);
  }

  ParameterRow require(String text) {
    // AWS sends no message with it.
    return find(text).orElseThrow(() -> AwsError.of("ParameterNotFound", ""));
  }

  /** The name in an ARN: what is not a path is written with a slash there and without one here. */
  String nameOf(String text) {
    if (!Parameters.required(text, "ValidationException", "name").startsWith("arn:")) {
      return text;
    }
    if (!text.contains(":parameter")) {
      return text;
    }
    String path = text.substring(text.indexOf(":parameter") + ":parameter".length());
    return current().contains(path) || path.indexOf('/', 1) > 0 ? path : path.substring(1);
  }

  /** The {@code :version} of a text, or null. */
  static String selector(String text) {
    int colon =
        text.startsWith("arn:")
            ? text.indexOf(':', text.indexOf(":parameter") + 1)
            : text.indexOf(':');
    return colon < 0 ? null : text.substring(colon);
  }
}
