package dev.slipway.twin.ecs;

import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.ecs.model.KeyValuePair;

/** The details of a task's network attachment. Source: DescribeTasks answers. */
final class Attachments {

  private Attachments() {}

  static List<KeyValuePair> details(Map<String, String> values) {
    return values.entrySet().stream()
        .map(e -> KeyValuePair.builder().name(e.getKey()).value(e.getValue()).build())
        .toList();
  }
}
