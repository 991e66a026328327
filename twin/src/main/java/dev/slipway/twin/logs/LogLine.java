package dev.slipway.twin.logs;

import java.nio.charset.StandardCharsets;

/**
 * One event of a stream.
 *
 * @param timestamp when it happened, in milliseconds since the epoch
 * @param ingested when it arrived, likewise
 * @param bytes its size as it is billed
 */
record LogLine(long timestamp, long ingested, String message, int bytes) {

  /** Source: PutLogEvents API reference: 26 bytes for each event are added to the message. */
  private static final int OVERHEAD = 26;

  static LogLine of(long timestamp, long ingested, String message) {
    int bytes = message.getBytes(StandardCharsets.UTF_8).length + OVERHEAD;
    return new LogLine(timestamp, ingested, message, bytes);
  }
}
