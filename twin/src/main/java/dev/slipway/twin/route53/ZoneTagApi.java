package dev.slipway.twin.route53;

import dev.slipway.twin.world.AwsError;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.route53.model.ChangeTagsForResourceRequest;
import software.amazon.awssdk.services.route53.model.ChangeTagsForResourceResponse;
import software.amazon.awssdk.services.route53.model.ListTagsForResourceRequest;
import software.amazon.awssdk.services.route53.model.ListTagsForResourceResponse;
import software.amazon.awssdk.services.route53.model.ResourceTagSet;
import software.amazon.awssdk.services.route53.model.Tag;

/** The tags of hosted zones. Source: Route 53 API reference. */
final class ZoneTagApi {

  private final Zones zones;

  ZoneTagApi(Zones zones) {
    this.zones = zones;
  }

  public ListTagsForResourceResponse list(ListTagsForResourceRequest request) {
    String zone = zone(request.resourceTypeAsString(), request.resourceId());
    return ListTagsForResourceResponse.builder()
        .resourceTagSet(
            ResourceTagSet.builder()
                .resourceType(request.resourceType())
                .resourceId(zone)
                .tags(tags(zone))
                .build())
        .build();
  }

  public ChangeTagsForResourceResponse change(ChangeTagsForResourceRequest request) {
    String zone = zone(request.resourceTypeAsString(), request.resourceId());
    Map<String, Tag> byKey = new LinkedHashMap<>();
    tags(zone).forEach(tag -> byKey.put(tag.key(), tag));
    request.addTags().forEach(tag -> byKey.put(tag.key(), tag));
    request.removeTagKeys().forEach(byKey::remove);
    zones.home().<List<Tag>>table("route53.tags").put(zone, List.copyOf(byKey.values()));
    return ChangeTagsForResourceResponse.builder().build();
  }

  private List<Tag> tags(String zone) {
    return zones.home().<List<Tag>>table("route53.tags").find(zone).orElse(List.of());
  }

  private String zone(String type, String id) {
    if (!"hostedzone".equals(type)) {
      throw AwsError.of("InvalidInput", "the twin has no tags of " + type);
    }
    return zones.require(id).id();
  }
}
