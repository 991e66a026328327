package dev.slipway.rehearsal.catalogue;

import dev.slipway.rehearsal.stage.Stage;
import dev.slipway.twin.world.FargateCapacity;
import dev.slipway.twin.world.World;

/** Fargate without room: the one thing that no call of AWS can bring about. */
final class Shortage {

  private Shortage() {}

  /** No room for new tasks in a zone. */
  static void of(Stage stage, String zone) {
    FargateCapacity.take(world(stage), zone);
  }

  /** No room for new tasks anywhere. */
  static void everywhere(Stage stage) {
    FargateCapacity.take(world(stage), FargateCapacity.EVERYWHERE);
  }

  /** There is room again. */
  static void end(Stage stage) {
    FargateCapacity.giveBack(world(stage));
  }

  private static World world(Stage stage) {
    return stage.account().twin().worlds().of(stage.account().id(), stage.account().region());
  }
}
