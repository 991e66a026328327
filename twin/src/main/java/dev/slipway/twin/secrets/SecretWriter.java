package dev.slipway.twin.secrets;

import dev.slipway.twin.world.AwsError;
import dev.slipway.twin.world.World;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.secretsmanager.model.SecretListEntry;

/** Gives a secret a new version. Source: Secrets Manager API reference, PutSecretValue. */
final class SecretWriter {

  private final World world;
  private final SecretTables tables;

  SecretWriter(World world, SecretTables tables) {
    this.world = world;
    this.tables = tables;
  }

  /**
   * Writes a version and moves stages to it.
   *
   * @param token the id of the version, or null for a new one
   * @return the id
   */
  String write(
      SecretListEntry secret, String token, String text, SdkBytes bytes, List<String> stages) {
    if (text != null && bytes != null) {
      throw AwsError.of(
          "InvalidParameterException",
          "You can't specify both a binary secret value and a string secret value in the same"
              + " secret.");
    }
    String id = token == null ? world.ids().uuid() : token;
    Optional<SecretVersion> old = tables.version(secret.arn(), id);
    if (old.isPresent() && !old.get().sameValue(text, bytes)) {
      throw AwsError.of(
          "ResourceExistsException",
          "You can't use ClientRequestToken "
              + id
              + " because that value is already in use for a"
              + " version of secret "
              + secret.arn()
              + ".");
    }
    if (old.isEmpty()) {
      tables.put(new SecretVersion(secret.arn(), id, text, bytes, List.of(), world.now()));
      stages.forEach(stage -> tables.move(secret.arn(), stage, id));
      // The first version of a secret is always the current one.
      if (tables.staged(secret.arn(), SecretVersion.CURRENT).isEmpty()) {
        tables.move(secret.arn(), SecretVersion.CURRENT, id);
      }
      tables.change(secret.name(), s -> s.lastChangedDate(world.now()));
    }
    return id;
  }
}
