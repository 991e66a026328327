package dev.slipway.twin.world;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * The state of one AWS account in one region, and what its services share. All state is in {@link
 * Table}s, so that a world can be copied; whatever a service waits for must be derivable from them.
 *
 * <p>Threading: a world has one lock, which all regions of an account share. Operations and clock
 * events run under it, so service code needs no locks of its own, and must never block while it
 * holds it: no sleeping, no sockets, no waiting for a process.
 */
public final class World {

  private final String account;
  private final String region;
  private final TwinClock clock;
  private final Ids ids;
  private final ReentrantLock lock;
  private final Map<String, Table<?>> tables = new LinkedHashMap<>();
  private final Operations operations = new Operations(this);
  private final List<Runnable> resumptions = new ArrayList<>();

  /** An empty world. Worlds of one account are given the same lock. */
  public World(String account, String region, TwinClock clock, Ids ids, ReentrantLock lock) {
    this.account = account;
    this.region = region;
    this.clock = clock;
    this.ids = ids;
    this.lock = lock;
  }

  /** An empty world with a lock of its own. */
  public World(String account, String region, TwinClock clock, Ids ids) {
    this(account, region, clock, ids, new ReentrantLock());
  }

  /** The twelve digits of the account. */
  public String account() {
    return account;
  }

  /** The region, for instance {@code eu-west-1}. */
  public String region() {
    return region;
  }

  /** The clock that all of the twin shares. */
  public TwinClock clock() {
    return clock;
  }

  /** The world's time now. */
  public Instant now() {
    return clock.instant();
  }

  /** The source of ids. */
  public Ids ids() {
    return ids;
  }

  /** The API operations of this world, by request class. */
  public Operations operations() {
    return operations;
  }

  /** {@code arn:aws:<service>:<region>:<account>:<resource>}. */
  public String arn(String service, String resource) {
    return "arn:aws:" + service + ":" + region + ":" + account + ":" + resource;
  }

  /**
   * The table of a name, made at first use. A name belongs to one value type for ever.
   *
   * @param name the service and what the rows are, for instance {@code ec2.vpcs}
   */
  @SuppressWarnings("unchecked")
  public <V> Table<V> table(String name) {
    return call(() -> (Table<V>) tables.computeIfAbsent(name, n -> new Table<V>()));
  }

  /** Runs under the world's lock; may be nested. */
  public <T> T call(Supplier<T> work) {
    lock.lock();
    try {
      return work.get();
    } finally {
      lock.unlock();
    }
  }

  /** Runs under the world's lock; may be nested. */
  public void run(Runnable work) {
    lock.lock();
    try {
      work.run();
    } finally {
      lock.unlock();
    }
  }

  /** Runs an event under the world's lock after a span of world time. */
  public TwinClock.Cancellable after(Duration delay, Runnable event) {
    return clock.schedule(delay, () -> run(event));
  }

  /**
   * Makes this world's state that of another. Tables stay the objects they are, so services may
   * hold on to theirs; what they wait for must be resumed.
   */
  public void copyStateFrom(World other) {
    Map<String, Table<?>> copies = new LinkedHashMap<>();
    other.run(() -> other.tables.forEach((name, table) -> copies.put(name, table.copy())));
    run(() -> {
      tables.values().forEach(Table::clear);
      copies.forEach(this::replace);
    });
  }

  /** All rows by table and key, at one moment. The values are immutable, so this is a snapshot. */
  public Map<String, Map<String, Object>> state() {
    return call(() -> {
      Map<String, Map<String, Object>> state = new LinkedHashMap<>();
      tables.forEach((name, table) -> state.put(name, new LinkedHashMap<>(table.rows())));
      return state;
    });
  }

  /**
   * Makes this world's state a given one and has its services go on from there.
   *
   * @param state as {@link #state} gives it
   */
  public void restore(Map<String, Map<String, Object>> state) {
    run(() -> {
      tables.values().forEach(Table::clear);
      state.forEach((name, rows) -> rows.forEach(this.<Object>table(name)::put));
      resumptions.forEach(Runnable::run);
    });
  }

  /**
   * Has a service told when the state was replaced: it ends what it was doing and takes up what the
   * tables say that it does. Called under the world's lock, in the order of registration.
   */
  public void onRestore(Runnable resumption) {
    run(() -> resumptions.add(resumption));
  }

  @SuppressWarnings("unchecked")
  private void replace(String name, Table<?> copy) {
    ((Table<Object>) tables.computeIfAbsent(name, n -> new Table<>())).addAll((Table<Object>) copy);
  }
}
