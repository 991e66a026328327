package dev.slipway.twin.kms;

import dev.slipway.twin.world.AwsError;
import dev.slipway.twin.world.Page;
import dev.slipway.twin.world.Parameters;
import java.security.SecureRandom;
import java.util.List;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kms.model.CreateKeyRequest;
import software.amazon.awssdk.services.kms.model.CreateKeyResponse;
import software.amazon.awssdk.services.kms.model.DescribeKeyRequest;
import software.amazon.awssdk.services.kms.model.DescribeKeyResponse;
import software.amazon.awssdk.services.kms.model.EncryptionAlgorithmSpec;
import software.amazon.awssdk.services.kms.model.KeyListEntry;
import software.amazon.awssdk.services.kms.model.KeyManagerType;
import software.amazon.awssdk.services.kms.model.KeyMetadata;
import software.amazon.awssdk.services.kms.model.KeySpec;
import software.amazon.awssdk.services.kms.model.KeyState;
import software.amazon.awssdk.services.kms.model.KeyUsageType;
import software.amazon.awssdk.services.kms.model.ListKeysRequest;
import software.amazon.awssdk.services.kms.model.ListKeysResponse;
import software.amazon.awssdk.services.kms.model.OriginType;

/** Symmetric keys. Source: KMS API reference. */
final class KeyApi {

  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int USUAL_PAGE = 100;

  private final Keys keys;

  KeyApi(Keys keys) {
    this.keys = keys;
  }

  public CreateKeyResponse create(CreateKeyRequest request) {
    Parameters.only(
        request,
        Keys::unsupported,
        "Policy",
        "Description",
        "KeyUsage",
        "CustomerMasterKeySpec",
        "KeySpec",
        "Origin",
        "BypassPolicyLockoutSafetyCheck",
        "Tags",
        "MultiRegion");
    boolean symmetric =
        (request.keySpec() == null || request.keySpec() == KeySpec.SYMMETRIC_DEFAULT)
            && "SYMMETRIC_DEFAULT".equals(text(request.customerMasterKeySpecAsString()))
            && (request.keyUsage() == null || request.keyUsage() == KeyUsageType.ENCRYPT_DECRYPT)
            && (request.origin() == null || request.origin() == OriginType.AWS_KMS);
    if (!symmetric || Boolean.TRUE.equals(request.multiRegion())) {
      throw Keys.unsupported("keys other than symmetric ones of one region");
    }
    byte[] material = new byte[32];
    RANDOM.nextBytes(material);
    String id = keys.world().ids().uuid();
    KeyMetadata shown =
        KeyMetadata.builder()
            .awsAccountId(keys.world().account())
            .keyId(id)
            .arn(keys.world().arn("kms", "key/" + id))
            .creationDate(keys.world().now())
            .enabled(true)
            .description(request.description() == null ? "" : request.description())
            .keyUsage(KeyUsageType.ENCRYPT_DECRYPT)
            .keyState(KeyState.ENABLED)
            .origin(OriginType.AWS_KMS)
            .keyManager(KeyManagerType.CUSTOMER)
            .customerMasterKeySpec("SYMMETRIC_DEFAULT")
            .keySpec(KeySpec.SYMMETRIC_DEFAULT)
            .encryptionAlgorithms(EncryptionAlgorithmSpec.SYMMETRIC_DEFAULT)
            .multiRegion(false)
            .build();
    String policy =
        request.policy() == null ? usualPolicy() : KeySettingsApi.valid(request.policy());
    keys.put(
        new KeyRow(
            shown, policy, 0, List.copyOf(request.tags()), SdkBytes.fromByteArray(material)));
    return CreateKeyResponse.builder().keyMetadata(shown).build();
  }

  private static String text(String spec) {
    return spec == null ? "SYMMETRIC_DEFAULT" : spec;
  }

  // Source: KMS developer guide, "Default key policy".
  private String usualPolicy() {
    return """
    {
      "Version" : "2012-10-17",
      "Id" : "key-default-1",
      "Statement" : [ {
        "Sid" : "Enable IAM User Permissions",
        "Effect" : "Allow",
        "Principal" : {
          "AWS" : "arn:aws:iam::ACCOUNT:root"
        },
        "Action" : "kms:*",
        "Resource" : "*"
      } ]
    }\
    """
        .replace("ACCOUNT", keys.world().account());
  }

  public DescribeKeyResponse describe(DescribeKeyRequest request) {
    return DescribeKeyResponse.builder().keyMetadata(keys.require(request.keyId()).shown()).build();
  }

  public ListKeysResponse list(ListKeysRequest request) {
    if (request.limit() != null && (request.limit() < 1 || request.limit() > 1000)) {
      throw AwsError.of("ValidationException", "Limit must be between 1 and 1000");
    }
    Page<KeyRow> page = Page.of(keys.all(), request.marker(), request.limit(), USUAL_PAGE);
    return ListKeysResponse.builder()
        .keys(
            page.items().stream()
                .map(
                    row -> KeyListEntry.builder().keyId(row.id()).keyArn(row.shown().arn()).build())
                .toList())
        .nextMarker(page.nextToken())
        .truncated(page.nextToken() != null)
        .build();
  }
}
