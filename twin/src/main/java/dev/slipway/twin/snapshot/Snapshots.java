package dev.slipway.twin.snapshot;

import dev.slipway.twin.ecr.BlobStore;
import dev.slipway.twin.world.Differs;
import dev.slipway.twin.world.TwinClock;
import dev.slipway.twin.world.World;
import dev.slipway.twin.world.Worlds;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/** Takes snapshots of accounts, and brings accounts back to what a snapshot holds. Thread safe. */
@Differs(
    value =
        "after a restore or a fork the processes of running tasks are started anew; uploads of"
            + " layers that were under way are lost",
    because = "a process and an open connection cannot be copied")
public final class Snapshots {

  private final Worlds worlds;
  private final TwinClock clock;
  private final BlobFiles blobs;
  private final String registry;
  private final Function<World, Set<String>> blobsOf;

  /**
   * Snapshots of a twin's worlds.
   *
   * @param registry the registry's host and port in names of images
   * @param blobsOf the digests of the blobs that a world's registry holds
   */
  public Snapshots(
      Worlds worlds,
      TwinClock clock,
      BlobStore blobs,
      String registry,
      Function<World, Set<String>> blobsOf) {
    this.worlds = worlds;
    this.clock = clock;
    this.blobs = new BlobFiles(blobs);
    this.registry = registry;
    this.blobsOf = blobsOf;
  }

  /**
   * The state of an account in all its regions, at one moment.
   *
   * @param withBlobs whether the layers of images travel in it; without them it can be restored
   *     only where they are already
   */
  public Snapshot take(String account, boolean withBlobs) {
    Map<String, Snapshot.Region> regions = new LinkedHashMap<>();
    Set<String> digests = new TreeSet<>();
    World home = worlds.home(account);
    home.run(() -> {
      for (World world : worlds.all()) {
        if (world.account().equals(account)) {
          regions.put(world.region(), new Snapshot.Region(world.state()));
          digests.addAll(blobsOf.apply(world));
        }
      }
    });
    Map<String, byte[]> files = withBlobs ? blobs.read(digests) : Map.of();
    return Snapshot.of(account, clock.instant(), registry, regions, files);
  }

  /**
   * Makes the state of an account that of a snapshot, in all its regions. Names of the snapshot's
   * own account become names of this one. The clock is never turned back; it is moved forward when
   * the snapshot comes from a later time, for what it waits for is told in moments.
   *
   * @throws IllegalArgumentException when the snapshot is not one of this twin's version; nothing
   *     has changed then
   */
  public void restore(Snapshot snapshot, String account) {
    Moves moves = new Moves().move(snapshot.account(), account).move(snapshot.registry(), registry);
    Map<String, Snapshot.Region> regions = snapshot.regions(moves);
    blobs.write(snapshot.blobs());
    Duration ahead = Duration.between(clock.instant(), snapshot.now());
    if (ahead.isPositive()) {
      clock.advance(ahead);
    }
    World home = worlds.home(account);
    home.run(() -> {
      // The home region first: the others ask its IAM.
      Set<String> names = new LinkedHashSet<>(Set.of(home.region()));
      names.addAll(regions.keySet());
      worlds.all().stream()
          .filter(world -> world.account().equals(account))
          .forEach(world -> names.add(world.region()));
      for (String name : names) {
        Snapshot.Region region = regions.getOrDefault(name, new Snapshot.Region(Map.of()));
        worlds.of(account, name).restore(region.tables());
      }
    });
  }

  /** The rows of a snapshot's region by table and key, as they would be restored here. */
  public Map<String, Map<String, Object>> tables(Snapshot snapshot, String region) {
    Snapshot.Region found =
        snapshot.regions(new Moves().move(snapshot.registry(), registry)).get(region);
    return found == null ? Map.of() : found.tables();
  }

  /** Makes an account a copy of another one of this twin. */
  public void fork(String from, String to) {
    restore(take(from, false), to);
  }
}
