package dev.slipway.twin.world;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * Immutable values by key, in order of insertion. To be used under the lock of its {@link World}.
 *
 * @param <V> an immutable type: an AWS SDK model class or a record
 */
public final class Table<V> {

  private final Map<String, V> rows;
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
  }

  void addAll(Table<V> other) {
    version++;
    rows.putAll(other.rows);
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

  /** Sets the value of the key. */
  public void put(String key, V value) {
    version++;
    rows.put(key, value);
  }

  /** Replaces the value of the key; without effect when there is none. */
  public void update(String key, UnaryOperator<V> change) {
    version++;
    rows.computeIfPresent(key, (k, v) -> change.apply(v));
  }

  /** Removes the key and returns its value. */
  public Optional<V> remove(String key) {
    version++;
    return Optional.ofNullable(rows.remove(key));
  }

  /** The number of rows. */
  public int size() {
    return rows.size();
  }
}
