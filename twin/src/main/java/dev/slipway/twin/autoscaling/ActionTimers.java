package dev.slipway.twin.autoscaling;

import dev.slipway.twin.world.Table;
import dev.slipway.twin.world.TwinClock;
import dev.slipway.twin.world.World;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.applicationautoscaling.model.ScheduledAction;

/** Waits for scheduled actions and has them done. Under the world's lock. */
final class ActionTimers {

  private final World world;
  private final Scaler scaler;
  private final Map<String, TwinClock.Cancellable> pending = new HashMap<>();

  ActionTimers(World world, Scaler scaler) {
    this.world = world;
    this.scaler = scaler;
  }

  static String key(String resourceId, String name) {
    return resourceId + "\n" + name;
  }

  static ZoneId zone(ScheduledAction action) {
    return ZoneId.of(action.timezone() == null ? "UTC" : action.timezone());
  }

  private Table<ScheduledAction> actions() {
    return world.table(ScheduledActionApi.TABLE);
  }

  void arm(ScheduledAction action) {
    String key = key(action.resourceId(), action.scheduledActionName());
    disarm(key);
    next(action)
        .ifPresent(due -> {
          Duration wait = Duration.between(world.now(), due);
          pending.put(key, world.after(wait, () -> perform(key, due)));
        });
  }

  void disarm(String key) {
    TwinClock.Cancellable timer = pending.remove(key);
    if (timer != null) {
      timer.cancel();
    }
  }

  /** The actions of a target go with it. */
  void forget(String resourceId) {
    List<ScheduledAction> gone = actions().where(action -> action.resourceId().equals(resourceId));
    for (ScheduledAction action : gone) {
      String key = key(resourceId, action.scheduledActionName());
      disarm(key);
      actions().remove(key);
    }
  }

  /** Waits again for everything, after the world's state was replaced. */
  void resume() {
    List.copyOf(pending.keySet()).forEach(this::disarm);
    actions().all().forEach(this::arm);
  }

  private Optional<Instant> next(ScheduledAction action) {
    Instant from = world.now();
    if (action.startTime() != null && action.startTime().isAfter(from)) {
      from = action.startTime().minusMillis(1);
    }
    Instant start = action.startTime() == null ? action.creationTime() : action.startTime();
    return Schedule.parse(action.schedule(), zone(action), start)
        .after(from)
        .filter(due -> action.endTime() == null || !due.isAfter(action.endTime()));
  }

  private void perform(String key, Instant due) {
    pending.remove(key);
    actions()
        .find(key)
        .ifPresent(action -> {
          scaler.perform(action);
          // Where the clock is a little behind, the same time must not come twice.
          if (!world.now().isBefore(due)) {
            arm(action);
          } else {
            pending.put(
                key,
                world.after(
                    Duration.between(world.now(), due).plusMillis(1),
                    () -> actions().find(key).ifPresent(this::arm)));
          }
        });
  }
}
