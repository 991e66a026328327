package dev.slipway.twin.secrets;

import dev.slipway.twin.world.AwsError;
import dev.slipway.twin.world.Table;
import dev.slipway.twin.world.World;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.services.secretsmanager.model.SecretListEntry;

/** Secrets by name, and their versions. Under the world's lock. */
final class SecretTables {

  private static final int SUFFIX = 7;

  private final World world;

  SecretTables(World world) {
    this.world = world;
  }

  private Table<SecretListEntry> secrets() {
    return world.table("secretsmanager.secrets");
  }

  private Table<SecretVersion> versions() {
    return world.table("secretsmanager.versions");
  }

  Table<String> policies() {
    return world.table("secretsmanager.policies");
  }

  /** All secrets, those that wait for their deletion among them. */
  List<SecretListEntry> all() {
    secrets().all().stream().filter(this::isOver).forEach(secret -> remove(secret.name()));
    return secrets().all();
  }

  private boolean isOver(SecretListEntry secret) {
    return secret.deletedDate() != null && !world.now().isBefore(secret.deletedDate());
  }

  Optional<SecretListEntry> named(String name) {
    return all().stream().filter(secret -> secret.name().equals(name)).findFirst();
  }

  /** The secret of an id: its name, its ARN, or its ARN without the random suffix. */
  SecretListEntry require(String id) {
    return all().stream()
        .filter(secret ->
            secret.name().equals(id)
                || secret.arn().equals(id)
                || secret.arn().substring(0, secret.arn().length() - SUFFIX).equals(id))
        .findFirst()
        .orElseThrow(() ->
            AwsError.of(
                "ResourceNotFoundException", "Secrets Manager can't find the specified secret."));
  }

  /** The same, unless the secret waits for its deletion. */
  SecretListEntry requireLiving(String id) {
    SecretListEntry secret = require(id);
    if (secret.deletedDate() != null) {
      throw AwsError.of(
          "InvalidRequestException",
          "You can't perform this operation on the secret because it was marked for deletion.");
    }
    return secret;
  }

  void put(SecretListEntry secret) {
    secrets().put(secret.name(), secret);
  }

  void change(String name, UnaryOperator<SecretListEntry.Builder> change) {
    secrets().update(name, old -> change.apply(old.toBuilder()).build());
  }

  void remove(String name) {
    secrets()
        .remove(name)
        .ifPresent(secret -> {
          versionsOf(secret.arn()).forEach(v -> versions().remove(secret.arn() + '|' + v.id()));
          policies().remove(secret.arn());
        });
  }

  List<SecretVersion> versionsOf(String arn) {
    return versions().where(version -> version.secretArn().equals(arn));
  }

  Optional<SecretVersion> version(String arn, String id) {
    return versions().find(arn + '|' + id);
  }

  Optional<SecretVersion> staged(String arn, String stage) {
    return versionsOf(arn).stream().filter(v -> v.stages().contains(stage)).findFirst();
  }

  void put(SecretVersion version) {
    versions().put(version.secretArn() + '|' + version.id(), version);
  }

  /** Moves a stage to a version; what was current before becomes the previous one. */
  void move(String arn, String stage, String toVersion) {
    Optional<SecretVersion> old = staged(arn, stage);
    if (old.map(SecretVersion::id).equals(Optional.of(toVersion))) {
      return;
    }
    old.ifPresent(version -> take(version, stage));
    if (stage.equals(SecretVersion.CURRENT) && old.isPresent()) {
      move(arn, SecretVersion.PREVIOUS, old.get().id());
    }
    version(arn, toVersion)
        .ifPresent(version -> {
          List<String> stages = new ArrayList<>(version.stages());
          stages.add(stage);
          put(version.withStages(stages));
        });
  }

  void take(SecretVersion version, String stage) {
    put(version.withStages(version.stages().stream().filter(s -> !s.equals(stage)).toList()));
  }

  /** The versions that have a stage. A version without one counts as gone. */
  Map<String, List<String>> stages(String arn) {
    Map<String, List<String>> found = new LinkedHashMap<>();
    versionsOf(arn).stream()
        .filter(version -> !version.stages().isEmpty())
        .forEach(version -> found.put(version.id(), version.stages()));
    return found;
  }
}
