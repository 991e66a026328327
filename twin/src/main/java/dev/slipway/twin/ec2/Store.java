package dev.slipway.twin.ec2;

import dev.slipway.twin.world.Table;
import dev.slipway.twin.world.World;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.services.ec2.model.Tag;

/** The resources of one kind in a world. Holds no state itself. */
final class Store<T> {

  private final World world;
  private final Kind<T> kind;

  Store(World world, Kind<T> kind) {
    this.world = world;
    this.kind = kind;
  }

  Kind<T> kind() {
    return kind;
  }

  String newId() {
    return world.ids().ec2(kind.prefix());
  }

  Optional<T> find(String id) {
    return rows().find(id);
  }

  /** The resource, or the kind's error for an id that does not exist. */
  T require(String id) {
    return find(id).orElseThrow(() -> kind.notFound(id));
  }

  /** The resources of the ids, or all of them when there are none. */
  List<T> select(List<String> ids) {
    return ids.isEmpty() ? all() : ids.stream().distinct().map(this::require).toList();
  }

  List<T> all() {
    return rows().all();
  }

  List<T> where(Predicate<T> condition) {
    return rows().where(condition);
  }

  boolean any(Predicate<T> condition) {
    return all().stream().anyMatch(condition);
  }

  T put(T resource) {
    rows().put(kind.id().apply(resource), resource);
    return resource;
  }

  void update(String id, UnaryOperator<T> change) {
    rows().update(id, change);
  }

  void remove(String id) {
    rows().remove(id);
  }

  void setTags(String id, UnaryOperator<List<Tag>> change) {
    update(id, r -> kind.withTags().apply(r, change.apply(kind.tags().apply(r))));
  }

  /** Grows with every change. */
  long version() {
    return rows().version();
  }

  private Table<T> rows() {
    return world.table(kind.table());
  }
}
