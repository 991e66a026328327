package dev.slipway.twin.ecs;

import dev.slipway.twin.world.AwsError;
import dev.slipway.twin.world.Differs;
import dev.slipway.twin.world.Table;
import dev.slipway.twin.world.World;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import software.amazon.awssdk.services.cloudwatch.model.DescribeAlarmsRequest;
import software.amazon.awssdk.services.cloudwatch.model.DescribeAlarmsResponse;
import software.amazon.awssdk.services.cloudwatch.model.MetricAlarm;
import software.amazon.awssdk.services.cloudwatch.model.StateValue;

/**
 * Watches the CloudWatch alarms of deployments.
 *
 * <p>Source: ECS developer guide, deployment-alarm-failure: an alarm that rings when the deployment
 * begins switches the watch off; the deployment completes after a bake time.
 */
@Differs(
    value = "the bake time is the longest span that one of the alarms evaluates",
    because = "AWS says only that it depends on the alarms' evaluation periods")
final class DeploymentAlarms {

  /**
   * What is remembered of a service deployment.
   *
   * @param off whether an alarm rang at its beginning
   * @param ringing the alarms that ended it
   * @param wholeSince when it was whole for the first time; {@link Instant#MAX} before
   */
  record Watch(boolean off, List<String> ringing, Instant wholeSince) {}

  private final World world;

  DeploymentAlarms(World world) {
    this.world = world;
  }

  private Table<Watch> watches() {
    return world.table("ecs.alarmWatches");
  }

  /** The alarms that ended a service deployment. */
  static List<String> triggered(World world, String serviceDeploymentArn) {
    Table<Watch> watches = world.table("ecs.alarmWatches");
    return watches.find(serviceDeploymentArn).map(Watch::ringing).orElse(List.of());
  }

  /** Whether an alarm rang at the beginning of a service deployment, which is not watched then. */
  static boolean off(World world, String serviceDeploymentArn) {
    Table<Watch> watches = world.table("ecs.alarmWatches");
    return watches.find(serviceDeploymentArn).map(Watch::off).orElse(false);
  }

  static boolean enabled(ServiceRow row) {
    var alarms = row.service().deploymentConfiguration().alarms();
    return alarms != null && Boolean.TRUE.equals(alarms.enable());
  }

  /** Whether an alarm rings that did not ring when the deployment was looked at first. */
  boolean detected(ServiceRow row) {
    if (!enabled(row) || row.primary().rollback()) {
      return false;
    }
    List<MetricAlarm> alarms = alarms(row);
    List<String> ringing =
        alarms.stream()
            .filter(a -> a.stateValue() == StateValue.ALARM)
            .map(MetricAlarm::alarmName)
            .toList();
    String id = row.primary().serviceDeploymentArn();
    Watch known = watches().find(id).orElse(null);
    if (known == null) {
      watches().put(id, new Watch(!ringing.isEmpty(), List.of(), Instant.MAX));
      return false;
    }
    if (known.off() || ringing.isEmpty()) {
      return false;
    }
    watches().put(id, new Watch(false, ringing, known.wholeSince()));
    return true;
  }

  /** Whether the bake time of a deployment that is whole is over. */
  boolean baked(ServiceRow row) {
    if (!enabled(row) || row.primary().rollback()) {
      return true;
    }
    String id = row.primary().serviceDeploymentArn();
    Watch known = watches().find(id).orElse(new Watch(false, List.of(), Instant.MAX));
    if (known.off()) {
      return true;
    }
    if (known.wholeSince().equals(Instant.MAX)) {
      known = new Watch(false, known.ringing(), world.now());
      watches().put(id, known);
    }
    Duration bake =
        alarms(row).stream()
            .map(DeploymentAlarms::span)
            .max(Duration::compareTo)
            .orElse(Duration.ZERO);
    return !known.wholeSince().plus(bake).isAfter(world.now());
  }

  private static Duration span(MetricAlarm alarm) {
    int period = alarm.period() == null ? 60 : alarm.period();
    int periods = alarm.evaluationPeriods() == null ? 1 : alarm.evaluationPeriods();
    return Duration.ofSeconds((long) period * periods);
  }

  private List<MetricAlarm> alarms(ServiceRow row) {
    List<String> names = row.service().deploymentConfiguration().alarms().alarmNames();
    try {
      return world
          .operations()
          .call(
              DescribeAlarmsRequest.builder().alarmNames(names).build(),
              DescribeAlarmsResponse.class)
          .metricAlarms();
    } catch (AwsError e) {
      // Source: ECS may miss an alarm when its polls are throttled.
      return List.of();
    }
  }
}
