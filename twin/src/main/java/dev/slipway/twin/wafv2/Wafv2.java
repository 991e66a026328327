package dev.slipway.twin.wafv2;

import dev.slipway.twin.world.World;

/** WAFv2 of one account and region. */
public final class Wafv2 {

  private final World world;

  /** The web ACLs of a world. */
  public Wafv2(World world) {
    this.world = world;
  }

  /** Registers the API's operations at the world, once somebody calls one. */
  public void register() {
    world
        .operations()
        .registerLater(
            "wafv2",
            () -> {
              WebAcls acls = new WebAcls(world);
              world.operations().register(new WebAclApi(acls));
              world.operations().register(new AssociationApi(acls));
            });
  }
}
