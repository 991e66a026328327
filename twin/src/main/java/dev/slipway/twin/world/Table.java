package dev.slipway.twin.world;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * Immutable values by key, in order of insertion. To be used under the lock of its {@link World}.
 *
 * @param <V> an immutable type: an AWS SDK model class or a record
 */
public final class Table<V> {

  private final Map<String, V> rows;
  private final Map<String, Grouping<V>> groupings = new HashMap<>();
  private long version;

  Table() {
    this.rows = new LinkedHashMap<>();
  }

  private Table(Map<String, V> rows) {
    this.rows = new LinkedHashMap<>(rows);
  }

  Table<V> copy() {
    return new Table<>(rows);
  }

  /**
   * A number that grows with every change, for those who keep something that they derived from the
   * rows.
   */
  public long version() {
    return version;
  }

  void clear() {
    version++;
    rows.clear();
    groupings.values().forEach(Grouping::clear);
  }

  void addAll(Table<V> other) {
    other.rows.forEach(this::put);
  }

  /** The rows by key, in order of insertion; a copy. */
  Map<String, V> rows() {
    return new LinkedHashMap<>(rows);
  }

  /** The value of the key. */
  public Optional<V> find(String key) {
    return Optional.ofNullable(rows.get(key));
  }

  /** Whether the key has a value. */
  public boolean contains(String key) {
    return rows.containsKey(key);
  }

  /** All values in order of insertion; a copy, so the table may be changed while it is read. */
  public List<V> all() {
    return new ArrayList<>(rows.values());
  }

  /** The values that match, in order of insertion. */
  public List<V> where(Predicate<? super V> condition) {
    return rows.values().stream().filter(condition).toList();
  }

  /**
   * The values of a group, found without a look at all the others.
   *
   * @param grouping the name of this way to group, which always comes with the same function
   * @param groupsOf the groups that a value belongs to; of the value alone
   * @param group the group
   * @return the values in the order in which they joined the group
   */
  public List<V> grouped(
      String grouping, Function<? super V, ? extends Collection<String>> groupsOf, String group) {
    Grouping<V> known = groupings.get(grouping);
    if (known == null) {
      Grouping<V> made = new Grouping<>(groupsOf);
      rows.forEach((key, value) -> made.changed(key, null, value));
      groupings.put(grouping, made);
      known = made;
    }
    return known.of(group);
  }

  /** Sets the value of the key. */
  public void put(String key, V value) {
    version++;
    V before = rows.put(key, value);
    groupings.values().forEach(grouping -> grouping.changed(key, before, value));
  }

  /** Replaces the value of the key; without effect when there is none. */
  public void update(String key, UnaryOperator<V> change) {
    version++;
    V before = rows.get(key);
    V after = rows.computeIfPresent(key, (k, v) -> change.apply(v));
    groupings.values().forEach(grouping -> grouping.changed(key, before, after));
  }

  /** Removes the key and returns its value. */
  public Optional<V> remove(String key) {
    version++;
    V before = rows.remove(key);
    groupings.values().forEach(grouping -> grouping.changed(key, before, null));
    return Optional.ofNullable(before);
  }

  /** The number of rows. */
  public int size() {
    return rows.size();
  }
}
