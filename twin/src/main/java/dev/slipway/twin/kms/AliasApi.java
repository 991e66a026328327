package dev.slipway.twin.kms;

import dev.slipway.twin.world.AwsError;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.kms.model.AliasListEntry;
import software.amazon.awssdk.services.kms.model.CreateAliasRequest;
import software.amazon.awssdk.services.kms.model.CreateAliasResponse;
import software.amazon.awssdk.services.kms.model.DeleteAliasRequest;
import software.amazon.awssdk.services.kms.model.DeleteAliasResponse;
import software.amazon.awssdk.services.kms.model.ListAliasesRequest;
import software.amazon.awssdk.services.kms.model.ListAliasesResponse;
import software.amazon.awssdk.services.kms.model.UpdateAliasRequest;
import software.amazon.awssdk.services.kms.model.UpdateAliasResponse;

/** Other names of keys. Source: KMS API reference. */
final class AliasApi {

  private final Keys keys;

  AliasApi(Keys keys) {
    this.keys = keys;
  }

  public CreateAliasResponse create(CreateAliasRequest request) {
    String name = request.aliasName();
    if (name == null || !name.matches("alias/[a-zA-Z0-9/_-]{1,250}")) {
      throw AwsError.of(
          "ValidationException", "Alias must start with the prefix \"alias/\": " + name);
    }
    if (name.startsWith("alias/aws/")) {
      throw AwsError.of("NotAuthorizedException", "Alias prefix alias/aws/ is reserved.");
    }
    KeyRow key = keys.requireLiving(request.targetKeyId());
    String arn = keys.world().arn("kms", name);
    if (keys.alias(name).isPresent()) {
      throw AwsError.of(
          "AlreadyExistsException", "An alias with the name " + arn + " already exists");
    }
    keys.aliases()
        .put(
            name,
            AliasListEntry.builder()
                .aliasName(name)
                .aliasArn(arn)
                .targetKeyId(key.id())
                .creationDate(keys.world().now())
                .lastUpdatedDate(keys.world().now())
                .build());
    return CreateAliasResponse.builder().build();
  }

  public UpdateAliasResponse update(UpdateAliasRequest request) {
    AliasListEntry alias = require(request.aliasName());
    KeyRow key = keys.requireLiving(request.targetKeyId());
    keys.aliases()
        .put(
            alias.aliasName(),
            alias.toBuilder().targetKeyId(key.id()).lastUpdatedDate(keys.world().now()).build());
    return UpdateAliasResponse.builder().build();
  }

  public DeleteAliasResponse delete(DeleteAliasRequest request) {
    keys.aliases().remove(require(request.aliasName()).aliasName());
    return DeleteAliasResponse.builder().build();
  }

  public ListAliasesResponse list(ListAliasesRequest request) {
    Optional<String> key = Optional.ofNullable(request.keyId()).map(id -> keys.require(id).id());
    keys.all();
    List<AliasListEntry> found =
        keys.aliases().all().stream()
            .filter(alias -> key.isEmpty() || alias.targetKeyId().equals(key.get()))
            .toList();
    return ListAliasesResponse.builder().aliases(found).truncated(false).build();
  }

  private AliasListEntry require(String name) {
    return keys.alias(name == null ? "" : name)
        .orElseThrow(
            () -> Keys.notFound("Alias " + keys.world().arn("kms", name) + " is not found."));
  }
}
