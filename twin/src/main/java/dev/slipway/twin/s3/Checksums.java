package dev.slipway.twin.s3;

import dev.slipway.twin.world.AwsError;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;
import java.util.zip.Checksum;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;

/**
 * Checks what a client says of the bytes that it sends. Source: S3 user guide, "Checking object
 * integrity".
 */
final class Checksums {

  private static final String PREFIX = "Checksum";
  private static final long CRC64_NVME = 0x9A6C9329AC4BC9B5L;

  private Checksums() {}

  /**
   * The checksum of a request, by the member that carries it; empty when there is none.
   *
   * @throws AwsError {@code BadDigest} when it is not that of the content
   */
  static Map<String, String> verified(SdkPojo request, String contentMd5, byte[] content) {
    if (contentMd5 != null
        && !contentMd5.equals(Base64.getEncoder().encodeToString(Objects.md5(content)))) {
      throw AwsError.of(
          "BadDigest", "The Content-MD5 you specified did not match what we received.");
    }
    for (SdkField<?> field : request.sdkFields()) {
      String member = field.memberName();
      Object given = field.getValueOrDefault(request);
      if (member.startsWith(PREFIX)
          && !member.equals("ChecksumAlgorithm")
          && !member.equals("ChecksumType")
          && given instanceof String text) {
        String algorithm = member.substring(PREFIX.length());
        if (!text.equals(of(algorithm, content))) {
          throw AwsError.of(
              "BadDigest",
              "The " + algorithm + " you specified did not match the calculated checksum.");
        }
        return Map.of(member, text);
      }
    }
    return Map.of();
  }

  /** Sets the checksum's member of an answer. */
  static void show(SdkPojo answer, Map<String, String> checksum) {
    answer.sdkFields().stream()
        .filter(field -> checksum.containsKey(field.memberName()))
        .forEach(field -> field.set(answer, checksum.get(field.memberName())));
  }

  private static String of(String algorithm, byte[] content) {
    byte[] sum =
        switch (algorithm) {
          case "CRC32" -> crc(new CRC32(), content);
          case "CRC32C" -> crc(new CRC32C(), content);
          case "CRC64NVME" -> ByteBuffer.allocate(8).putLong(crc64(content)).array();
          case "SHA1" -> digest("SHA-1", content);
          case "SHA256" -> digest("SHA-256", content);
          default -> throw S3Errors.notImplemented("the checksum " + algorithm);
        };
    return Base64.getEncoder().encodeToString(sum);
  }

  private static byte[] crc(Checksum checksum, byte[] content) {
    checksum.update(content);
    return ByteBuffer.allocate(4).putInt((int) checksum.getValue()).array();
  }

  private static long crc64(byte[] content) {
    long crc = ~0L;
    for (byte b : content) {
      crc ^= b & 0xFF;
      for (int i = 0; i < 8; i++) {
        crc = (crc & 1) == 0 ? crc >>> 1 : crc >>> 1 ^ CRC64_NVME;
      }
    }
    return ~crc;
  }

  private static byte[] digest(String algorithm, byte[] content) {
    try {
      return MessageDigest.getInstance(algorithm).digest(content);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
