package dev.slipway.twin.sns;

import dev.slipway.twin.world.AwsError;
import dev.slipway.twin.world.World;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.sns.model.Tag;

/**
 * A topic.
 *
 * @param arn its ARN
 * @param attributes those that were set
 * @param tags its tags
 */
record Topic(String arn, Map<String, String> attributes, List<Tag> tags) {

  static final String TABLE = "sns.topics";

  static Topic find(World world, String arn) {
    return world
        .<Topic>table(TABLE)
        .find(arn == null ? "" : arn)
        .orElseThrow(() -> new AwsError("NotFound", 404, "Topic does not exist"));
  }
}
