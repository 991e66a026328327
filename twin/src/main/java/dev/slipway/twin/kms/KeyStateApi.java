package dev.slipway.twin.kms;

import dev.slipway.twin.world.AwsError;
import java.time.Duration;
import java.time.Instant;
import software.amazon.awssdk.services.kms.model.CancelKeyDeletionRequest;
import software.amazon.awssdk.services.kms.model.CancelKeyDeletionResponse;
import software.amazon.awssdk.services.kms.model.DisableKeyRequest;
import software.amazon.awssdk.services.kms.model.DisableKeyResponse;
import software.amazon.awssdk.services.kms.model.EnableKeyRequest;
import software.amazon.awssdk.services.kms.model.EnableKeyResponse;
import software.amazon.awssdk.services.kms.model.KeyState;
import software.amazon.awssdk.services.kms.model.ScheduleKeyDeletionRequest;
import software.amazon.awssdk.services.kms.model.ScheduleKeyDeletionResponse;

/** Whether keys may be used. Source: KMS developer guide, "Key states of AWS KMS keys". */
final class KeyStateApi {

  private static final int USUAL_WINDOW = 30;

  private final Keys keys;

  KeyStateApi(Keys keys) {
    this.keys = keys;
  }

  public EnableKeyResponse enable(EnableKeyRequest request) {
    KeyRow row = keys.requireLiving(request.keyId());
    keys.put(row.with(key -> key.enabled(true).keyState(KeyState.ENABLED)));
    return EnableKeyResponse.builder().build();
  }

  public DisableKeyResponse disable(DisableKeyRequest request) {
    KeyRow row = keys.requireLiving(request.keyId());
    keys.put(row.with(key -> key.enabled(false).keyState(KeyState.DISABLED)));
    return DisableKeyResponse.builder().build();
  }

  public ScheduleKeyDeletionResponse schedule(ScheduleKeyDeletionRequest request) {
    int days = request.pendingWindowInDays() == null ? USUAL_WINDOW : request.pendingWindowInDays();
    if (days < 7 || days > 30) {
      throw AwsError.of("ValidationException", "PendingWindowInDays must be between 7 and 30 days");
    }
    KeyRow row = keys.requireLiving(request.keyId());
    Instant end = keys.world().now().plus(Duration.ofDays(days));
    keys.put(
        row.with(key -> key.enabled(false).keyState(KeyState.PENDING_DELETION).deletionDate(end)));
    return ScheduleKeyDeletionResponse.builder()
        .keyId(row.shown().arn())
        .deletionDate(end)
        .keyState(KeyState.PENDING_DELETION)
        .pendingWindowInDays(days)
        .build();
  }

  /** The key is disabled afterwards. */
  public CancelKeyDeletionResponse cancel(CancelKeyDeletionRequest request) {
    KeyRow row = keys.require(request.keyId());
    if (row.shown().keyState() != KeyState.PENDING_DELETION) {
      throw AwsError.of(
          "KMSInvalidStateException", row.shown().arn() + " is not pending deletion.");
    }
    keys.put(row.with(key -> key.keyState(KeyState.DISABLED).deletionDate(null)));
    return CancelKeyDeletionResponse.builder().keyId(row.shown().arn()).build();
  }
}
