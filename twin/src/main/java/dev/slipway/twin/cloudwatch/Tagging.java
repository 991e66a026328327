package dev.slipway.twin.cloudwatch;

import dev.slipway.twin.world.AwsError;
import dev.slipway.twin.world.Table;
import dev.slipway.twin.world.World;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import software.amazon.awssdk.services.cloudwatch.model.ListTagsForResourceRequest;
import software.amazon.awssdk.services.cloudwatch.model.ListTagsForResourceResponse;
import software.amazon.awssdk.services.cloudwatch.model.MetricAlarm;
import software.amazon.awssdk.services.cloudwatch.model.Tag;
import software.amazon.awssdk.services.cloudwatch.model.TagResourceRequest;
import software.amazon.awssdk.services.cloudwatch.model.TagResourceResponse;
import software.amazon.awssdk.services.cloudwatch.model.UntagResourceRequest;
import software.amazon.awssdk.services.cloudwatch.model.UntagResourceResponse;

/** The tags of alarms and dashboards. Source: CloudWatch API reference. */
final class Tagging {

  private final Table<Map<String, String>> tags;
  private final Predicate<String> exists;

  Tagging(World world) {
    this.tags = world.table("cloudwatch.tags");
    Table<MetricAlarm> alarms = world.table(AlarmWatch.ALARMS);
    Table<Dashboard> dashboards = world.table(Dashboard.TABLE);
    this.exists =
        arn ->
            !alarms.where(alarm -> alarm.alarmArn().equals(arn)).isEmpty()
                || !dashboards.where(dashboard -> dashboard.arn().equals(arn)).isEmpty();
  }

  /** TagResource. */
  public TagResourceResponse tagResource(TagResourceRequest request) {
    require(request.resourceARN());
    set(request.resourceARN(), request.tags());
    return TagResourceResponse.builder().build();
  }

  /** UntagResource. */
  public UntagResourceResponse untagResource(UntagResourceRequest request) {
    require(request.resourceARN());
    Map<String, String> left = new LinkedHashMap<>(of(request.resourceARN()));
    left.keySet().removeAll(request.tagKeys());
    tags.put(request.resourceARN(), left);
    return UntagResourceResponse.builder().build();
  }

  /** ListTagsForResource. */
  public ListTagsForResourceResponse listTagsForResource(ListTagsForResourceRequest request) {
    require(request.resourceARN());
    List<Tag> list =
        of(request.resourceARN()).entrySet().stream()
            .map(entry -> Tag.builder().key(entry.getKey()).value(entry.getValue()).build())
            .toList();
    return ListTagsForResourceResponse.builder().tags(list).build();
  }

  void set(String arn, List<Tag> added) {
    if (!added.isEmpty()) {
      Map<String, String> all = new LinkedHashMap<>(of(arn));
      added.forEach(tag -> all.put(tag.key(), tag.value()));
      tags.put(arn, all);
    }
  }

  Map<String, String> of(String arn) {
    return tags.find(arn).orElse(Map.of());
  }

  void forget(String arn) {
    tags.remove(arn);
  }

  private void require(String arn) {
    if (!exists.test(Refusals.require(arn, "ResourceARN"))) {
      throw new AwsError("ResourceNotFoundException", 404, "Unknown resource " + arn);
    }
  }
}
