package dev.slipway.twin.wire;

/** What a request may cost the twin. */
final class WireLimits {

  /** Bytes of a body as sent. */
  static final int BODY = 8 * 1024 * 1024;

  /** Bytes of a body that is an object of S3. */
  static final int OBJECT = 64 * 1024 * 1024;

  /** Bytes of a body when unzipped. */
  static final int UNZIPPED = 16 * 1024 * 1024;

  /** Structures within structures. */
  static final int DEPTH = 64;

  /** Values in one request. */
  static final int NODES = 100_000;

  private WireLimits() {}
}
