package dev.slipway.twin.secrets;

import dev.slipway.twin.world.World;

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
    world.operations().register(new ParameterWriteApi(world, tables));
    world.operations().register(new ParameterReadApi(tables));
    world.operations().register(new ParameterTagApi(tables));
  }

  /** There are no timers. */
  public void resume() {}
}
