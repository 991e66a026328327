package dev.slipway.twin.world;

/** Where services publish what people should be told. Under the world's lock. */
@FunctionalInterface
public interface Notices {

  /**
   * Publishes a message to a topic. A topic that is gone loses it in silence, as on AWS, where
   * nobody waits for the answer.
   */
  void publish(String topicArn, String subject, String message);
}
