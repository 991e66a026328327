package dev.slipway.twin.balancer;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Makes the values of a load balancer's cookies: encrypted, and of the length of AWS's. One thread
 * at a time.
 */
final class Seal {

  private static final int IV = 12;
  private static final int TAG = 16;

  private final SecureRandom random = new SecureRandom();
  private final Cipher cipher;
  private final SecretKey key;

  Seal(SecretKey key) {
    this.key = key;
    try {
      cipher = Cipher.getInstance("AES/GCM/NoPadding");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  static SecretKey newKey() {
    byte[] bytes = new byte[16];
    new SecureRandom().nextBytes(bytes);
    return new SecretKeySpec(bytes, "AES");
  }

  /** A value that carries a text until an instant, made of so many bytes before Base64. */
  String close(String text, Instant until, int bytes) {
    byte[] iv = new byte[IV];
    random.nextBytes(iv);
    ByteBuffer plain = ByteBuffer.allocate(bytes - IV - TAG);
    byte[] content = text.getBytes(StandardCharsets.UTF_8);
    plain.putLong(until.getEpochSecond()).put((byte) content.length).put(content);
    try {
      cipher.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(TAG * 8, iv));
      byte[] sealed = ByteBuffer.allocate(bytes).put(iv).put(cipher.doFinal(plain.array())).array();
      return Base64.getEncoder().encodeToString(sealed);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The text of a value; empty when it is not one of ours, or its time is over. */
  String open(String value, Instant now) {
    try {
      byte[] sealed = Base64.getDecoder().decode(value);
      if (sealed.length <= IV + TAG) {
        return "";
      }
      cipher.init(Cipher.DECRYPT_MODE, key, new GCMParameterSpec(TAG * 8, sealed, 0, IV));
      ByteBuffer plain = ByteBuffer.wrap(cipher.doFinal(sealed, IV, sealed.length - IV));
      if (plain.getLong() < now.getEpochSecond()) {
        return "";
      }
      byte[] content = new byte[plain.get() & 255];
      plain.get(content);
      return new String(content, StandardCharsets.UTF_8);
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      return "";
    }
  }
}
