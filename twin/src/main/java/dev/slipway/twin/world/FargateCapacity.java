package dev.slipway.twin.world;

import java.util.List;

/**
 * Where Fargate has no room for new tasks: in a whole region, or in some of its availability zones.
 * Running tasks stay. Kept in the world, so that it goes with a copy.
 */
public final class FargateCapacity {

  /** Every zone of the region. */
  public static final String EVERYWHERE = "*";

  private FargateCapacity() {}

  private static Table<String> shortages(World world) {
    return world.table("fargate.shortages");
  }

  /** Whether a new task can be placed in a zone. */
  public static boolean available(World world, String zone) {
    return world.call(
        () -> !shortages(world).contains(EVERYWHERE) && !shortages(world).contains(zone));
  }

  /** Takes the room in a zone, or {@link #EVERYWHERE}. */
  public static void take(World world, String zone) {
    world.run(() -> shortages(world).put(zone, zone));
  }

  /** Gives all room back. */
  public static void giveBack(World world) {
    world.run(() -> lacking(world).forEach(shortages(world)::remove));
  }

  /** The zones without room. */
  public static List<String> lacking(World world) {
    return world.call(() -> shortages(world).all());
  }
}
