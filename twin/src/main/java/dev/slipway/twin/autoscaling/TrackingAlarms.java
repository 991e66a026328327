package dev.slipway.twin.autoscaling;

import dev.slipway.twin.world.AwsError;
import dev.slipway.twin.world.World;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.applicationautoscaling.model.Alarm;
import software.amazon.awssdk.services.applicationautoscaling.model.ScalingPolicy;
import software.amazon.awssdk.services.cloudwatch.model.DeleteAlarmsRequest;
import software.amazon.awssdk.services.cloudwatch.model.DescribeAlarmsRequest;
import software.amazon.awssdk.services.cloudwatch.model.DescribeAlarmsResponse;
import software.amazon.awssdk.services.cloudwatch.model.PutMetricAlarmRequest;

/**
 * The two CloudWatch alarms of a target tracking policy.
 *
 * <p>Source: alarms of ECS services on AWS: three minutes above the target, fifteen below nine
 * tenths of it; each update of a policy makes new ones.
 */
final class TrackingAlarms {

  private static final String HIGH = "-AlarmHigh-";
  private static final String LOW = "-AlarmLow-";
  private static final double LOW_SHARE = 0.9;
  private static final int MINUTES_ABOVE = 3;
  private static final int MINUTES_BELOW = 15;

  private final World world;

  TrackingAlarms(World world) {
    this.world = world;
  }

  /** Makes the alarms of a policy. */
  List<Alarm> make(ScalingPolicy policy) {
    var settings = policy.targetTrackingScalingPolicyConfiguration();
    TrackedMetric metric = TrackedMetric.of(settings, policy.resourceId());
    String action = policy.policyARN() + ":createdBy/" + world.ids().uuid();
    List<Alarm> made = new ArrayList<>();
    made.add(
        put(
            policy,
            HIGH,
            request(metric, action)
                .comparisonOperator("GreaterThanThreshold")
                .threshold(settings.targetValue())
                .evaluationPeriods(MINUTES_ABOVE)
                .datapointsToAlarm(MINUTES_ABOVE)));
    made.add(
        put(
            policy,
            LOW,
            request(metric, action)
                .comparisonOperator("LessThanThreshold")
                .threshold(settings.targetValue() * LOW_SHARE)
                .evaluationPeriods(MINUTES_BELOW)
                .datapointsToAlarm(MINUTES_BELOW)));
    return made;
  }

  private static PutMetricAlarmRequest.Builder request(TrackedMetric metric, String action) {
    return PutMetricAlarmRequest.builder()
        .alarmDescription("DO NOT EDIT OR DELETE. For TargetTrackingScaling policy " + action + ".")
        .actionsEnabled(true)
        .alarmActions(action)
        .namespace(metric.namespace())
        .metricName(metric.name())
        .dimensions(metric.dimensions())
        .statistic(metric.statistic())
        .unit(metric.unit())
        .period(60)
        .treatMissingData("missing");
  }

  private Alarm put(ScalingPolicy policy, String kind, PutMetricAlarmRequest.Builder request) {
    String name = "TargetTracking-" + policy.resourceId() + kind + world.ids().uuid();
    world.operations().invoke(request.alarmName(name).build());
    return Alarm.builder()
        .alarmName(name)
        .alarmARN(world.arn("cloudwatch", "alarm:" + name))
        .build();
  }

  /** Deletes the alarms of a policy; without effect on those that somebody deleted. */
  void delete(ScalingPolicy policy) {
    for (Alarm alarm : policy.alarms()) {
      try {
        world
            .operations()
            .invoke(DeleteAlarmsRequest.builder().alarmNames(alarm.alarmName()).build());
      } catch (AwsError gone) {
        // What is to be deleted is not there.
      }
    }
  }

  /** The alarms that somebody made with a policy for their action. */
  List<Alarm> naming(String policyArn) {
    return world
        .operations()
        .call(DescribeAlarmsRequest.builder().build(), DescribeAlarmsResponse.class)
        .metricAlarms()
        .stream()
        .filter(alarm -> alarm.alarmActions().contains(policyArn))
        .map(alarm ->
            Alarm.builder().alarmName(alarm.alarmName()).alarmARN(alarm.alarmArn()).build())
        .toList();
  }

  /** Whether an alarm is one that asks for more. */
  static boolean isHigh(String alarmName) {
    return alarmName.contains(HIGH);
  }

  /** Whether the alarm of a policy that asks for less rings. */
  boolean lowRings(ScalingPolicy policy) {
    List<String> names =
        policy.alarms().stream().map(Alarm::alarmName).filter(n -> n.contains(LOW)).toList();
    return !names.isEmpty()
        && world
            .operations()
            .call(
                DescribeAlarmsRequest.builder().alarmNames(names).build(),
                DescribeAlarmsResponse.class)
            .metricAlarms()
            .stream()
            .anyMatch(alarm -> "ALARM".equals(alarm.stateValueAsString()));
  }
}
