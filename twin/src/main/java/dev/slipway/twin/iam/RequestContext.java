package dev.slipway.twin.iam;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;

/**
 * The condition keys that an API call has by itself. Source: IAM user guide,
 * reference_policies_condition-keys; Service Authorization Reference, Amazon ECS.
 */
final class RequestContext {

  private RequestContext() {}

  static Map<String, List<String>> of(String account, String region, SdkPojo request) {
    Map<String, List<String>> context = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    context.put("aws:RequestedRegion", List.of(region));
    context.put("aws:SecureTransport", List.of("true"));
    context.put("aws:SourceIp", List.of("127.0.0.1"));
    Map<String, String> tags = new TreeMap<>();
    collectTags(request, tags);
    if (!tags.isEmpty()) {
      tags.forEach((key, value) -> context.put("aws:RequestTag/" + key, List.of(value)));
      context.put("aws:TagKeys", List.copyOf(tags.keySet()));
    }
    if (request.getClass().getName().contains(".services.ecs.")
        && ActionResources.member("cluster", request) instanceof String cluster) {
      String name = cluster.substring(cluster.lastIndexOf('/') + 1);
      context.put(
          "ecs:cluster", List.of("arn:aws:ecs:%s:%s:cluster/%s".formatted(region, account, name)));
    }
    return context;
  }

  /** Tags stand in a member of that name, or deeper in tag specifications. */
  private static void collectTags(SdkPojo request, Map<String, String> tags) {
    for (SdkField<?> field : request.sdkFields()) {
      String name = field.memberName();
      Object value = field.getValueOrDefault(request);
      if (value instanceof Collection<?> many
          && (name.equalsIgnoreCase("tags") || name.equalsIgnoreCase("tagSpecifications"))) {
        for (Object one : new ArrayList<>(many)) {
          collect((SdkPojo) one, tags);
        }
      } else if (value instanceof Map<?, ?> map && name.equalsIgnoreCase("tags")) {
        map.forEach((key, text) -> tags.put(key.toString(), text.toString()));
      }
    }
  }

  private static void collect(SdkPojo one, Map<String, String> tags) {
    Object key = ActionResources.member("key", one);
    if (key == null) {
      collectTags(one, tags);
    } else {
      Object value = ActionResources.member("value", one);
      tags.put(key.toString(), value == null ? "" : value.toString());
    }
  }
}
