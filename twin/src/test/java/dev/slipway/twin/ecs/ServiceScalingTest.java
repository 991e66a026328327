package dev.slipway.twin.ecs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.twin.autoscaling.ApplicationAutoScaling;
import dev.slipway.twin.cloudwatch.CloudWatch;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.applicationautoscaling.model.MetricType;
import software.amazon.awssdk.services.applicationautoscaling.model.PutScalingPolicyRequest;
import software.amazon.awssdk.services.applicationautoscaling.model.RegisterScalableTargetRequest;

class ServiceScalingTest {

  private static final String RESOURCE = "service/prod/web";
  private static final String DIMENSION = "ecs:service:DesiredCount";

  private final AppService app = AppService.steady(1);

  private void track(MetricType metric, double target) {
    CloudWatch cloudWatch = new CloudWatch(app.ecs.world);
    cloudWatch.register();
    cloudWatch.collect(app.ecs.ecs.metrics());
    ApplicationAutoScaling scaling = new ApplicationAutoScaling(app.ecs.world);
    scaling.register();
    cloudWatch.onAlarm(scaling.policies());
    app.ecs
        .world
        .operations()
        .invoke(
            RegisterScalableTargetRequest.builder()
                .serviceNamespace("ecs")
                .resourceId(RESOURCE)
                .scalableDimension(DIMENSION)
                .minCapacity(1)
                .maxCapacity(4)
                .build());
    app.ecs
        .world
        .operations()
        .invoke(
            PutScalingPolicyRequest.builder()
                .policyName("track")
                .policyType("TargetTrackingScaling")
                .serviceNamespace("ecs")
                .resourceId(RESOURCE)
                .scalableDimension(DIMENSION)
                .targetTrackingScalingPolicyConfiguration(t ->
                    t.targetValue(target)
                        .predefinedMetricSpecification(m -> m.predefinedMetricType(metric)))
                .build());
  }

  @Test
  void theProcessorsThatTasksUseScaleTheirServiceOutAndInAgain() {
    track(MetricType.ECS_SERVICE_AVERAGE_CPU_UTILIZATION, 40);
    app.ecs.runtime.load(0.2, 100);
    app.pass(Duration.ofMinutes(5));

    assertThat(app.service().desiredCount()).as("80 % of a quarter processor").isEqualTo(2);
    app.ecs.runtime.load(0.02, 100);
    app.pass(Duration.ofMinutes(20));
    assertThat(app.service().desiredCount()).isEqualTo(1);
    assertThat(app.service().runningCount()).isEqualTo(1);
  }

  @Test
  void theirMemoryDoesToo() {
    track(MetricType.ECS_SERVICE_AVERAGE_MEMORY_UTILIZATION, 25);
    app.ecs.runtime.load(0, 350);
    app.pass(Duration.ofMinutes(5));

    assertThat(app.service().desiredCount()).as("68 % of 512 MiB").isEqualTo(3);
  }
}
