package dev.slipway.twin.iam.policy;

import java.math.BigInteger;
import java.net.InetAddress;

/** Blocks of addresses, IPv4 and IPv6. */
final class CidrBlock {

  private CidrBlock() {}

  /** Whether a block, or a single address, contains the address. Texts that are neither do not. */
  static boolean contains(String block, String address) {
    try {
      String[] parts = block.split("/", 2);
      byte[] base = InetAddress.ofLiteral(parts[0]).getAddress();
      byte[] other = InetAddress.ofLiteral(address).getAddress();
      int bits = base.length * 8;
      int prefix = parts.length == 1 ? bits : Integer.parseInt(parts[1]);
      return base.length == other.length
          && prefix >= 0
          && prefix <= bits
          && new BigInteger(1, base)
              .shiftRight(bits - prefix)
              .equals(new BigInteger(1, other).shiftRight(bits - prefix));
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
