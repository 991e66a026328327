package dev.slipway.twin.autoscaling;

import dev.slipway.twin.world.World;

/** Application Auto Scaling of one world. */
public final class ApplicationAutoScaling {

  private final World world;

  /** The scalable targets and policies of a world. */
  public ApplicationAutoScaling(World world) {
    this.world = world;
  }

  /** Registers the operations. */
  public void register() {
    world.operations().register(new TargetApi(world));
    world.operations().register(new PolicyApi(world));
  }
}
