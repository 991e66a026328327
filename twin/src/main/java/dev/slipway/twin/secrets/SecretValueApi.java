package dev.slipway.twin.secrets;

import dev.slipway.twin.world.AwsError;
import dev.slipway.twin.world.Parameters;
import dev.slipway.twin.world.World;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueRequest;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueResponse;
import software.amazon.awssdk.services.secretsmanager.model.PutSecretValueRequest;
import software.amazon.awssdk.services.secretsmanager.model.PutSecretValueResponse;
import software.amazon.awssdk.services.secretsmanager.model.SecretListEntry;
import software.amazon.awssdk.services.secretsmanager.model.UpdateSecretVersionStageRequest;
import software.amazon.awssdk.services.secretsmanager.model.UpdateSecretVersionStageResponse;

/** What is in secrets. Source: Secrets Manager API reference. */
final class SecretValueApi {

  private final World world;
  private final SecretTables tables;
  private final SecretWriter writer;

  SecretValueApi(World world, SecretTables tables) {
    this.world = world;
    this.tables = tables;
    this.writer = new SecretWriter(world, tables);
  }

  public GetSecretValueResponse get(GetSecretValueRequest request) {
    SecretListEntry secret = tables.requireLiving(request.secretId());
    SecretVersion version = require(secret, request.versionId(), request.versionStage());
    tables.change(secret.name(), s -> s.lastAccessedDate(world.now().truncatedTo(ChronoUnit.DAYS)));
    return GetSecretValueResponse.builder()
        .arn(secret.arn())
        .name(secret.name())
        .versionId(version.id())
        .secretString(version.text())
        .secretBinary(version.bytes())
        .versionStages(version.stages())
        .createdDate(version.created())
        .build();
  }

  private SecretVersion require(SecretListEntry secret, String id, String stage) {
    String wanted = stage == null ? SecretVersion.CURRENT : stage;
    if (id == null) {
      return tables
          .staged(secret.arn(), wanted)
          .orElseThrow(() -> missing("staging label: " + wanted));
    }
    SecretVersion version =
        tables.version(secret.arn(), id).orElseThrow(() -> missing("VersionId: " + id));
    if (stage != null && !version.stages().contains(stage)) {
      throw AwsError.of(
          "InvalidRequestException",
          "You provided a VersionStage that is not associated to the provided VersionId.");
    }
    return version;
  }

  public PutSecretValueResponse put(PutSecretValueRequest request) {
    SecretListEntry secret = tables.requireLiving(request.secretId());
    if (request.secretString() == null && request.secretBinary() == null) {
      throw AwsError.of(
          "InvalidRequestException", "You must provide either SecretString or SecretBinary.");
    }
    List<String> stages =
        request.hasVersionStages() ? request.versionStages() : List.of(SecretVersion.CURRENT);
    String id =
        writer.write(
            secret,
            request.clientRequestToken(),
            request.secretString(),
            request.secretBinary(),
            stages);
    return PutSecretValueResponse.builder()
        .arn(secret.arn())
        .name(secret.name())
        .versionId(id)
        .versionStages(tables.version(secret.arn(), id).orElseThrow().stages())
        .build();
  }

  public UpdateSecretVersionStageResponse move(UpdateSecretVersionStageRequest request) {
    SecretListEntry secret = tables.requireLiving(request.secretId());
    String stage =
        Parameters.required(request.versionStage(), "ValidationException", "versionStage");
    Optional<SecretVersion> holder = tables.staged(secret.arn(), stage);
    String from = request.removeFromVersionId();
    boolean held = holder.map(SecretVersion::id).equals(Optional.ofNullable(from));
    if (holder.isPresent() && !held) {
      throw AwsError.of(
          "InvalidParameterException",
          "The parameter RemoveFromVersionId can't be empty or another version's. Staging label %s is currently attached to version %s, so you must explicitly reference that version in RemoveFromVersionId."
              .formatted(stage, holder.get().id()));
    }
    if (request.moveToVersionId() == null) {
      holder.ifPresent(version -> tables.take(version, stage));
    } else {
      require(secret, request.moveToVersionId(), null);
      tables.move(secret.arn(), stage, request.moveToVersionId());
    }
    return UpdateSecretVersionStageResponse.builder().arn(secret.arn()).name(secret.name()).build();
  }

  private static AwsError missing(String what) {
    return AwsError.of(
        "ResourceNotFoundException",
        "Secrets Manager can't find the specified secret value for " + what);
  }
}
