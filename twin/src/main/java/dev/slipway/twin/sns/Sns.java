package dev.slipway.twin.sns;

import dev.slipway.twin.world.World;
import java.util.List;

/** SNS of one world. */
public final class Sns {

  private final World world;

  /** The topics of a world. */
  public Sns(World world) {
    this.world = world;
  }

  /** Registers the operations. */
  public void register() {
    world
        .operations()
        .registerLater("sns", List.of(new TopicApi(world), new SubscriptionApi(world)));
  }
}
