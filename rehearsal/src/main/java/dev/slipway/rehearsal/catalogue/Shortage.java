package dev.slipway.rehearsal.catalogue;

import dev.slipway.rehearsal.stage.Stage;
import dev.slipway.twin.world.FargateCapacity;
import dev.slipway.twin.world.World;

/** Fargate without room: the one thing that no call of AWS can bring about. */
public final class Shortage {

  private Shortage() {}

  /** No room for new tasks in a zone. */
  public static void of(Stage stage, String zone) {
    FargateCapacity.take(world(stage), zone);
  }

  /** No room for new tasks anywhere. */
  public static void everywhere(Stage stage) {
    FargateCapacity.take(world(stage), FargateCapacity.EVERYWHERE);
  }

  /** There is room again. */
  public static void end(Stage stage) {
    FargateCapacity.giveBack(world(stage));
  }

  private static World world(Stage stage) {
    return stage.account().twin().worlds().of(stage.account().id(), stage.account().region());
  }
}
