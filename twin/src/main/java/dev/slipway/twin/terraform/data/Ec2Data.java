package dev.slipway.twin.terraform.data;

import dev.slipway.twin.terraform.resources.Ec2Calls;
import dev.slipway.twin.terraform.value.Attributes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.Tag;

/** What the data sources of EC2 have in common. */
final class Ec2Data {

  private Ec2Data() {}

  /** The filters of the {@code filter} blocks, and one for each of the {@code tags}. */
  static List<Filter> filters(Attributes attributes) {
    List<Filter> filters = new ArrayList<>();
    for (Attributes block : attributes.blocks("filter")) {
      filters.add(
          Ec2Calls.filter(block.text("name"), block.texts("values").toArray(String[]::new)));
    }
    attributes
        .textMap("tags")
        .forEach((key, value) -> filters.add(Ec2Calls.filter("tag:" + key, value)));
    return filters;
  }

  /** Adds a filter for an attribute that the configuration sets. */
  static void filter(List<Filter> filters, Attributes attributes, String name, String filter) {
    if (attributes.has(name)) {
      filters.add(Ec2Calls.filter(filter, attributes.text(name)));
    }
  }

  /** The tags of a resource as a map. */
  static Map<String, String> tags(List<Tag> tags) {
    Map<String, String> map = new LinkedHashMap<>();
    tags.forEach(tag -> map.put(tag.key(), tag.value()));
    return map;
  }

  /** The only one of what was found. */
  static <T> T one(List<T> found, String what) {
    if (found.size() != 1) {
      throw new IllegalStateException(
          found.isEmpty()
              ? "no matching " + what + " found"
              : "multiple "
                  + what
                  + "s matched; use additional constraints to reduce matches to a single "
                  + what);
    }
    return found.getFirst();
  }
}
