package dev.slipway.topology;

/**
 * A block of IPv4 addresses.
 *
 * @param first its lowest address as a number
 * @param prefix the length of its prefix, 0 to 32
 */
public record Cidr(long first, int prefix) {

  /** A block; the bits below the prefix are cleared. */
  public Cidr {
    if (prefix < 0 || prefix > 32) {
      throw new IllegalArgumentException("no prefix length: " + prefix);
    }
    first = first & ~(sizeOf(prefix) - 1);
  }

  /**
   * Reads {@code a.b.c.d/n}.
   *
   * @throws IllegalArgumentException when the text is no such block
   */
  public static Cidr parse(String text) {
    int slash = text.indexOf('/');
    if (slash < 0) {
      throw new IllegalArgumentException("no CIDR block: " + text);
    }
    return new Cidr(address(text.substring(0, slash)), number(text.substring(slash + 1), 32));
  }

  /** Whether the text is a block as {@link #parse} reads it. */
  public static boolean isValid(String text) {
    try {
      parse(text);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /**
   * Reads {@code a.b.c.d}.
   *
   * @throws IllegalArgumentException when the text is no IPv4 address
   */
  public static long address(String text) {
    String[] parts = text.split("\\.", -1);
    if (parts.length != 4) {
      throw new IllegalArgumentException("no IPv4 address: " + text);
    }
    long value = 0;
    for (String part : parts) {
      value = value << 8 | number(part, 255);
    }
    return value;
  }

  /** Writes an address as {@code a.b.c.d}. */
  public static String text(long address) {
    return (address >> 24 & 255)
        + "."
        + (address >> 16 & 255)
        + "."
        + (address >> 8 & 255)
        + "."
        + (address & 255);
  }

  /** The number of addresses. */
  public long size() {
    return sizeOf(prefix);
  }

  /** Whether the address, as {@code a.b.c.d}, lies in the block. */
  public boolean contains(String address) {
    return contains(address(address));
  }

  /** Whether the address lies in the block. */
  public boolean contains(long address) {
    return address >= first && address < first + size();
  }

  /** Whether all of the other block lies in this one. */
  public boolean contains(Cidr other) {
    return prefix <= other.prefix && contains(other.first);
  }

  /** Whether the two blocks have an address in common. */
  public boolean overlaps(Cidr other) {
    return contains(other) || other.contains(this);
  }

  @Override
  public String toString() {
    return text(first) + "/" + prefix;
  }

  private static long sizeOf(int prefix) {
    return 1L << (32 - prefix);
  }

  private static int number(String text, int max) {
    if (text.isEmpty() || text.length() > 3 || !text.chars().allMatch(Character::isDigit)) {
      throw new IllegalArgumentException("no number: " + text);
    }
    int value = Integer.parseInt(text);
    if (value > max) {
      throw new IllegalArgumentException("too large: " + text);
    }
    return value;
  }
}
