package dev.slipway.twin.kms;

import dev.slipway.twin.world.World;

/** KMS of one account and region. */
public final class Kms {

  private final World world;

  /** The keys of a world. */
  public Kms(World world) {
    this.world = world;
  }

  /** Registers the API's operations at the world, once somebody calls one. */
  public void register() {
    world
        .operations()
        .registerLater(
            "kms",
            () -> {
              Keys keys = new Keys(world);
              world.operations().register(new KeyApi(keys));
              world.operations().register(new KeyStateApi(keys));
              world.operations().register(new KeySettingsApi(keys));
              world.operations().register(new AliasApi(keys));
              world.operations().register(new CryptoApi(keys));
            });
  }
}
