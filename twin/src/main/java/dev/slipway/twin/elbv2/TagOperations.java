package dev.slipway.twin.elbv2;

import dev.slipway.twin.world.AwsError;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.AddTagsRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.AddTagsResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTagsRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTagsResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RemoveTagsRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RemoveTagsResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Tag;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TagDescription;

/** Tags of every kind of resource. */
final class TagOperations {

  private static final int MOST_TAGS = 50;

  private final Store store;

  TagOperations(Store store) {
    this.store = store;
  }

  /** AddTags. */
  public AddTagsResponse addTags(AddTagsRequest request) {
    request.resourceArns().forEach(this::requireResource);
    for (String arn : request.resourceArns()) {
      Map<String, Tag> byKey = byKey(arn);
      request.tags().forEach(tag -> byKey.put(tag.key(), tag));
      if (byKey.size() > MOST_TAGS) {
        throw AwsError.of("TooManyTags", "The maximum number of tags has been exceeded");
      }
      store.putTags(arn, List.copyOf(byKey.values()));
    }
    return AddTagsResponse.builder().build();
  }

  /** RemoveTags. */
  public RemoveTagsResponse removeTags(RemoveTagsRequest request) {
    request.resourceArns().forEach(this::requireResource);
    for (String arn : request.resourceArns()) {
      Map<String, Tag> byKey = byKey(arn);
      request.tagKeys().forEach(byKey::remove);
      store.putTags(arn, List.copyOf(byKey.values()));
    }
    return RemoveTagsResponse.builder().build();
  }

  /** DescribeTags. */
  public DescribeTagsResponse describeTags(DescribeTagsRequest request) {
    request.resourceArns().forEach(this::requireResource);
    return DescribeTagsResponse.builder()
        .tagDescriptions(
            request.resourceArns().stream()
                .map(arn ->
                    TagDescription.builder().resourceArn(arn).tags(byKey(arn).values()).build())
                .toList())
        .build();
  }

  private Map<String, Tag> byKey(String arn) {
    Map<String, Tag> byKey = new LinkedHashMap<>();
    store.tags().find(arn).ifPresent(tags -> tags.tags().forEach(tag -> byKey.put(tag.key(), tag)));
    return byKey;
  }

  private void requireResource(String arn) {
    String[] parts = arn.split(":", 6);
    String kind = parts.length == 6 ? parts[5].split("/", 2)[0] : "";
    switch (kind) {
      case "loadbalancer" -> store.loadBalancer(arn);
      case "targetgroup" -> store.targetGroup(arn);
      case "listener" -> store.listener(arn);
      case "listener-rule" -> store.rule(arn);
      default -> throw Refusal.validation("'" + arn + "' is not a valid load balancer ARN");
    }
  }
}
