package dev.slipway.twin.logs;

import dev.slipway.twin.world.AwsError;
import dev.slipway.twin.world.World;
import java.time.Instant;
import java.util.List;

/** CloudWatch Logs of one account and region. */
public final class Logs implements LogStreams {

  private final World world;
  private final LogStore store;

  /** The logs of a world. */
  public Logs(World world) {
    this.world = world;
    this.store = new LogStore(world);
  }

  /** Registers the API's operations at the world. */
  public void register() {
    world
        .operations()
        .registerLater(
            "cloudwatchlogs",
            List.of(
                new LogGroupApi(store),
                new LogTagApi(store),
                new LogStreamApi(store),
                new LogEventApi(store),
                new LogSearchApi(store)));
  }

  /** There are no timers: retention is worked out when lines are read and written. */
  public void resume() {}

  @Override
  public boolean groupExists(String group) {
    return world.call(() -> store.groups().contains(group));
  }

  @Override
  public void createStream(String group, String stream) {
    world.run(() -> {
      store.requireGroup(group);
      if (!store.hasStream(group, stream)) {
        store.addStream(group, LogStreamApi.checkedName(stream));
      }
    });
  }

  @Override
  public void append(String group, String stream, Instant at, String line) {
    world.run(() -> {
      if (groupExists(group) && store.hasStream(group, stream)) {
        store.append(store.requireStream(group, stream), at.toEpochMilli(), line);
      }
    });
  }

  static AwsError invalid(String message) {
    return AwsError.of("InvalidParameterException", message);
  }
}
