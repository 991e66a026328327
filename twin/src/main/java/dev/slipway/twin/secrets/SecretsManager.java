package dev.slipway.twin.secrets;

import dev.slipway.twin.world.World;

/** Secrets Manager in one account and region. */
public final class SecretsManager {

  private final World world;

  /** The secrets of a world. */
  public SecretsManager(World world) {
    this.world = world;
  }

  /** Registers the API's operations at the world. */
  public void register() {
    SecretTables tables = new SecretTables(world);
    world.operations().register(new SecretApi(world, tables));
    world.operations().register(new SecretListApi(tables));
    world.operations().register(new SecretValueApi(world, tables));
    world.operations().register(new SecretPolicyApi(tables));
  }

  /** There are no timers: a secret whose day has come is gone when it is next looked for. */
  public void resume() {}
}
