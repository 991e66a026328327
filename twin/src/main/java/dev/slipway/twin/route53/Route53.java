package dev.slipway.twin.route53;

import dev.slipway.twin.world.World;

/** The hosted zones of an account, which it has together, in its home region. */
public final class Route53 {

  private final World world;
  private final World home;

  /**
   * Route 53 as a region sees it.
   *
   * @param home the account's home region, which may be the same world
   */
  public Route53(World world, World home) {
    this.world = world;
    this.home = home;
  }

  /** Registers the API's operations at the world, once somebody calls one. */
  public void register() {
    world
        .operations()
        .registerLater(
            "route53",
            () -> {
              Zones zones = new Zones(home);
              world.operations().register(new ZoneApi(zones));
              world.operations().register(new RecordApi(zones));
              world.operations().register(new ZoneTagApi(zones));
            });
  }
}
