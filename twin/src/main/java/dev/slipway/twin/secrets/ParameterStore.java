package dev.slipway.twin.secrets;

import dev.slipway.twin.world.World;
import java.util.List;

/** The parameter store of SSM in one account and region. */
public final class ParameterStore {

  private final World world;

  /** The parameters of a world. */
  public ParameterStore(World world) {
    this.world = world;
  }

  /** Registers the API's operations at the world. */
  public void register() {
    ParameterTables tables = new ParameterTables(world);
    world
        .operations()
        .registerLater(
            "ssm",
            List.of(
                new ParameterWriteApi(world, tables),
                new ParameterReadApi(tables),
                new ParameterTagApi(tables)));
  }

  /** There are no timers. */
  public void resume() {}
}
