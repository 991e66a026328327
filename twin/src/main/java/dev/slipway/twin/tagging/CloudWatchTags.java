package dev.slipway.twin.tagging;

import java.util.Map;
import java.util.stream.Stream;
import software.amazon.awssdk.services.cloudwatch.model.DescribeAlarmsRequest;
import software.amazon.awssdk.services.cloudwatch.model.DescribeAlarmsResponse;
import software.amazon.awssdk.services.cloudwatch.model.ListTagsForResourceRequest;
import software.amazon.awssdk.services.cloudwatch.model.ListTagsForResourceResponse;
import software.amazon.awssdk.services.cloudwatch.model.Tag;

/** CloudWatch's alarms. */
record CloudWatchTags(Questions questions) implements TaggedResources {

  @Override
  public Stream<Tagged> resources() {
    return questions
        .all(
            token -> DescribeAlarmsRequest.builder().nextToken(token).build(),
            DescribeAlarmsResponse.class,
            DescribeAlarmsResponse::metricAlarms,
            DescribeAlarmsResponse::nextToken)
        .stream()
        .map(alarm -> new Tagged(alarm.alarmArn(), tags(alarm.alarmArn())));
  }

  private Map<String, String> tags(String arn) {
    return questions
        .ask(
            ListTagsForResourceRequest.builder().resourceARN(arn).build(),
            ListTagsForResourceResponse.class)
        .map(found -> Questions.byKey(found.tags(), Tag::key, Tag::value))
        .orElse(Map.of());
  }
}
