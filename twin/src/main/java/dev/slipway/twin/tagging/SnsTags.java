package dev.slipway.twin.tagging;

import java.util.Map;
import java.util.stream.Stream;
import software.amazon.awssdk.services.sns.model.ListTagsForResourceRequest;
import software.amazon.awssdk.services.sns.model.ListTagsForResourceResponse;
import software.amazon.awssdk.services.sns.model.ListTopicsRequest;
import software.amazon.awssdk.services.sns.model.ListTopicsResponse;
import software.amazon.awssdk.services.sns.model.Tag;

/** SNS's topics. */
record SnsTags(Questions questions) implements TaggedResources {

  @Override
  public Stream<Tagged> resources() {
    return questions
        .all(
            token -> ListTopicsRequest.builder().nextToken(token).build(),
            ListTopicsResponse.class,
            ListTopicsResponse::topics,
            ListTopicsResponse::nextToken)
        .stream()
        .map(topic -> new Tagged(topic.topicArn(), tags(topic.topicArn())));
  }

  private Map<String, String> tags(String arn) {
    return questions
        .ask(
            ListTagsForResourceRequest.builder().resourceArn(arn).build(),
            ListTagsForResourceResponse.class)
        .map(found -> Questions.byKey(found.tags(), Tag::key, Tag::value))
        .orElse(Map.of());
  }
}
