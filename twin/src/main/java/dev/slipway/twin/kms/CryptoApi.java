package dev.slipway.twin.kms;

import dev.slipway.twin.world.AwsError;
import dev.slipway.twin.world.Parameters;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Map;
import java.util.TreeMap;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kms.model.DataKeySpec;
import software.amazon.awssdk.services.kms.model.DecryptRequest;
import software.amazon.awssdk.services.kms.model.DecryptResponse;
import software.amazon.awssdk.services.kms.model.EncryptRequest;
import software.amazon.awssdk.services.kms.model.EncryptResponse;
import software.amazon.awssdk.services.kms.model.EncryptionAlgorithmSpec;
import software.amazon.awssdk.services.kms.model.GenerateDataKeyRequest;
import software.amazon.awssdk.services.kms.model.GenerateDataKeyResponse;

/**
 * Encrypts with AES-256-GCM; a ciphertext begins with the id of its key, and the encryption context
 * is bound to it. Source: KMS developer guide, "SYMMETRIC_DEFAULT key spec".
 */
final class CryptoApi {

  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int ID = 36;
  private static final int NONCE = 12;
  private static final int TAG_BITS = 128;
  private static final int MOST = 4096;

  private final Keys keys;

  CryptoApi(Keys keys) {
    this.keys = keys;
  }

  public EncryptResponse encrypt(EncryptRequest request) {
    Parameters.only(
        request,
        Keys::unsupported,
        "KeyId",
        "Plaintext",
        "EncryptionContext",
        "EncryptionAlgorithm");
    requireSymmetric(request.encryptionAlgorithmAsString());
    KeyRow key = keys.requireEnabled(request.keyId());
    if (request.plaintext() == null || request.plaintext().asByteArrayUnsafe().length > MOST) {
      throw AwsError.of("ValidationException", "Plaintext must have 1 to 4096 bytes");
    }
    return EncryptResponse.builder()
        .keyId(key.shown().arn())
        .ciphertextBlob(
            seal(key, request.plaintext().asByteArrayUnsafe(), request.encryptionContext()))
        .encryptionAlgorithm(EncryptionAlgorithmSpec.SYMMETRIC_DEFAULT)
        .build();
  }

  private static void requireSymmetric(String algorithm) {
    if (algorithm != null && !algorithm.equals("SYMMETRIC_DEFAULT")) {
      throw AwsError.of(
          "InvalidKeyUsageException", "The twin's keys are symmetric: they do not do " + algorithm);
    }
  }

  public DecryptResponse decrypt(DecryptRequest request) {
    Parameters.only(
        request,
        Keys::unsupported,
        "KeyId",
        "CiphertextBlob",
        "EncryptionContext",
        "EncryptionAlgorithm");
    requireSymmetric(request.encryptionAlgorithmAsString());
    byte[] blob =
        request.ciphertextBlob() == null
            ? new byte[0]
            : request.ciphertextBlob().asByteArrayUnsafe();
    if (blob.length <= ID + NONCE) {
      throw invalid();
    }
    KeyRow key;
    try {
      key = keys.requireEnabled(new String(blob, 0, ID, StandardCharsets.US_ASCII));
    } catch (AwsError e) {
      throw e.code().equals("NotFoundException") ? invalid() : e;
    }
    if (request.keyId() != null && !keys.require(request.keyId()).id().equals(key.id())) {
      throw AwsError.of(
          "IncorrectKeyException",
          "The key ID in the request does not identify a CMK that can perform this operation.");
    }
    return DecryptResponse.builder()
        .keyId(key.shown().arn())
        .plaintext(SdkBytes.fromByteArray(open(key, blob, request.encryptionContext())))
        .encryptionAlgorithm(EncryptionAlgorithmSpec.SYMMETRIC_DEFAULT)
        .build();
  }

  public GenerateDataKeyResponse generate(GenerateDataKeyRequest request) {
    Parameters.only(
        request, Keys::unsupported, "KeyId", "EncryptionContext", "NumberOfBytes", "KeySpec");
    KeyRow key = keys.requireEnabled(request.keyId());
    if ((request.numberOfBytes() == null) == (request.keySpec() == null)) {
      throw AwsError.of(
          "ValidationException", "Please specify either number of bytes or key spec.");
    }
    int size =
        request.numberOfBytes() != null
            ? request.numberOfBytes()
            : request.keySpec() == DataKeySpec.AES_128 ? 16 : 32;
    if (size < 1 || size > 1024) {
      throw AwsError.of("ValidationException", "NumberOfBytes must be between 1 and 1024");
    }
    byte[] plain = new byte[size];
    RANDOM.nextBytes(plain);
    return GenerateDataKeyResponse.builder()
        .keyId(key.shown().arn())
        .plaintext(SdkBytes.fromByteArray(plain))
        .ciphertextBlob(seal(key, plain, request.encryptionContext()))
        .build();
  }

  private static SdkBytes seal(KeyRow key, byte[] plain, Map<String, String> context) {
    byte[] nonce = new byte[NONCE];
    RANDOM.nextBytes(nonce);
    try {
      byte[] sealed = cipher(Cipher.ENCRYPT_MODE, key, nonce, context).doFinal(plain);
      return SdkBytes.fromByteArray(
          ByteBuffer.allocate(ID + NONCE + sealed.length)
              .put(key.id().getBytes(StandardCharsets.US_ASCII))
              .put(nonce)
              .put(sealed)
              .array());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] open(KeyRow key, byte[] blob, Map<String, String> context) {
    byte[] nonce = java.util.Arrays.copyOfRange(blob, ID, ID + NONCE);
    try {
      return cipher(Cipher.DECRYPT_MODE, key, nonce, context)
          .doFinal(blob, ID + NONCE, blob.length - ID - NONCE);
    } catch (GeneralSecurityException e) {
      throw invalid();
    }
  }

  private static Cipher cipher(int mode, KeyRow key, byte[] nonce, Map<String, String> context)
      throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(
        mode,
        new SecretKeySpec(key.material().asByteArrayUnsafe(), "AES"),
        new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(new TreeMap<>(context).toString().getBytes(StandardCharsets.UTF_8));
    return cipher;
  }

  private static AwsError invalid() {
    return AwsError.of("InvalidCiphertextException", "");
  }
}
