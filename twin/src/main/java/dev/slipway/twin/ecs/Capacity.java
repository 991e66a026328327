package dev.slipway.twin.ecs;

import dev.slipway.twin.world.Table;

/** Whether Fargate has room for new tasks. Source: ECS developer guide, service-event-messages. */
final class Capacity {

  static final String UNAVAILABLE =
      "Capacity is unavailable at this time. Please try again later or in a different availability"
          + " zone.";

  private static final String KEY = "fargate";

  private Capacity() {}

  static boolean available(EcsState state) {
    return table(state).find(KEY).orElse(true);
  }

  static void set(EcsState state, boolean available) {
    table(state).put(KEY, available);
  }

  private static Table<Boolean> table(EcsState state) {
    return state.world().table("ecs.capacity");
  }
}
