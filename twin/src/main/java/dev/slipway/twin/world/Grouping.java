package dev.slipway.twin.world;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** The rows of a table by the groups that they belong to, kept up with every change of it. */
final class Grouping<V> {

  private final Function<? super V, ? extends Collection<String>> groupsOf;
  private final Map<String, Map<String, V>> members = new HashMap<>();

  Grouping(Function<? super V, ? extends Collection<String>> groupsOf) {
    this.groupsOf = groupsOf;
  }

  /** A row has changed; {@code before} or {@code after} is null when there was or is none. */
  void changed(String key, V before, V after) {
    Set<String> left = before == null ? Set.of() : Set.copyOf(groupsOf.apply(before));
    Set<String> joined = after == null ? Set.of() : Set.copyOf(groupsOf.apply(after));
    for (String group : left) {
      if (!joined.contains(group)) {
        members.computeIfPresent(
            group,
            (name, rows) -> {
              rows.remove(key);
              return rows.isEmpty() ? null : rows;
            });
      }
    }
    joined.forEach(
        group -> members.computeIfAbsent(group, name -> new LinkedHashMap<>()).put(key, after));
  }

  void clear() {
    members.clear();
  }

  /** The rows of a group in the order in which they joined it; a copy. */
  List<V> of(String group) {
    Map<String, V> rows = members.get(group);
    return rows == null ? List.of() : new ArrayList<>(rows.values());
  }
}
