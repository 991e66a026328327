package dev.slipway.twin.sns;

import java.time.Instant;
import java.util.Map;

/**
 * A message that was published.
 *
 * @param id its id
 * @param topicArn where it was published to
 * @param subject of a mail; empty when none was given
 * @param text what it says
 * @param attributes values of its attributes by their names
 * @param at when
 */
record Message(
    String id,
    String topicArn,
    String subject,
    String text,
    Map<String, String> attributes,
    Instant at) {

  static final String TABLE = "sns.messages";
}
