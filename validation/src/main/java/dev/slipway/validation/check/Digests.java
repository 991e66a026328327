package dev.slipway.validation.check;

/** Image digests for people. */
public final class Digests {

  private static final int LENGTH = "sha256:".length() + 12;

  private Digests() {}

  /** The first twelve digits. */
  public static String brief(String digest) {
    if (digest.isEmpty()) {
      return "no digest";
    }
    return digest.length() > LENGTH ? digest.substring(0, LENGTH) : digest;
  }
}
