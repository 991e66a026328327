package dev.slipway.twin.ec2;

import dev.slipway.twin.world.Table;
import dev.slipway.twin.world.World;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** When resources go on to their next state. At most one deadline a resource, kept in a table. */
final class Deadlines {

  private record Due(String id, Instant at) {}

  private final World world;
  private final Map<String, Consumer<String>> handlers = new HashMap<>();

  Deadlines(World world) {
    this.world = world;
  }

  /** Who is told the id when a deadline of a kind of resource passes. */
  void on(Kind<?> kind, Consumer<String> handler) {
    handlers.put(kind.prefix(), handler);
  }

  /** Sets the resource's deadline, in place of an earlier one. */
  void set(String id, Duration delay) {
    Due due = new Due(id, world.now().plus(delay));
    rows().put(id, due);
    arm(due);
  }

  void cancel(String id) {
    rows().remove(id);
  }

  /** Arms the timers of all deadlines again, after the tables were copied from another world. */
  void resume() {
    List<Due> pending = rows().all();
    pending.forEach(this::arm);
  }

  private void arm(Due due) {
    world.after(Duration.between(world.now(), due.at()), () -> fire(due));
  }

  private void fire(Due due) {
    // A timer of a deadline that was moved or taken back finds another one here, or none.
    if (rows().find(due.id()).filter(due::equals).isEmpty()) {
      return;
    }
    rows().remove(due.id());
    handlers.get(due.id().substring(0, due.id().indexOf('-'))).accept(due.id());
  }

  private Table<Due> rows() {
    return world.table("ec2.deadlines");
  }
}
