package dev.slipway.twin.autoscaling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.twin.cloudwatch.CloudWatch;
import dev.slipway.twin.world.Ids;
import dev.slipway.twin.world.ManualClock;
import dev.slipway.twin.world.Metric;
import dev.slipway.twin.world.World;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.applicationautoscaling.model.DescribeScalingActivitiesRequest;
import software.amazon.awssdk.services.applicationautoscaling.model.DescribeScalingActivitiesResponse;
import software.amazon.awssdk.services.applicationautoscaling.model.DescribeScalingPoliciesRequest;
import software.amazon.awssdk.services.applicationautoscaling.model.DescribeScalingPoliciesResponse;
import software.amazon.awssdk.services.applicationautoscaling.model.PutScalingPolicyRequest;
import software.amazon.awssdk.services.applicationautoscaling.model.PutScalingPolicyResponse;
import software.amazon.awssdk.services.applicationautoscaling.model.StepAdjustment;
import software.amazon.awssdk.services.cloudwatch.model.PutMetricAlarmRequest;
import software.amazon.awssdk.services.cloudwatch.model.SetAlarmStateRequest;

class StepScalingTest {

  private final ManualClock clock = new ManualClock(Instant.parse("2026-01-01T06:30:00Z"));
  private final World world = new World("123456789012", "eu-west-1", clock, new Ids(new Random(1)));
  private final CountedService ecs = new CountedService(4);
  private double depth = 50;

  @BeforeEach
  void register() {
    world.operations().register(ecs);
    CloudWatch cloudWatch = new CloudWatch(world);
    cloudWatch.register();
    ApplicationAutoScaling scaling = new ApplicationAutoScaling(world);
    scaling.register();
    cloudWatch.onAlarm(scaling.policies());
    cloudWatch.collect(
        sink -> sink.record(new Metric("Queue", "Depth", Map.of("q", "1"), "Count"), depth, 1));
    world.operations().invoke(CountedService.target(2, 12).build());
  }

  private String policy(String name, int cooldown, StepAdjustment... steps) {
    return world
        .operations()
        .call(
            PutScalingPolicyRequest.builder()
                .policyName(name)
                .policyType("StepScaling")
                .serviceNamespace("ecs")
                .resourceId("service/c/s")
                .scalableDimension("ecs:service:DesiredCount")
                .stepScalingPolicyConfiguration(c ->
                    c.adjustmentType("ChangeInCapacity").cooldown(cooldown).stepAdjustments(steps))
                .build(),
            PutScalingPolicyResponse.class)
        .policyARN();
  }

  private void alarm(String name, String comparison, double threshold, String action) {
    world
        .operations()
        .invoke(
            PutMetricAlarmRequest.builder()
                .alarmName(name)
                .namespace("Queue")
                .metricName("Depth")
                .dimensions(d -> d.name("q").value("1"))
                .statistic("Average")
                .period(60)
                .evaluationPeriods(1)
                .comparisonOperator(comparison)
                .threshold(threshold)
                .alarmActions(action)
                .build());
  }

  private static StepAdjustment step(Double lower, Double upper, int adjustment) {
    return StepAdjustment.builder()
        .metricIntervalLowerBound(lower)
        .metricIntervalUpperBound(upper)
        .scalingAdjustment(adjustment)
        .build();
  }

  private void outwards(int cooldown) {
    String arn = policy("out", cooldown, step(0.0, 50.0, 1), step(50.0, null, 3));
    alarm("deep", "GreaterThanThreshold", 100, arn);
  }

  private void minutes(int count) {
    clock.advance(Duration.ofMinutes(count));
  }

  @Test
  void takesTheStepThatTheBreachFallsInto() {
    outwards(300);
    minutes(3);
    assertThat(ecs.desired).isEqualTo(4);
    depth = 120;
    minutes(2);
    assertThat(ecs.desired).isEqualTo(5);
  }

  @Test
  void addsDuringTheCooldownOnlyWhatALargerStepHasMore() {
    outwards(600);
    depth = 120;
    minutes(3);
    assertThat(ecs.desired).isEqualTo(5);
    depth = 200;
    minutes(3);
    assertThat(ecs.desired).isEqualTo(7);
    minutes(3);
    assertThat(ecs.desired).isEqualTo(7);
    minutes(30);
    assertThat(ecs.desired).isEqualTo(12);
  }

  @Test
  void scalesInToTheLeastAndWaitsForItsCooldownEachTime() {
    String arn = policy("in", 300, step(null, 0.0, -1));
    alarm("shallow", "LessThanThreshold", 60, arn);
    minutes(3);
    assertThat(ecs.desired).isEqualTo(3);
    minutes(3);
    assertThat(ecs.desired).isEqualTo(3);
    minutes(30);
    assertThat(ecs.desired).isEqualTo(2);
  }

  @Test
  void recordsTheCauseAndShowsThePolicysAlarms() {
    outwards(300);
    world
        .operations()
        .invoke(
            SetAlarmStateRequest.builder()
                .alarmName("deep")
                .stateValue("ALARM")
                .stateReason("by hand")
                .build());

    assertThat(ecs.desired).isEqualTo(5);
    assertThat(
            world
                .operations()
                .call(
                    DescribeScalingActivitiesRequest.builder().serviceNamespace("ecs").build(),
                    DescribeScalingActivitiesResponse.class)
                .scalingActivities()
                .getFirst()
                .cause())
        .isEqualTo("monitor alarm deep in state ALARM triggered policy out");
    assertThat(
            world
                .operations()
                .call(
                    DescribeScalingPoliciesRequest.builder().serviceNamespace("ecs").build(),
                    DescribeScalingPoliciesResponse.class)
                .scalingPolicies()
                .getFirst()
                .alarms())
        .extracting(a -> a.alarmName())
        .containsExactly("deep");
  }
}
