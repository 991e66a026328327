package dev.slipway.twin.sns;

import dev.slipway.twin.world.Notices;
import dev.slipway.twin.world.World;
import java.util.List;

/** SNS of one world. */
public final class Sns {

  private final World world;
  private final PublishApi publisher;

  /** The topics of a world. */
  public Sns(World world) {
    this.world = world;
    this.publisher = new PublishApi(world);
  }

  /** Registers the operations. */
  public void register() {
    world
        .operations()
        .registerLater("sns", List.of(new TopicApi(world), new SubscriptionApi(world), publisher));
  }

  /** Where other services publish. */
  public Notices notices() {
    return publisher;
  }
}
