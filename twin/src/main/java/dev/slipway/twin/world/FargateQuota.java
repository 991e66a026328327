package dev.slipway.twin.world;

import java.util.OptionalDouble;

/**
 * How many vCPUs the tasks of an account may have on Fargate in a region at the same time, those on
 * Fargate Spot not counted. Kept in the world, so that it goes with a copy.
 *
 * <p>Source: AWS general reference, ecs-service: Fargate On-Demand vCPU resource count.
 */
@Differs(
    value = "an account has no quota of vCPUs on Fargate unless one is set",
    because = "how much AWS grants depends on the account's past use")
public final class FargateQuota {

  private static final String VCPUS = "vcpus";

  private FargateQuota() {}

  private static Table<Double> quotas(World world) {
    return world.table("fargate.quotas");
  }

  /** The quota; empty when there is none. */
  public static OptionalDouble vcpus(World world) {
    return world.call(
        () -> quotas(world).find(VCPUS).map(OptionalDouble::of).orElseGet(OptionalDouble::empty));
  }

  /** Sets it; tasks that are there stay. */
  public static void set(World world, double vcpus) {
    if (!(vcpus >= 0)) {
      throw new IllegalArgumentException("vcpus must be at least 0");
    }
    world.run(() -> quotas(world).put(VCPUS, vcpus));
  }

  /** Takes it away. */
  public static void lift(World world) {
    world.run(() -> quotas(world).remove(VCPUS));
  }
}
