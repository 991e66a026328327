package dev.slipway.twin.secrets;

import dev.slipway.twin.world.AwsError;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import software.amazon.awssdk.services.ssm.model.AddTagsToResourceRequest;
import software.amazon.awssdk.services.ssm.model.AddTagsToResourceResponse;
import software.amazon.awssdk.services.ssm.model.ListTagsForResourceRequest;
import software.amazon.awssdk.services.ssm.model.ListTagsForResourceResponse;
import software.amazon.awssdk.services.ssm.model.RemoveTagsFromResourceRequest;
import software.amazon.awssdk.services.ssm.model.RemoveTagsFromResourceResponse;
import software.amazon.awssdk.services.ssm.model.ResourceTypeForTagging;
import software.amazon.awssdk.services.ssm.model.Tag;

/** Tags of parameters. */
final class ParameterTagApi {

  private final ParameterTables tables;

  ParameterTagApi(ParameterTables tables) {
    this.tables = tables;
  }

  public AddTagsToResourceResponse add(AddTagsToResourceRequest request) {
    change(
        request.resourceType(),
        request.resourceId(),
        tags -> request.tags().forEach(tag -> tags.put(tag.key(), tag.value())));
    return AddTagsToResourceResponse.builder().build();
  }

  public RemoveTagsFromResourceResponse remove(RemoveTagsFromResourceRequest request) {
    change(
        request.resourceType(),
        request.resourceId(),
        tags -> request.tagKeys().forEach(tags::remove));
    return RemoveTagsFromResourceResponse.builder().build();
  }

  public ListTagsForResourceResponse list(ListTagsForResourceRequest request) {
    List<Tag> tags =
        of(request.resourceType(), request.resourceId()).entrySet().stream()
            .map(e -> Tag.builder().key(e.getKey()).value(e.getValue()).build())
            .toList();
    return ListTagsForResourceResponse.builder().tagList(tags).build();
  }

  private Map<String, String> of(ResourceTypeForTagging type, String name) {
    if (type != ResourceTypeForTagging.PARAMETER) {
      throw AwsError.of(
          "InvalidResourceType", "Only parameters have tags in the twin, not " + type);
    }
    if (!tables.current().contains(name)) {
      throw AwsError.of("InvalidResourceId", "");
    }
    return tables.tags().find(name).orElse(Map.of());
  }

  private void change(
      ResourceTypeForTagging type, String name, Consumer<Map<String, String>> change) {
    Map<String, String> tags = new LinkedHashMap<>(of(type, name));
    change.accept(tags);
    tables.tags().put(name, Collections.unmodifiableMap(tags));
  }
}
