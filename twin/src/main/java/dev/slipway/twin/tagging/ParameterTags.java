package dev.slipway.twin.tagging;

import java.util.Map;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ssm.model.DescribeParametersRequest;
import software.amazon.awssdk.services.ssm.model.DescribeParametersResponse;
import software.amazon.awssdk.services.ssm.model.ListTagsForResourceRequest;
import software.amazon.awssdk.services.ssm.model.ListTagsForResourceResponse;
import software.amazon.awssdk.services.ssm.model.ResourceTypeForTagging;
import software.amazon.awssdk.services.ssm.model.Tag;

/** Systems Manager's parameters. */
record ParameterTags(Questions questions) implements TaggedResources {

  @Override
  public Stream<Tagged> resources() {
    return questions
        .all(
            token -> DescribeParametersRequest.builder().nextToken(token).build(),
            DescribeParametersResponse.class,
            DescribeParametersResponse::parameters,
            DescribeParametersResponse::nextToken)
        .stream()
        .map(parameter -> new Tagged(parameter.arn(), tags(parameter.name())));
  }

  private Map<String, String> tags(String name) {
    return questions
        .ask(
            ListTagsForResourceRequest.builder()
                .resourceType(ResourceTypeForTagging.PARAMETER)
                .resourceId(name)
                .build(),
            ListTagsForResourceResponse.class)
        .map(found -> Questions.byKey(found.tagList(), Tag::key, Tag::value))
        .orElse(Map.of());
  }
}
