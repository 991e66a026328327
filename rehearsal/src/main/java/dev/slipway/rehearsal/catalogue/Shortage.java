package dev.slipway.rehearsal.catalogue;

import dev.slipway.rehearsal.stage.Stage;
import dev.slipway.twin.world.FargateCapacity;
import dev.slipway.twin.world.FargateQuota;
import dev.slipway.twin.world.World;

/** Fargate without room, or an account without: what no call of AWS can bring about. */
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

  /** The account may have no more vCPUs than the service's tasks have now. */
  public static void ofQuota(Stage stage) {
    double units = stage.its().tasks().stream().mapToInt(t -> Integer.parseInt(t.cpu())).sum();
    FargateQuota.set(world(stage), units / 1024);
  }

  /** There is room again. */
  public static void end(Stage stage) {
    FargateCapacity.giveBack(world(stage));
  }

  private static World world(Stage stage) {
    return stage.account().twin().worlds().of(stage.account().id(), stage.account().region());
  }
}
