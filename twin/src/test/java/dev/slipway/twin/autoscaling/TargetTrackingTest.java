package dev.slipway.twin.autoscaling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.twin.cloudwatch.CloudWatch;
import dev.slipway.twin.world.Ids;
import dev.slipway.twin.world.ManualClock;
import dev.slipway.twin.world.Metric;
import dev.slipway.twin.world.World;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.applicationautoscaling.model.DeleteScalingPolicyRequest;
import software.amazon.awssdk.services.applicationautoscaling.model.DescribeScalingActivitiesRequest;
import software.amazon.awssdk.services.applicationautoscaling.model.DescribeScalingActivitiesResponse;
import software.amazon.awssdk.services.applicationautoscaling.model.MetricType;
import software.amazon.awssdk.services.applicationautoscaling.model.PutScalingPolicyRequest;
import software.amazon.awssdk.services.applicationautoscaling.model.PutScalingPolicyResponse;
import software.amazon.awssdk.services.applicationautoscaling.model.RegisterScalableTargetRequest;
import software.amazon.awssdk.services.applicationautoscaling.model.SuspendedState;
import software.amazon.awssdk.services.applicationautoscaling.model.TargetTrackingScalingPolicyConfiguration;
import software.amazon.awssdk.services.cloudwatch.model.DescribeAlarmsRequest;
import software.amazon.awssdk.services.cloudwatch.model.DescribeAlarmsResponse;
import software.amazon.awssdk.services.cloudwatch.model.MetricAlarm;

class TargetTrackingTest {

  private static final MetricType CPU = MetricType.ECS_SERVICE_AVERAGE_CPU_UTILIZATION;
  private static final MetricType MEMORY = MetricType.ECS_SERVICE_AVERAGE_MEMORY_UTILIZATION;

  private final ManualClock clock = new ManualClock(Instant.parse("2026-01-01T06:30:00Z"));
  private final World world = new World("123456789012", "eu-west-1", clock, new Ids(new Random(1)));
  private final CountedService ecs = new CountedService(2);
  private double load;
  private double memory = 10;
  private double requests;

  @BeforeEach
  void register() {
    world.operations().register(ecs);
    CloudWatch cloudWatch = new CloudWatch(world);
    cloudWatch.register();
    ApplicationAutoScaling scaling = new ApplicationAutoScaling(world);
    scaling.register();
    cloudWatch.onAlarm(scaling.policies());
    Map<String, String> service = Map.of("ClusterName", "c", "ServiceName", "s");
    Map<String, String> group =
        Map.of("LoadBalancer", "app/lb/1", "TargetGroup", "targetgroup/tg/2");
    cloudWatch.collect(sink -> {
      sink.record(
          new Metric("AWS/ECS", "CPUUtilization", service, "Percent"), load / ecs.desired, 1);
      sink.record(new Metric("AWS/ECS", "MemoryUtilization", service, "Percent"), memory, 1);
      sink.record(
          new Metric("AWS/ApplicationELB", "RequestCountPerTarget", group, "Count"),
          requests / ecs.desired,
          1);
    });
    target(t -> {});
  }

  private void target(Consumer<RegisterScalableTargetRequest.Builder> change) {
    RegisterScalableTargetRequest.Builder request = CountedService.target(1, 10);
    change.accept(request);
    world.operations().invoke(request.build());
  }

  private PutScalingPolicyResponse track(
      String name,
      MetricType metric,
      double value,
      Consumer<TargetTrackingScalingPolicyConfiguration.Builder> change) {
    TargetTrackingScalingPolicyConfiguration.Builder settings =
        TargetTrackingScalingPolicyConfiguration.builder()
            .targetValue(value)
            .predefinedMetricSpecification(m -> m.predefinedMetricType(metric));
    change.accept(settings);
    return world
        .operations()
        .call(
            PutScalingPolicyRequest.builder()
                .policyName(name)
                .policyType("TargetTrackingScaling")
                .serviceNamespace("ecs")
                .resourceId("service/c/s")
                .scalableDimension("ecs:service:DesiredCount")
                .targetTrackingScalingPolicyConfiguration(settings.build())
                .build(),
            PutScalingPolicyResponse.class);
  }

  private List<MetricAlarm> alarms() {
    return world
        .operations()
        .call(DescribeAlarmsRequest.builder().build(), DescribeAlarmsResponse.class)
        .metricAlarms();
  }

  private void minutes(int count) {
    clock.advance(Duration.ofMinutes(count));
  }

  @Test
  void aPolicyHasTheTwoAlarmsThatAwsMakes() {
    String arn = track("cpu", CPU, 70, t -> {}).policyARN();

    assertThat(alarms())
        .extracting(a -> a.alarmName().replaceAll("[0-9a-f-]{36}$", "ID"))
        .containsExactly(
            "TargetTracking-service/c/s-AlarmHigh-ID", "TargetTracking-service/c/s-AlarmLow-ID");
    assertThat(alarms())
        .extracting(
            a -> a.comparisonOperatorAsString() + " " + a.threshold() + " " + a.evaluationPeriods())
        .containsExactly("GreaterThanThreshold 70.0 3", "LessThanThreshold 63.0 15");
    assertThat(alarms())
        .allSatisfy(a -> {
          assertThat(a.alarmActions()).singleElement().asString().startsWith(arn + ":createdBy/");
          assertThat(a.alarmDescription())
              .isEqualTo(
                  "DO NOT EDIT OR DELETE. For TargetTrackingScaling policy "
                      + a.alarmActions().getFirst()
                      + ".");
        });
  }

  @Test
  void scalesOutInProportionAfterThreeMinutesAbove() {
    track("cpu", CPU, 50, t -> {});
    load = 60;
    minutes(5);
    assertThat(ecs.desired).isEqualTo(2);

    load = 220;
    minutes(2);
    assertThat(ecs.desired).as("after two minutes").isEqualTo(2);
    minutes(2);
    assertThat(ecs.desired).as("110 % on two tasks, 50 % wanted").isEqualTo(5);
    assertThat(
            world
                .operations()
                .call(
                    DescribeScalingActivitiesRequest.builder().serviceNamespace("ecs").build(),
                    DescribeScalingActivitiesResponse.class)
                .scalingActivities())
        .singleElement()
        .satisfies(activity -> {
          assertThat(activity.description()).isEqualTo("Setting desired count to 5.");
          assertThat(activity.cause())
              .matches(
                  "monitor alarm TargetTracking-service/c/s-AlarmHigh-[0-9a-f-]{36} in state ALARM"
                      + " triggered policy cpu");
          assertThat(activity.statusMessage())
              .isEqualTo(
                  "Successfully set desired count to 5. Change successfully fulfilled by ecs.");
        });
  }

  @Test
  void addsMoreWithinTheCooldownOnlyForMoreLoad() {
    track("cpu", CPU, 50, t -> t.scaleOutCooldown(3600));
    load = 220;
    minutes(4);
    assertThat(ecs.desired).isEqualTo(5);

    load = 300;
    minutes(20);
    assertThat(ecs.desired).as("60 % of five is 5 % more than two had").isEqualTo(5);
    minutes(60);
    assertThat(ecs.desired).isEqualTo(6);
  }

  @Test
  void reckonsFromBeforeTheFirstScaleOutUntilTheCooldownOfTheLastIsOver() {
    track("cpu", CPU, 50, t -> t.scaleOutCooldown(3600));
    load = 220;
    minutes(4);
    assertThat(ecs.desired).isEqualTo(5);

    load = 1000;
    minutes(20);
    assertThat(ecs.desired)
        .as("200 % on five ask for eight instead of two, and 125 % on eight for no more")
        .isEqualTo(8);
    minutes(60);
    assertThat(ecs.desired).isEqualTo(10);
  }

  @Test
  void scalesInAfterFifteenMinutesBelowAndNotTwiceWithinTheCooldown() {
    ecs.desired = 8;
    track("cpu", CPU, 50, t -> t.scaleInCooldown(1200));
    load = 160;
    minutes(14);
    assertThat(ecs.desired).isEqualTo(8);
    minutes(3);
    assertThat(ecs.desired).isEqualTo(4);

    load = 50;
    minutes(16);
    assertThat(ecs.desired).as("within the cooldown").isEqualTo(4);
    minutes(6);
    assertThat(ecs.desired).isEqualTo(1);
  }

  @Test
  void staysWithinTheBoundsAndIsStillWhileItIsSuspended() {
    track("cpu", CPU, 50, t -> {});
    target(t ->
        t.maxCapacity(3)
            .suspendedState(SuspendedState.builder().dynamicScalingOutSuspended(true).build()));
    load = 1000;
    minutes(10);
    assertThat(ecs.desired).isEqualTo(2);

    target(t ->
        t.maxCapacity(3)
            .suspendedState(SuspendedState.builder().dynamicScalingOutSuspended(false).build()));
    minutes(10);
    assertThat(ecs.desired).isEqualTo(3);
  }

  @Test
  void onePolicyIsEnoughToScaleOutAndAllAreNeededToScaleIn() {
    track("cpu", CPU, 50, t -> t.scaleInCooldown(0));
    track("memory", MEMORY, 50, t -> t.scaleInCooldown(0));
    memory = 100;
    minutes(4);
    assertThat(ecs.desired).as("by memory").isEqualTo(4);

    memory = 48;
    minutes(30);
    assertThat(ecs.desired).as("there is no load, but memory is near its target").isEqualTo(4);
    memory = 20;
    minutes(17);
    assertThat(ecs.desired).isLessThan(4);
  }

  @Test
  void doesNotScaleInWhileADeploymentIsInProgressOrWhereThatIsOff() {
    track("cpu", CPU, 50, t -> {});
    ecs.deploying = true;
    minutes(30);
    assertThat(ecs.desired).isEqualTo(2);
    ecs.deploying = false;
    track("cpu", CPU, 50, t -> t.disableScaleIn(true));
    minutes(30);
    assertThat(ecs.desired).isEqualTo(2);
    track("cpu", CPU, 50, t -> {});
    minutes(17);
    assertThat(ecs.desired).isEqualTo(1);
  }

  @Test
  void keepsTheRequestsOfATargetAtTheirNumber() {
    track(
        "requests",
        MetricType.ALB_REQUEST_COUNT_PER_TARGET,
        100,
        t ->
            t.predefinedMetricSpecification(m ->
                m.predefinedMetricType(MetricType.ALB_REQUEST_COUNT_PER_TARGET)
                    .resourceLabel("app/lb/1/targetgroup/tg/2")));
    requests = 700;
    minutes(5);
    assertThat(ecs.desired).isEqualTo(7);
  }

  @Test
  void theAlarmsGoWithTheirPolicyAndAreNewWithEachChange() {
    track("cpu", CPU, 50, t -> {});
    List<String> first = alarms().stream().map(MetricAlarm::alarmName).toList();
    track("cpu", CPU, 60, t -> {});
    assertThat(alarms())
        .hasSize(2)
        .extracting(MetricAlarm::alarmName)
        .doesNotContainAnyElementsOf(first);

    world
        .operations()
        .invoke(
            DeleteScalingPolicyRequest.builder()
                .policyName("cpu")
                .serviceNamespace("ecs")
                .resourceId("service/c/s")
                .scalableDimension("ecs:service:DesiredCount")
                .build());
    assertThat(alarms()).isEmpty();
  }

  @Test
  void refusesWhatItCannotTrack() {
    assertThatThrownBy(() ->
            track("x", MetricType.EC2_SPOT_FLEET_REQUEST_AVERAGE_CPU_UTILIZATION, 50, t -> {}))
        .hasMessageContaining("not by EC2SpotFleetRequestAverageCPUUtilization");
    assertThatThrownBy(() -> track("x", MetricType.ALB_REQUEST_COUNT_PER_TARGET, 50, t -> {}))
        .hasMessageStartingWith("ResourceLabel must name");
    assertThatThrownBy(() -> track("x", CPU, 0, t -> {}))
        .hasMessage("TargetValue must be greater than 0");
    assertThat(alarms()).isEmpty();
  }
}
