package dev.slipway.twin.tagging;

import java.util.Map;
import java.util.stream.Stream;
import software.amazon.awssdk.services.cloudwatchlogs.model.DescribeLogGroupsRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.DescribeLogGroupsResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.ListTagsForResourceRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.ListTagsForResourceResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.LogGroup;

/** CloudWatch Logs' groups. */
record LogTags(Questions questions) implements TaggedResources {

  @Override
  public Stream<Tagged> resources() {
    return questions
        .all(
            token -> DescribeLogGroupsRequest.builder().nextToken(token).build(),
            DescribeLogGroupsResponse.class,
            DescribeLogGroupsResponse::logGroups,
            DescribeLogGroupsResponse::nextToken)
        .stream()
        .map(this::tagged);
  }

  private Tagged tagged(LogGroup group) {
    String arn = questions.world().arn("logs", "log-group:" + group.logGroupName());
    return new Tagged(
        arn,
        questions
            .ask(
                ListTagsForResourceRequest.builder().resourceArn(arn).build(),
                ListTagsForResourceResponse.class)
            .map(ListTagsForResourceResponse::tags)
            .orElse(Map.of()));
  }
}
