package dev.slipway.twin.kms;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.twin.world.AwsError;
import dev.slipway.twin.world.Differs;
import dev.slipway.twin.world.Parameters;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.kms.model.DisableKeyRotationRequest;
import software.amazon.awssdk.services.kms.model.DisableKeyRotationResponse;
import software.amazon.awssdk.services.kms.model.EnableKeyRotationRequest;
import software.amazon.awssdk.services.kms.model.EnableKeyRotationResponse;
import software.amazon.awssdk.services.kms.model.GetKeyPolicyRequest;
import software.amazon.awssdk.services.kms.model.GetKeyPolicyResponse;
import software.amazon.awssdk.services.kms.model.GetKeyRotationStatusRequest;
import software.amazon.awssdk.services.kms.model.GetKeyRotationStatusResponse;
import software.amazon.awssdk.services.kms.model.ListKeyPoliciesRequest;
import software.amazon.awssdk.services.kms.model.ListKeyPoliciesResponse;
import software.amazon.awssdk.services.kms.model.ListResourceTagsRequest;
import software.amazon.awssdk.services.kms.model.ListResourceTagsResponse;
import software.amazon.awssdk.services.kms.model.PutKeyPolicyRequest;
import software.amazon.awssdk.services.kms.model.PutKeyPolicyResponse;
import software.amazon.awssdk.services.kms.model.Tag;
import software.amazon.awssdk.services.kms.model.TagResourceRequest;
import software.amazon.awssdk.services.kms.model.TagResourceResponse;
import software.amazon.awssdk.services.kms.model.UntagResourceRequest;
import software.amazon.awssdk.services.kms.model.UntagResourceResponse;
import software.amazon.awssdk.services.kms.model.UpdateKeyDescriptionRequest;
import software.amazon.awssdk.services.kms.model.UpdateKeyDescriptionResponse;

/** What is set on keys. Source: KMS API reference. */
@Differs(
    value = "Key policies and rotation are kept and shown; keys are not rotated.",
    because = "What was encrypted before a rotation is decrypted after it in any case.")
final class KeySettingsApi {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String POLICY = "default";
  private static final int YEAR = 365;

  private final Keys keys;

  KeySettingsApi(Keys keys) {
    this.keys = keys;
  }

  static String valid(String policy) {
    try {
      Parameters.required(policy, "ValidationException", "policy");
      if (JSON.readTree(policy).path("Statement").size() > 0) {
        return policy;
      }
    } catch (JsonProcessingException e) {
      // falls through to the refusal
    }
    throw AwsError.of(
        "MalformedPolicyDocumentException", "Policy contains a statement with no JSON of a policy");
  }

  public GetKeyPolicyResponse policy(GetKeyPolicyRequest request) {
    KeyRow row = keys.require(request.keyId());
    requireUsual(request.policyName());
    return GetKeyPolicyResponse.builder().policy(row.policy()).policyName(POLICY).build();
  }

  private static void requireUsual(String name) {
    if (name != null && !name.equals(POLICY)) {
      throw Keys.notFound("No such policy exists");
    }
  }

  public PutKeyPolicyResponse put(PutKeyPolicyRequest request) {
    KeyRow row = keys.require(request.keyId());
    requireUsual(request.policyName());
    keys.put(row.withPolicy(valid(request.policy())));
    return PutKeyPolicyResponse.builder().build();
  }

  public ListKeyPoliciesResponse policies(ListKeyPoliciesRequest request) {
    keys.require(request.keyId());
    return ListKeyPoliciesResponse.builder().policyNames(POLICY).truncated(false).build();
  }

  public UpdateKeyDescriptionResponse describe(UpdateKeyDescriptionRequest request) {
    KeyRow row = keys.requireLiving(request.keyId());
    keys.put(row.with(key -> key.description(request.description())));
    return UpdateKeyDescriptionResponse.builder().build();
  }

  public EnableKeyRotationResponse rotate(EnableKeyRotationRequest request) {
    Integer days = request.rotationPeriodInDays();
    if (days != null && (days < 90 || days > 2560)) {
      throw AwsError.of(
          "ValidationException", "RotationPeriodInDays must be between 90 and 2560 days");
    }
    KeyRow row = keys.requireEnabled(request.keyId());
    keys.put(row.withRotation(days == null ? YEAR : days));
    return EnableKeyRotationResponse.builder().build();
  }

  public DisableKeyRotationResponse stay(DisableKeyRotationRequest request) {
    keys.put(keys.requireEnabled(request.keyId()).withRotation(0));
    return DisableKeyRotationResponse.builder().build();
  }

  public GetKeyRotationStatusResponse rotation(GetKeyRotationStatusRequest request) {
    KeyRow row = keys.require(request.keyId());
    boolean rotates = row.rotation() > 0;
    return GetKeyRotationStatusResponse.builder()
        .keyRotationEnabled(rotates)
        .keyId(row.id())
        .rotationPeriodInDays(rotates ? row.rotation() : null)
        .build();
  }

  public ListResourceTagsResponse tags(ListResourceTagsRequest request) {
    return ListResourceTagsResponse.builder()
        .tags(keys.require(request.keyId()).tags())
        .truncated(false)
        .build();
  }

  public TagResourceResponse tag(TagResourceRequest request) {
    KeyRow row = keys.requireLiving(request.keyId());
    Map<String, Tag> tags = byKey(row);
    request.tags().forEach(tag -> tags.put(tag.tagKey(), tag));
    keys.put(row.withTags(List.copyOf(tags.values())));
    return TagResourceResponse.builder().build();
  }

  public UntagResourceResponse untag(UntagResourceRequest request) {
    KeyRow row = keys.requireLiving(request.keyId());
    Map<String, Tag> tags = byKey(row);
    request.tagKeys().forEach(tags::remove);
    keys.put(row.withTags(List.copyOf(tags.values())));
    return UntagResourceResponse.builder().build();
  }

  private static Map<String, Tag> byKey(KeyRow row) {
    Map<String, Tag> tags = new LinkedHashMap<>();
    row.tags().forEach(tag -> tags.put(tag.tagKey(), tag));
    return tags;
  }
}
