package dev.slipway.twin.secrets;

import dev.slipway.twin.world.World;
import java.util.List;

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
    world
        .operations()
        .registerLater(
            "secretsmanager",
            List.of(
                new SecretApi(world, tables),
                new SecretListApi(tables),
                new SecretValueApi(world, tables),
                new SecretPolicyApi(tables)));
  }

  /** There are no timers: a secret whose day has come is gone when it is next looked for. */
  public void resume() {}
}
