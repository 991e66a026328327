package dev.slipway.twin.terraform.resources;

import dev.slipway.twin.terraform.engine.Context;
import dev.slipway.twin.terraform.engine.ResourceHandler;
import dev.slipway.twin.terraform.engine.TagChanges;
import dev.slipway.twin.terraform.plan.Traits;
import dev.slipway.twin.terraform.value.Attributes;
import java.time.Duration;
import software.amazon.awssdk.services.secretsmanager.model.CreateSecretRequest;
import software.amazon.awssdk.services.secretsmanager.model.CreateSecretResponse;
import software.amazon.awssdk.services.secretsmanager.model.DeleteResourcePolicyRequest;
import software.amazon.awssdk.services.secretsmanager.model.DeleteResourcePolicyResponse;
import software.amazon.awssdk.services.secretsmanager.model.DeleteSecretRequest;
import software.amazon.awssdk.services.secretsmanager.model.DeleteSecretResponse;
import software.amazon.awssdk.services.secretsmanager.model.DescribeSecretRequest;
import software.amazon.awssdk.services.secretsmanager.model.DescribeSecretResponse;
import software.amazon.awssdk.services.secretsmanager.model.GetResourcePolicyRequest;
import software.amazon.awssdk.services.secretsmanager.model.GetResourcePolicyResponse;
import software.amazon.awssdk.services.secretsmanager.model.PutResourcePolicyRequest;
import software.amazon.awssdk.services.secretsmanager.model.PutResourcePolicyResponse;
import software.amazon.awssdk.services.secretsmanager.model.Tag;
import software.amazon.awssdk.services.secretsmanager.model.TagResourceRequest;
import software.amazon.awssdk.services.secretsmanager.model.TagResourceResponse;
import software.amazon.awssdk.services.secretsmanager.model.UntagResourceRequest;
import software.amazon.awssdk.services.secretsmanager.model.UntagResourceResponse;
import software.amazon.awssdk.services.secretsmanager.model.UpdateSecretRequest;
import software.amazon.awssdk.services.secretsmanager.model.UpdateSecretResponse;

/** {@code aws_secretsmanager_secret}, in one region. */
final class SecretResource implements ResourceHandler {

  @Override
  public String type() {
    return "aws_secretsmanager_secret";
  }

  @Override
  public String label() {
    return "Secrets Manager Secret";
  }

  @Override
  public Traits traits() {
    return IamDocuments.traits("policy");
  }

  @Override
  public void create(Context context, Attributes planned) {
    if (!planned.blocks("replica").isEmpty()) {
      throw new UnsupportedOperationException("replica of a secret");
    }
    CreateSecretRequest request =
        CreateSecretRequest.builder()
            .clientRequestToken(context.token())
            .name(context.name(planned))
            .description(planned.text("description"))
            .kmsKeyId(planned.text("kms_key_id"))
            .tags(TagChanges.all(planned, SecretResource::tag))
            .build();
    // A secret of the same name that was deleted a moment ago may still be there.
    CreateSecretResponse response =
        context
            .waiter()
            .retry(
                Duration.ofMinutes(2),
                e -> e.awsMessage().contains("because it was deleted"),
                () -> context.call(request, CreateSecretResponse.class));
    planned.set("id", response.arn());
    if (planned.has("policy")) {
      putPolicy(context, planned);
    }
  }

  @Override
  public boolean read(Context context, Attributes state) {
    DescribeSecretRequest request = DescribeSecretRequest.builder().secretId(state.id()).build();
    DescribeSecretResponse secret = context.call(request, DescribeSecretResponse.class);
    if (secret.deletedDate() != null) {
      return false;
    }
    state
        .set("arn", secret.arn())
        .set("name", secret.name())
        .set("name_prefix", Context.namePrefix(secret.name()))
        .setText("description", secret.description())
        .setText("kms_key_id", secret.kmsKeyId())
        .setNoBlocks("replica");
    GetResourcePolicyRequest policy =
        GetResourcePolicyRequest.builder().secretId(state.id()).build();
    String document = context.call(policy, GetResourcePolicyResponse.class).resourcePolicy();
    if (document == null) {
      state.setEmpty("policy");
    } else {
      IamDocuments.set(state, "policy", document);
    }
    context.setTags(state, secret.tags(), Tag::key, Tag::value);
    return true;
  }

  @Override
  public void update(Context context, Attributes prior, Attributes planned) {
    String id = planned.id();
    if (planned.differs(prior, "description", "kms_key_id")) {
      context.call(
          UpdateSecretRequest.builder()
              .clientRequestToken(context.token())
              .secretId(id)
              .description(planned.text("description", ""))
              .kmsKeyId(planned.text("kms_key_id"))
              .build(),
          UpdateSecretResponse.class);
    }
    if (planned.differs(prior, "policy")) {
      if (planned.has("policy")) {
        putPolicy(context, planned);
      } else {
        context.call(
            DeleteResourcePolicyRequest.builder().secretId(id).build(),
            DeleteResourcePolicyResponse.class);
      }
    }
    TagChanges.between(prior, planned)
        .apply(
            SecretResource::tag,
            keys ->
                context.call(
                    UntagResourceRequest.builder().secretId(id).tagKeys(keys).build(),
                    UntagResourceResponse.class),
            tags ->
                context.call(
                    TagResourceRequest.builder().secretId(id).tags(tags).build(),
                    TagResourceResponse.class));
  }

  @Override
  public void delete(Context context, Attributes state) {
    Integer days = state.integer("recovery_window_in_days");
    boolean atOnce = days != null && days == 0;
    context.call(
        DeleteSecretRequest.builder()
            .secretId(state.id())
            .forceDeleteWithoutRecovery(atOnce ? true : null)
            .recoveryWindowInDays(atOnce || days == null ? null : days.longValue())
            .build(),
        DeleteSecretResponse.class);
  }

  private static void putPolicy(Context context, Attributes planned) {
    context.call(
        PutResourcePolicyRequest.builder()
            .secretId(planned.id())
            .resourcePolicy(planned.text("policy"))
            .build(),
        PutResourcePolicyResponse.class);
  }

  private static Tag tag(String key, String value) {
    return Tag.builder().key(key).value(value).build();
  }
}
