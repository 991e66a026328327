package dev.slipway.twin.kms;

import dev.slipway.twin.world.AwsError;
import dev.slipway.twin.world.Table;
import dev.slipway.twin.world.World;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.kms.model.AliasListEntry;
import software.amazon.awssdk.services.kms.model.KeyState;

/** Keys and aliases of a world, found by all the names that a key has. */
final class Keys {

  private final World world;

  Keys(World world) {
    this.world = world;
  }

  World world() {
    return world;
  }

  private Table<KeyRow> rows() {
    return world.table(KeyRow.TABLE);
  }

  Table<AliasListEntry> aliases() {
    return world.table("kms.aliases");
  }

  /** All keys; one whose day of deletion has come is gone when it is next looked for. */
  List<KeyRow> all() {
    for (KeyRow row : rows().all()) {
      if (row.shown().deletionDate() != null && !world.now().isBefore(row.shown().deletionDate())) {
        rows().remove(row.id());
        aliases().all().stream()
            .filter(alias -> row.id().equals(alias.targetKeyId()))
            .forEach(alias -> aliases().remove(alias.aliasName()));
      }
    }
    return rows().all();
  }

  void put(KeyRow row) {
    rows().put(row.id(), row);
  }

  /** The key of an id or ARN, of an alias or an alias's ARN. */
  KeyRow require(String name) {
    String text = name == null ? "" : name;
    String local = text.startsWith("arn:") ? text.substring(text.lastIndexOf(':') + 1) : text;
    if (local.startsWith("alias/")) {
      return alias(local)
          .map(AliasListEntry::targetKeyId)
          .flatMap(this::byId)
          .orElseThrow(() -> notFound("Alias " + world.arn("kms", local) + " is not found."));
    }
    String id = local.startsWith("key/") ? local.substring(4) : local;
    return byId(id)
        .orElseThrow(() -> notFound("Key '" + world.arn("kms", "key/" + id) + "' does not exist"));
  }

  /** The key, when it may be used. */
  KeyRow requireEnabled(String name) {
    KeyRow row = require(name);
    if (row.shown().keyState() == KeyState.DISABLED) {
      throw AwsError.of("DisabledException", row.shown().arn() + " is disabled.");
    }
    requireNotPending(row);
    return row;
  }

  /** The key, when it is not about to be deleted. */
  KeyRow requireLiving(String name) {
    KeyRow row = require(name);
    requireNotPending(row);
    return row;
  }

  private static void requireNotPending(KeyRow row) {
    if (row.shown().keyState() == KeyState.PENDING_DELETION) {
      throw AwsError.of("KMSInvalidStateException", row.shown().arn() + " is pending deletion.");
    }
  }

  private Optional<KeyRow> byId(String id) {
    return all().stream().filter(row -> row.id().equals(id)).findFirst();
  }

  Optional<AliasListEntry> alias(String name) {
    return aliases().find(name);
  }

  static AwsError notFound(String message) {
    return AwsError.of("NotFoundException", message);
  }

  /** A member of a request that the twin does not look at. */
  static AwsError unsupported(String member) {
    return AwsError.of("UnsupportedOperationException", "the twin's KMS does not have " + member);
  }
}
