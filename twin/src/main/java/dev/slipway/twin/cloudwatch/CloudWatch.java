package dev.slipway.twin.cloudwatch;

import dev.slipway.twin.world.AlarmAction;
import dev.slipway.twin.world.MetricSource;
import dev.slipway.twin.world.Notices;
import dev.slipway.twin.world.World;
import java.util.List;

/** CloudWatch of one world: metrics, alarms and dashboards. */
public final class CloudWatch {

  private final World world;
  private final MetricStore metrics;
  private final AlarmWatch watch;
  private final MetricCollector collector;

  /** The metrics, alarms and dashboards of a world. */
  public CloudWatch(World world) {
    this.world = world;
    this.metrics = new MetricStore(world);
    this.watch = new AlarmWatch(world, metrics);
    this.collector = new MetricCollector(world, metrics);
  }

  /** Registers the operations. */
  public void register() {
    Tagging tagging = new Tagging(world);
    world
        .operations()
        .registerLater(
            "cloudwatch",
            List.of(
                tagging,
                new AlarmApi(world, watch, tagging),
                new DashboardApi(world, tagging),
                new PutMetricDataApi(metrics),
                new MetricQueryApi(metrics)));
  }

  /** Where services write their metrics. */
  public Metrics metrics() {
    return metrics;
  }

  /** Has somebody carry out the actions of alarms that ring. */
  public void onAlarm(AlarmAction action) {
    watch.tell(action);
  }

  /** Has topics told of alarms that change. */
  public void publishTo(Notices notices) {
    watch.publishTo(notices);
  }

  /** Collects the metrics of a service from now on, once a minute. */
  public void collect(MetricSource source) {
    world.run(() -> collector.add(source));
  }

  /** Goes on collecting metrics and evaluating alarms in a world that was copied. */
  public void resume() {
    world.run(() -> {
      collector.arm();
      watch.arm();
    });
  }
}
