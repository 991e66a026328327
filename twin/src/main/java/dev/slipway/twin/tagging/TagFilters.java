package dev.slipway.twin.tagging;

import java.util.List;
import software.amazon.awssdk.services.resourcegroupstaggingapi.model.TagFilter;

/** Which resources a caller wants. Source: Resource Groups Tagging API reference, GetResources. */
final class TagFilters {

  private TagFilters() {}

  /** Whether all filters find their key, with one of their values when they name any. */
  static boolean match(TaggedResources.Tagged resource, List<TagFilter> filters) {
    return filters.stream()
        .allMatch(filter -> {
          String value = resource.tags().get(filter.key());
          return value != null && (filter.values().isEmpty() || filter.values().contains(value));
        });
  }

  /** Whether the resource is of one of the types, {@code service} or {@code service:type}. */
  static boolean isOfType(TaggedResources.Tagged resource, List<String> types) {
    String[] arn = resource.arn().split(":", 6);
    String service = arn[2];
    String type = service + ":" + arn[5].split("[/:]", 2)[0];
    return types.isEmpty() || types.stream().anyMatch(t -> t.equals(service) || t.equals(type));
  }
}
