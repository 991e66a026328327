package dev.slipway.twin.logs;

import java.time.Instant;

/** Where the awslogs driver writes. Under the world's lock. */
public interface LogStreams {

  /** Whether the log group exists. */
  boolean groupExists(String group);

  /**
   * Creates a stream; without effect when it exists.
   *
   * @throws dev.slipway.twin.world.AwsError {@code ResourceNotFoundException} without the group
   */
  void createStream(String group, String stream);

  /** Appends one line; dropped when the stream is gone. */
  void append(String group, String stream, Instant at, String line);
}
