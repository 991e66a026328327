package dev.slipway.twin.tagging;

import java.util.Map;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ecr.model.DescribeRepositoriesRequest;
import software.amazon.awssdk.services.ecr.model.DescribeRepositoriesResponse;
import software.amazon.awssdk.services.ecr.model.ListTagsForResourceRequest;
import software.amazon.awssdk.services.ecr.model.ListTagsForResourceResponse;
import software.amazon.awssdk.services.ecr.model.Tag;

/** ECR's repositories. */
record EcrTags(Questions questions) implements TaggedResources {

  @Override
  public Stream<Tagged> resources() {
    return questions
        .all(
            token -> DescribeRepositoriesRequest.builder().nextToken(token).build(),
            DescribeRepositoriesResponse.class,
            DescribeRepositoriesResponse::repositories,
            DescribeRepositoriesResponse::nextToken)
        .stream()
        .map(
            repository -> new Tagged(repository.repositoryArn(), tags(repository.repositoryArn())));
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
