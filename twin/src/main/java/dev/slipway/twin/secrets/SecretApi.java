package dev.slipway.twin.secrets;

import dev.slipway.twin.world.AwsError;
import dev.slipway.twin.world.World;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.secretsmanager.model.CreateSecretRequest;
import software.amazon.awssdk.services.secretsmanager.model.CreateSecretResponse;
import software.amazon.awssdk.services.secretsmanager.model.DeleteSecretRequest;
import software.amazon.awssdk.services.secretsmanager.model.DeleteSecretResponse;
import software.amazon.awssdk.services.secretsmanager.model.RestoreSecretRequest;
import software.amazon.awssdk.services.secretsmanager.model.RestoreSecretResponse;
import software.amazon.awssdk.services.secretsmanager.model.SecretListEntry;
import software.amazon.awssdk.services.secretsmanager.model.Tag;
import software.amazon.awssdk.services.secretsmanager.model.TagResourceRequest;
import software.amazon.awssdk.services.secretsmanager.model.TagResourceResponse;
import software.amazon.awssdk.services.secretsmanager.model.UntagResourceRequest;
import software.amazon.awssdk.services.secretsmanager.model.UntagResourceResponse;
import software.amazon.awssdk.services.secretsmanager.model.UpdateSecretRequest;
import software.amazon.awssdk.services.secretsmanager.model.UpdateSecretResponse;

/** Secrets themselves. Source: Secrets Manager API reference. */
final class SecretApi {

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9/_+=.@-]{1,512}");
  private static final long USUAL_WINDOW = 30;

  private final World world;
  private final SecretTables tables;
  private final SecretWriter writer;

  SecretApi(World world, SecretTables tables) {
    this.world = world;
    this.tables = tables;
    this.writer = new SecretWriter(world, tables);
  }

  public CreateSecretResponse create(CreateSecretRequest request) {
    String name = request.name();
    if (name == null || !NAME.matcher(name).matches()) {
      throw AwsError.of(
          "ValidationException",
          "Invalid name. Must be a valid name containing alphanumeric characters, or any of the"
              + " following: -/_+=.@!");
    }
    if (!request.addReplicaRegions().isEmpty() || request.type() != null) {
      throw AwsError.of(
          "InvalidParameterException",
          "replicas and managed secrets are not supported by the twin");
    }
    tables.named(name).ifPresent(SecretApi::refuse);
    SecretListEntry secret =
        SecretListEntry.builder()
            .arn(world.arn("secretsmanager", "secret:" + name + "-" + world.ids().alphanumeric(6)))
            .name(name)
            .description(request.description())
            .kmsKeyId(request.kmsKeyId())
            .tags(request.tags().isEmpty() ? null : request.tags())
            .createdDate(world.now())
            .lastChangedDate(world.now())
            .build();
    tables.put(secret);
    String version =
        request.secretString() == null && request.secretBinary() == null
            ? null
            : writer.write(
                secret,
                request.clientRequestToken(),
                request.secretString(),
                request.secretBinary(),
                List.of(SecretVersion.CURRENT));
    return CreateSecretResponse.builder().arn(secret.arn()).name(name).versionId(version).build();
  }

  private static void refuse(SecretListEntry existing) {
    if (existing.deletedDate() != null) {
      throw AwsError.of(
          "InvalidRequestException",
          "You can't create this secret because a secret with this name is already scheduled for"
              + " deletion.");
    }
    throw AwsError.of(
        "ResourceExistsException",
        "The operation failed because the secret " + existing.name() + " already exists.");
  }

  public UpdateSecretResponse update(UpdateSecretRequest request) {
    SecretListEntry secret = tables.requireLiving(request.secretId());
    tables.change(
        secret.name(),
        old ->
            old.description(
                    request.description() == null ? secret.description() : request.description())
                .kmsKeyId(request.kmsKeyId() == null ? secret.kmsKeyId() : request.kmsKeyId())
                .lastChangedDate(world.now()));
    String version =
        request.secretString() == null && request.secretBinary() == null
            ? null
            : writer.write(
                secret,
                request.clientRequestToken(),
                request.secretString(),
                request.secretBinary(),
                List.of(SecretVersion.CURRENT));
    return UpdateSecretResponse.builder()
        .arn(secret.arn())
        .name(secret.name())
        .versionId(version)
        .build();
  }

  public DeleteSecretResponse delete(DeleteSecretRequest request) {
    boolean force = Boolean.TRUE.equals(request.forceDeleteWithoutRecovery());
    Long days = request.recoveryWindowInDays();
    if (force && days != null) {
      throw AwsError.of(
          "InvalidParameterException",
          "You can't use ForceDeleteWithoutRecovery in conjunction with RecoveryWindowInDays.");
    }
    if (days != null && (days < 7 || days > 30)) {
      throw AwsError.of(
          "InvalidParameterException",
          "The RecoveryWindowInDays value must be between 7 and 30 days (inclusive).");
    }
    SecretListEntry secret =
        force ? tables.require(request.secretId()) : tables.requireLiving(request.secretId());
    Instant end =
        force ? world.now() : world.now().plus(Duration.ofDays(days == null ? USUAL_WINDOW : days));
    if (force) {
      tables.remove(secret.name());
    } else {
      tables.change(secret.name(), old -> old.deletedDate(end));
    }
    return DeleteSecretResponse.builder()
        .arn(secret.arn())
        .name(secret.name())
        .deletionDate(end)
        .build();
  }

  public RestoreSecretResponse restore(RestoreSecretRequest request) {
    SecretListEntry secret = tables.require(request.secretId());
    tables.change(secret.name(), old -> old.deletedDate(null));
    return RestoreSecretResponse.builder().arn(secret.arn()).name(secret.name()).build();
  }

  public TagResourceResponse tag(TagResourceRequest request) {
    changeTags(request.secretId(), request.tags(), List.of());
    return TagResourceResponse.builder().build();
  }

  public UntagResourceResponse untag(UntagResourceRequest request) {
    changeTags(request.secretId(), List.of(), request.tagKeys());
    return UntagResourceResponse.builder().build();
  }

  private void changeTags(String id, List<Tag> set, List<String> removed) {
    SecretListEntry secret = tables.requireLiving(id);
    Map<String, Tag> tags = new LinkedHashMap<>();
    secret.tags().forEach(tag -> tags.put(tag.key(), tag));
    set.forEach(tag -> tags.put(tag.key(), tag));
    removed.forEach(tags::remove);
    tables.change(secret.name(), old -> old.tags(tags.isEmpty() ? null : tags.values()));
  }
}
