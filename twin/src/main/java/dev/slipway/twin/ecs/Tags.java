package dev.slipway.twin.ecs;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.ecs.model.Tag;

/** Tags as ECS keeps them: at most 50, keys unique. Source: ECS API reference, TagResource. */
final class Tags {

  private static final int MOST = 50;

  private Tags() {}

  /** The tags with others added; a new value replaces the old one. */
  static List<Tag> merged(List<Tag> present, List<Tag> added) {
    Map<String, Tag> byKey = new LinkedHashMap<>();
    present.forEach(t -> byKey.put(t.key(), t));
    added.forEach(t -> byKey.put(t.key(), t));
    if (byKey.size() > MOST) {
      throw EcsErrors.invalid("Tags can not be more than 50.");
    }
    added.stream()
        .filter(t -> t.key() == null || t.key().isEmpty() || t.key().startsWith("aws:"))
        .findAny()
        .ifPresent(t -> {
          throw EcsErrors.invalid("Tag key '" + t.key() + "' is not valid.");
        });
    return List.copyOf(byKey.values());
  }

  /** The tags without those of the given keys. */
  static List<Tag> without(List<Tag> present, List<String> keys) {
    return present.stream().filter(t -> !keys.contains(t.key())).toList();
  }
}
