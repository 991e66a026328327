package dev.slipway.twin.terraform.resources;

import dev.slipway.twin.terraform.engine.Context;
import dev.slipway.twin.terraform.engine.ResourceHandler;
import dev.slipway.twin.terraform.engine.TagChanges;
import dev.slipway.twin.terraform.plan.Traits;
import dev.slipway.twin.terraform.value.Attributes;
import java.util.Optional;
import software.amazon.awssdk.services.kms.model.CreateKeyRequest;
import software.amazon.awssdk.services.kms.model.CreateKeyResponse;
import software.amazon.awssdk.services.kms.model.DescribeKeyRequest;
import software.amazon.awssdk.services.kms.model.DescribeKeyResponse;
import software.amazon.awssdk.services.kms.model.DisableKeyRequest;
import software.amazon.awssdk.services.kms.model.DisableKeyResponse;
import software.amazon.awssdk.services.kms.model.DisableKeyRotationRequest;
import software.amazon.awssdk.services.kms.model.DisableKeyRotationResponse;
import software.amazon.awssdk.services.kms.model.EnableKeyRequest;
import software.amazon.awssdk.services.kms.model.EnableKeyResponse;
import software.amazon.awssdk.services.kms.model.EnableKeyRotationRequest;
import software.amazon.awssdk.services.kms.model.EnableKeyRotationResponse;
import software.amazon.awssdk.services.kms.model.GetKeyPolicyRequest;
import software.amazon.awssdk.services.kms.model.GetKeyPolicyResponse;
import software.amazon.awssdk.services.kms.model.GetKeyRotationStatusRequest;
import software.amazon.awssdk.services.kms.model.GetKeyRotationStatusResponse;
import software.amazon.awssdk.services.kms.model.KeyMetadata;
import software.amazon.awssdk.services.kms.model.KeyState;
import software.amazon.awssdk.services.kms.model.ListResourceTagsRequest;
import software.amazon.awssdk.services.kms.model.ListResourceTagsResponse;
import software.amazon.awssdk.services.kms.model.PutKeyPolicyRequest;
import software.amazon.awssdk.services.kms.model.PutKeyPolicyResponse;
import software.amazon.awssdk.services.kms.model.ScheduleKeyDeletionRequest;
import software.amazon.awssdk.services.kms.model.ScheduleKeyDeletionResponse;
import software.amazon.awssdk.services.kms.model.Tag;
import software.amazon.awssdk.services.kms.model.TagResourceRequest;
import software.amazon.awssdk.services.kms.model.TagResourceResponse;
import software.amazon.awssdk.services.kms.model.UntagResourceRequest;
import software.amazon.awssdk.services.kms.model.UntagResourceResponse;
import software.amazon.awssdk.services.kms.model.UpdateKeyDescriptionRequest;
import software.amazon.awssdk.services.kms.model.UpdateKeyDescriptionResponse;

/** {@code aws_kms_key}. To delete it is to have KMS delete it after its window. */
final class KmsKeyResource implements ResourceHandler {

  @Override
  public String type() {
    return "aws_kms_key";
  }

  @Override
  public String label() {
    return "KMS Key";
  }

  @Override
  public Traits traits() {
    return IamDocuments.traits("policy");
  }

  @Override
  public void create(Context context, Attributes planned) {
    CreateKeyRequest request =
        CreateKeyRequest.builder()
            .description(planned.text("description"))
            .keyUsage(planned.text("key_usage"))
            .keySpec(planned.text("customer_master_key_spec"))
            .policy(planned.text("policy"))
            .bypassPolicyLockoutSafetyCheck(planned.flag("bypass_policy_lockout_safety_check"))
            .customKeyStoreId(planned.text("custom_key_store_id"))
            .xksKeyId(planned.text("xks_key_id"))
            .multiRegion(planned.flag("multi_region") ? true : null)
            .tags(TagChanges.all(planned, KmsKeyResource::tag))
            .build();
    planned.set("id", context.call(request, CreateKeyResponse.class).keyMetadata().keyId());
    if (planned.flag("enable_key_rotation")) {
      rotate(context, planned);
    }
    if (!planned.flag("is_enabled")) {
      enable(context, planned);
    }
  }

  @Override
  public boolean read(Context context, Attributes state) {
    String id = state.id();
    Optional<KeyMetadata> found =
        context
            .find(() ->
                context
                    .call(DescribeKeyRequest.builder().keyId(id).build(), DescribeKeyResponse.class)
                    .keyMetadata())
            .filter(key -> key.keyState() != KeyState.PENDING_DELETION);
    found.ifPresent(key -> {
      state
          .set("arn", key.arn())
          .set("key_id", key.keyId())
          .setText("description", key.description())
          .set("is_enabled", key.enabled())
          .set("key_usage", key.keyUsageAsString())
          .set("customer_master_key_spec", key.keySpecAsString())
          .set("multi_region", key.multiRegion())
          .setText("custom_key_store_id", key.customKeyStoreId())
          .setText("xks_key_id", "");
      IamDocuments.set(
          state,
          "policy",
          context
              .call(GetKeyPolicyRequest.builder().keyId(id).build(), GetKeyPolicyResponse.class)
              .policy());
      state.set(
          "enable_key_rotation",
          context
              .call(
                  GetKeyRotationStatusRequest.builder().keyId(id).build(),
                  GetKeyRotationStatusResponse.class)
              .keyRotationEnabled());
      context.setTags(
          state,
          context
              .call(
                  ListResourceTagsRequest.builder().keyId(id).build(),
                  ListResourceTagsResponse.class)
              .tags(),
          Tag::tagKey,
          Tag::tagValue);
    });
    return found.isPresent();
  }

  @Override
  public void update(Context context, Attributes prior, Attributes planned) {
    String id = planned.id();
    // A disabled key takes no other change, so it is enabled first and disabled last.
    boolean enabled = planned.differs(prior, "is_enabled");
    if (enabled && planned.flag("is_enabled")) {
      enable(context, planned);
    }
    if (planned.differs(prior, "enable_key_rotation")) {
      rotate(context, planned);
    }
    if (planned.differs(prior, "description")) {
      context.call(
          UpdateKeyDescriptionRequest.builder()
              .keyId(id)
              .description(planned.text("description", ""))
              .build(),
          UpdateKeyDescriptionResponse.class);
    }
    if (planned.differs(prior, "policy")) {
      context.call(
          PutKeyPolicyRequest.builder()
              .keyId(id)
              .policyName("default")
              .policy(planned.text("policy"))
              .build(),
          PutKeyPolicyResponse.class);
    }
    TagChanges.between(prior, planned)
        .apply(
            KmsKeyResource::tag,
            keys ->
                context.call(
                    UntagResourceRequest.builder().keyId(id).tagKeys(keys).build(),
                    UntagResourceResponse.class),
            tags ->
                context.call(
                    TagResourceRequest.builder().keyId(id).tags(tags).build(),
                    TagResourceResponse.class));
    if (enabled && !planned.flag("is_enabled")) {
      enable(context, planned);
    }
  }

  @Override
  public void delete(Context context, Attributes state) {
    context.call(
        ScheduleKeyDeletionRequest.builder()
            .keyId(state.id())
            .pendingWindowInDays(state.positive("deletion_window_in_days"))
            .build(),
        ScheduleKeyDeletionResponse.class);
  }

  @Override
  public void importById(Context context, String id, Attributes state) {
    state.set("id", id).set("bypass_policy_lockout_safety_check", false);
  }

  private static void enable(Context context, Attributes planned) {
    if (planned.flag("is_enabled")) {
      context.call(EnableKeyRequest.builder().keyId(planned.id()).build(), EnableKeyResponse.class);
    } else {
      context.call(
          DisableKeyRequest.builder().keyId(planned.id()).build(), DisableKeyResponse.class);
    }
  }

  private static void rotate(Context context, Attributes planned) {
    if (planned.flag("enable_key_rotation")) {
      context.call(
          EnableKeyRotationRequest.builder().keyId(planned.id()).build(),
          EnableKeyRotationResponse.class);
    } else {
      context.call(
          DisableKeyRotationRequest.builder().keyId(planned.id()).build(),
          DisableKeyRotationResponse.class);
    }
  }

  private static Tag tag(String key, String value) {
    return Tag.builder().tagKey(key).tagValue(value).build();
  }
}
