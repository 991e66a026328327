package dev.slipway.twin.terraform.resources;

import dev.slipway.twin.terraform.engine.Context;
import dev.slipway.twin.terraform.engine.ResourceHandler;
import dev.slipway.twin.terraform.plan.Traits;
import dev.slipway.twin.terraform.value.Attributes;
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

/** {@code aws_kms_alias}. */
final class KmsAliasResource implements ResourceHandler {

  private static final String PREFIX = "alias/";

  @Override
  public String type() {
    return "aws_kms_alias";
  }

  @Override
  public String label() {
    return "KMS Alias";
  }

  /** A key is the same by its id and by its ARN. */
  @Override
  public Traits traits() {
    return new Traits().same("target_key_id", (prior, wanted) -> id(prior).equals(id(wanted)));
  }

  @Override
  public void create(Context context, Attributes planned) {
    String name = planned.text("name");
    if (name == null) {
      name = planned.text("name_prefix", PREFIX) + context.uniqueSuffix();
    }
    context.call(
        CreateAliasRequest.builder()
            .aliasName(name)
            .targetKeyId(planned.text("target_key_id"))
            .build(),
        CreateAliasResponse.class);
    planned.set("id", name);
  }

  @Override
  public boolean read(Context context, Attributes state) {
    Optional<AliasListEntry> found =
        context
            .call(ListAliasesRequest.builder().build(), ListAliasesResponse.class)
            .aliases()
            .stream()
            .filter(alias -> alias.aliasName().equals(state.id()))
            .findFirst();
    found.ifPresent(alias -> {
      state
          .set("arn", alias.aliasArn())
          .set("name", alias.aliasName())
          .set("name_prefix", Context.namePrefix(alias.aliasName()))
          .set("target_key_arn", context.arn("kms", "key/" + alias.targetKeyId()));
      if (!id(state.text("target_key_id", "")).equals(alias.targetKeyId())) {
        state.set("target_key_id", alias.targetKeyId());
      }
    });
    return found.isPresent();
  }

  @Override
  public void update(Context context, Attributes prior, Attributes planned) {
    context.call(
        UpdateAliasRequest.builder()
            .aliasName(planned.id())
            .targetKeyId(planned.text("target_key_id"))
            .build(),
        UpdateAliasResponse.class);
  }

  @Override
  public void delete(Context context, Attributes state) {
    context.call(
        DeleteAliasRequest.builder().aliasName(state.id()).build(), DeleteAliasResponse.class);
  }

  private static String id(String key) {
    return key.substring(key.lastIndexOf('/') + 1);
  }
}
