package dev.slipway.twin.tagging;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ec2.model.DescribeTagsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeTagsResponse;
import software.amazon.awssdk.services.ec2.model.TagDescription;

/** EC2's tagged resources. */
record Ec2Tags(Questions questions) implements TaggedResources {

  @Override
  public Stream<Tagged> resources() {
    Map<String, Map<String, String>> byArn = new LinkedHashMap<>();
    questions
        .all(
            token -> DescribeTagsRequest.builder().nextToken(token).build(),
            DescribeTagsResponse.class,
            DescribeTagsResponse::tags,
            DescribeTagsResponse::nextToken)
        .forEach(tag ->
            byArn
                .computeIfAbsent(arn(tag), arn -> new LinkedHashMap<>())
                .put(tag.key(), tag.value()));
    return byArn.entrySet().stream().map(entry -> new Tagged(entry.getKey(), entry.getValue()));
  }

  private String arn(TagDescription tag) {
    return questions.world().arn("ec2", tag.resourceTypeAsString() + "/" + tag.resourceId());
  }
}
