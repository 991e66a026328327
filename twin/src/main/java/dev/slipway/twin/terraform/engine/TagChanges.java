package dev.slipway.twin.terraform.engine;

import dev.slipway.twin.terraform.value.Attributes;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Consumer;

/** What must change of a resource's tags, by their {@code tags_all}. */
public record TagChanges(List<String> removed, Map<String, String> set) {

  /** From the prior to the planned tags. */
  public static TagChanges between(Attributes prior, Attributes planned) {
    Map<String, String> before = prior.textMap("tags_all");
    Map<String, String> after = planned.textMap("tags_all");
    Map<String, String> set = new LinkedHashMap<>(after);
    set.entrySet().removeIf(tag -> tag.getValue().equals(before.get(tag.getKey())));
    return new TagChanges(
        before.keySet().stream().filter(key -> !after.containsKey(key)).toList(), set);
  }

  /** Makes the calls that are needed: first to take tags away, then to set them. */
  public <T> void apply(
      BiFunction<String, String, T> tag, Consumer<List<String>> remove, Consumer<List<T>> add) {
    if (!removed.isEmpty()) {
      remove.accept(removed);
    }
    if (!set.isEmpty()) {
      add.accept(tags(set, tag));
    }
  }

  /** Tags of a service's own class. */
  public static <T> List<T> tags(Map<String, String> tags, BiFunction<String, String, T> tag) {
    return tags.entrySet().stream().map(e -> tag.apply(e.getKey(), e.getValue())).toList();
  }

  /** All planned tags of a resource, of a service's own class. */
  public static <T> List<T> all(Attributes planned, BiFunction<String, String, T> tag) {
    return tags(planned.textMap("tags_all"), tag);
  }
}
