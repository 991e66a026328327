package dev.slipway.twin.ec2;

import dev.slipway.twin.world.AwsError;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.TagSpecification;

/** The rules of tags. Source: EC2 user guide, tag restrictions. */
final class Tags {

  private static final int LIMIT = 50;

  private Tags() {}

  /**
   * The tags that a create call gives to its resource.
   *
   * @param type the resource type that the call creates
   */
  static List<Tag> of(List<TagSpecification> specifications, String type) {
    List<Tag> tags = new ArrayList<>();
    for (TagSpecification specification : specifications) {
      if (!type.equals(specification.resourceTypeAsString())) {
        throw AwsError.of(
            "InvalidParameterValue",
            "'%s' is not a valid taggable resource type for this operation."
                .formatted(specification.resourceTypeAsString()));
      }
      tags.addAll(specification.tags());
    }
    return with(List.of(), tags);
  }

  /** The tags with others added or overwritten. */
  static List<Tag> with(List<Tag> tags, Collection<Tag> added) {
    Map<String, Tag> byKey = new LinkedHashMap<>();
    tags.forEach(t -> byKey.put(t.key(), t));
    Set<String> seen = new HashSet<>();
    for (Tag tag : added) {
      check(tag, seen);
      String value = tag.value() == null ? "" : tag.value();
      byKey.put(tag.key(), tag.toBuilder().value(value).build());
    }
    if (byKey.size() > LIMIT) {
      throw AwsError.of(
          "TagLimitExceeded", "The maximum number of tags per resource has been reached.");
    }
    return List.copyOf(byKey.values());
  }

  /** The tags without others: by key and value, by key alone when there is no value. */
  static List<Tag> without(List<Tag> tags, Collection<Tag> removed) {
    if (removed.isEmpty()) {
      return List.of();
    }
    return tags.stream()
        .filter(t ->
            removed.stream()
                .noneMatch(r ->
                    r.key().equals(t.key()) && (r.value() == null || r.value().equals(t.value()))))
        .toList();
  }

  private static void check(Tag tag, Set<String> seen) {
    String key = Parameters.required("Tag.Key", tag.key());
    if (key.toLowerCase(Locale.ROOT).startsWith("aws:")) {
      throw AwsError.of(
          "InvalidParameterValue", "Tag keys starting with 'aws:' are reserved for internal use");
    }
    if (key.length() > 127 || (tag.value() != null && tag.value().length() > 255)) {
      throw AwsError.of(
          "InvalidParameterValue",
          key.length() > 127
              ? "Tag key exceeds the maximum length of 127 characters"
              : "Tag value exceeds the maximum length of 255 characters");
    }
    if (!seen.add(key)) {
      throw AwsError.of(
          "InvalidParameterValue", "Duplicate tag key '%s' specified.".formatted(key));
    }
  }
}
