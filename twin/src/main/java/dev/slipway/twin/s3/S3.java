package dev.slipway.twin.s3;

import dev.slipway.twin.world.World;

/** S3 of one region; an account has its buckets together, in its home region. */
public final class S3 {

  private final World world;
  private final World home;

  /**
   * S3 as a region sees it.
   *
   * @param home the account's home region, which may be the same world
   */
  public S3(World world, World home) {
    this.world = world;
    this.home = home;
  }

  /** Registers the API's operations at the world, once somebody calls one. */
  public void register() {
    world
        .operations()
        .registerLater(
            "s3",
            () -> {
              Buckets buckets = new Buckets(world, home);
              Objects objects = new Objects(world, home, buckets);
              world.operations().register(new BucketApi(buckets, objects));
              world.operations().register(new BucketGuardApi(buckets));
              world.operations().register(new BucketSettingsApi(buckets));
              world.operations().register(new BucketDefaultsApi(buckets));
              world.operations().register(new ObjectApi(objects));
              world.operations().register(new ObjectTagApi(objects));
              world.operations().register(new ListingApi(buckets, objects));
              world.operations().register(new MultipartApi(world, home, objects));
            });
  }
}
