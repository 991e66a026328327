package dev.slipway.twin.logs;

import dev.slipway.twin.world.Parameters;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import software.amazon.awssdk.services.cloudwatchlogs.model.ListTagsForResourceRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.ListTagsForResourceResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.ListTagsLogGroupRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.ListTagsLogGroupResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.TagLogGroupRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.TagLogGroupResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.TagResourceRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.TagResourceResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.UntagLogGroupRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.UntagLogGroupResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.UntagResourceRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.UntagResourceResponse;

/** Tags of log groups, by today's operations and by those of old. */
@SuppressWarnings("deprecation") // Clients of old still call the old operations.
final class LogTagApi {

  private final LogStore store;

  LogTagApi(LogStore store) {
    this.store = store;
  }

  public TagResourceResponse tag(TagResourceRequest request) {
    change(arn(request.resourceArn()), tags -> tags.putAll(request.tags()));
    return TagResourceResponse.builder().build();
  }

  public UntagResourceResponse untag(UntagResourceRequest request) {
    change(arn(request.resourceArn()), tags -> request.tagKeys().forEach(tags::remove));
    return UntagResourceResponse.builder().build();
  }

  public ListTagsForResourceResponse list(ListTagsForResourceRequest request) {
    return ListTagsForResourceResponse.builder().tags(of(arn(request.resourceArn()))).build();
  }

  public TagLogGroupResponse tagGroup(TagLogGroupRequest request) {
    change(request.logGroupName(), tags -> tags.putAll(request.tags()));
    return TagLogGroupResponse.builder().build();
  }

  public UntagLogGroupResponse untagGroup(UntagLogGroupRequest request) {
    change(request.logGroupName(), tags -> request.tags().forEach(tags::remove));
    return UntagLogGroupResponse.builder().build();
  }

  public ListTagsLogGroupResponse listGroup(ListTagsLogGroupRequest request) {
    return ListTagsLogGroupResponse.builder().tags(of(request.logGroupName())).build();
  }

  private static String arn(String resourceArn) {
    return Parameters.required(resourceArn, "InvalidParameterException", "resourceArn");
  }

  private Map<String, String> of(String group) {
    String name = store.requireGroup(LogStore.nameOf(group)).logGroupName();
    return store.tags().find(name).orElse(Map.of());
  }

  private void change(String group, Consumer<Map<String, String>> change) {
    Map<String, String> tags = new LinkedHashMap<>(of(group));
    change.accept(tags);
    store.tags().put(LogStore.nameOf(group), Collections.unmodifiableMap(tags));
  }
}
