package dev.slipway.twin.ecr;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import software.amazon.awssdk.services.ecr.model.ListTagsForResourceRequest;
import software.amazon.awssdk.services.ecr.model.ListTagsForResourceResponse;
import software.amazon.awssdk.services.ecr.model.Tag;
import software.amazon.awssdk.services.ecr.model.TagResourceRequest;
import software.amazon.awssdk.services.ecr.model.TagResourceResponse;
import software.amazon.awssdk.services.ecr.model.UntagResourceRequest;
import software.amazon.awssdk.services.ecr.model.UntagResourceResponse;

/** Tags of repositories. */
final class RepositoryTagApi {

  private final Repositories repositories;

  RepositoryTagApi(Repositories repositories) {
    this.repositories = repositories;
  }

  public TagResourceResponse tag(TagResourceRequest request) {
    change(
        request.resourceArn(),
        tags -> request.tags().forEach(tag -> tags.put(tag.key(), tag.value())));
    return TagResourceResponse.builder().build();
  }

  public UntagResourceResponse untag(UntagResourceRequest request) {
    change(request.resourceArn(), tags -> request.tagKeys().forEach(tags::remove));
    return UntagResourceResponse.builder().build();
  }

  public ListTagsForResourceResponse list(ListTagsForResourceRequest request) {
    List<Tag> tags =
        of(request.resourceArn()).entrySet().stream()
            .map(e -> Tag.builder().key(e.getKey()).value(e.getValue()).build())
            .toList();
    return ListTagsForResourceResponse.builder().tags(tags).build();
  }

  private Map<String, String> of(String arn) {
    String name = repositories.requireArn(arn).repositoryName();
    return repositories.tags().find(name).orElse(Map.of());
  }

  private void change(String arn, Consumer<Map<String, String>> change) {
    Map<String, String> tags = new LinkedHashMap<>(of(arn));
    change.accept(tags);
    repositories
        .tags()
        .put(repositories.requireArn(arn).repositoryName(), Collections.unmodifiableMap(tags));
  }
}
