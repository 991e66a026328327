package dev.slipway.twin.world;

import java.util.UUID;
import java.util.random.RandomGenerator;

/** Ids in the shapes that AWS gives them, from a seeded source. Thread safe when the source is. */
public final class Ids {

  private static final String HEX = "0123456789abcdef";
  private static final String ALPHANUMERIC =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

  private final RandomGenerator random;

  /** Ids drawn from the generator. */
  public Ids(RandomGenerator random) {
    this.random = random;
  }

  /** A resource id such as {@code vpc-0a1b2c3d4e5f60718}: prefix, hyphen, 17 hex digits. */
  public String ec2(String prefix) {
    return prefix + "-0" + hex(16);
  }

  /** Lower-case hex digits. */
  public String hex(int length) {
    return draw(HEX, length);
  }

  /** Letters and digits. */
  public String alphanumeric(int length) {
    return draw(ALPHANUMERIC, length);
  }

  /** Decimal digits without a leading zero. */
  public String digits(int length) {
    return draw("123456789", 1) + draw("0123456789", length - 1);
  }

  /** A random UUID. */
  public String uuid() {
    return new UUID(
            (random.nextLong() & ~0xF000L) | 0x4000L,
            (random.nextLong() & 0x3FFFFFFFFFFFFFFFL) | 0x8000000000000000L)
        .toString();
  }

  /** A number from 0 (inclusive) to the bound (exclusive). */
  public int nextInt(int bound) {
    return random.nextInt(bound);
  }

  private String draw(String alphabet, int length) {
    StringBuilder text = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      text.append(alphabet.charAt(random.nextInt(alphabet.length())));
    }
    return text.toString();
  }
}
