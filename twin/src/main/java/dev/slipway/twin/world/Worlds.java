package dev.slipway.twin.world;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * All worlds of the twin: one for each account and region, made when it is first asked for. The
 * worlds of an account share one lock. Thread safe.
 */
public final class Worlds {

  /** The region in which the services live that an account has only once, such as IAM. */
  public static final String HOME_REGION = "us-east-1";

  /** Makes a world with its services registered. Called under the account's lock. */
  @FunctionalInterface
  public interface Factory {
    /**
     * Makes the world of a region.
     *
     * @param worlds to find the account's home world; asking for a world that is being made is an
     *     error
     * @param lock the lock that the world is given
     */
    World create(Worlds worlds, String account, String region, ReentrantLock lock);
  }

  private final Factory factory;
  private final Map<String, ReentrantLock> locks = new ConcurrentHashMap<>();
  // By strings and not records: the first hashCode of a record costs a start 30 ms.
  private final Map<String, World> worlds = new ConcurrentHashMap<>();

  /** No worlds yet; the factory makes them. */
  public Worlds(Factory factory) {
    this.factory = factory;
  }

  /** The world of an account in a region; made at the first call. */
  public World of(String account, String region) {
    World world = worlds.get(key(account, region));
    return world != null ? world : create(account, region);
  }

  /** The world of the account's {@link #HOME_REGION}. */
  public World home(String account) {
    return of(account, HOME_REGION);
  }

  /** The worlds made so far. */
  public List<World> all() {
    return List.copyOf(worlds.values());
  }

  private static String key(String account, String region) {
    return account + "/" + region;
  }

  private World create(String account, String region) {
    // Not computeIfAbsent: the factory may ask for the account's home world meanwhile.
    ReentrantLock lock = locks.computeIfAbsent(account, its -> new ReentrantLock());
    lock.lock();
    try {
      World world = worlds.get(key(account, region));
      if (world == null) {
        world = factory.create(this, account, region, lock);
        worlds.put(key(account, region), world);
      }
      return world;
    } finally {
      lock.unlock();
    }
  }
}
