package dev.slipway.twin.sns;

import dev.slipway.twin.world.AwsError;
import dev.slipway.twin.world.Differs;
import dev.slipway.twin.world.Notices;
import dev.slipway.twin.world.Table;
import dev.slipway.twin.world.World;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.sns.model.PublishRequest;
import software.amazon.awssdk.services.sns.model.PublishResponse;

/** What is published, kept for whoever asks the twin for it. Source: SNS API reference, Publish. */
@Differs(
    value = "The newest 1,000 messages of a region are kept, and read at /_twin/messages.",
    because = "The twin delivers nothing, so somebody who waits for a message looks there.")
public final class PublishApi implements Notices {

  private static final int KEPT = 1000;
  private static final int MOST_BYTES = 256 * 1024;
  private static final int LONGEST_SUBJECT = 100;

  private final World world;
  private final Table<Message> messages;

  PublishApi(World world) {
    this.world = world;
    this.messages = world.table(Message.TABLE);
  }

  /** Publish, to a topic. */
  public PublishResponse publish(PublishRequest request) {
    String arn = request.topicArn() == null ? request.targetArn() : request.topicArn();
    if (arn == null) {
      throw invalid("TopicArn or TargetArn Reason: no value for required parameter");
    }
    Topic topic = Topic.find(world, arn);
    String text = request.message();
    if (text == null || text.isEmpty()) {
      throw invalid("Empty message");
    }
    if (text.getBytes(StandardCharsets.UTF_8).length > MOST_BYTES) {
      throw invalid("Message too long");
    }
    String subject = request.subject() == null ? "" : request.subject();
    boolean printable = subject.chars().allMatch(c -> c >= ' ' && c < 127);
    if (request.subject() != null
        && (subject.isBlank() || subject.length() > LONGEST_SUBJECT || !printable)) {
      throw invalid("Subject");
    }
    Map<String, String> attributes = new HashMap<>();
    request
        .messageAttributes()
        .forEach((name, value) -> {
          if (value.stringValue() == null) {
            throw invalid("the twin has no message attributes but strings: " + name);
          }
          attributes.put(name, value.stringValue());
        });
    return PublishResponse.builder()
        .messageId(keep(topic.arn(), subject, text, attributes))
        .build();
  }

  @Override
  public void publish(String topicArn, String subject, String message) {
    if (world.<Topic>table(Topic.TABLE).contains(topicArn)) {
      keep(topicArn, subject, message, Map.of());
    }
  }

  private String keep(
      String topicArn, String subject, String text, Map<String, String> attributes) {
    String id = world.ids().uuid();
    messages.put(id, new Message(id, topicArn, subject, text, Map.copyOf(attributes), world.now()));
    if (messages.size() > KEPT) {
      List<Message> all = messages.all();
      all.subList(0, all.size() - KEPT).forEach(old -> messages.remove(old.id()));
    }
    return id;
  }

  private static AwsError invalid(String what) {
    return AwsError.of("InvalidParameter", "Invalid parameter: " + what);
  }
}
