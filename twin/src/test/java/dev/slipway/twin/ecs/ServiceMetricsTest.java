package dev.slipway.twin.ecs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.slipway.twin.cloudwatch.Alarms;
import dev.slipway.twin.cloudwatch.CloudWatch;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudwatch.model.Datapoint;
import software.amazon.awssdk.services.cloudwatch.model.GetMetricStatisticsRequest;
import software.amazon.awssdk.services.cloudwatch.model.GetMetricStatisticsResponse;
import software.amazon.awssdk.services.ecs.model.ClusterSettingName;
import software.amazon.awssdk.services.ecs.model.UpdateClusterSettingsRequest;

class ServiceMetricsTest {

  private static final String NAMESPACE = "ECS/ContainerInsights";
  private static final Map<String, String> DIMENSIONS =
      Map.of("ClusterName", "prod", "ServiceName", "web");

  private final AppService app = AppService.steady(2);
  private final Alarms alarms = new Alarms(app.ecs.world);

  @BeforeEach
  void watch() {
    CloudWatch cloudWatch = new CloudWatch(app.ecs.world);
    cloudWatch.register();
    cloudWatch.collect(app.ecs.ecs.metrics());
    alarms.belowOrMissing("low", NAMESPACE, "RunningTaskCount", DIMENSIONS, 2);
  }

  private void insights(String value) {
    app.ecs
        .world
        .operations()
        .invoke(
            UpdateClusterSettingsRequest.builder()
                .cluster("prod")
                .settings(s -> s.name(ClusterSettingName.CONTAINER_INSIGHTS).value(value))
                .build());
  }

  @Test
  void theAlarmOfRunningTasksFollowsTheService() {
    insights("enabled");
    app.pass(Duration.ofMinutes(6));
    assertThat(alarms.state("low")).isEqualTo("OK");

    app.update(u -> u.desiredCount(1));
    app.pass(Duration.ofMinutes(6));
    assertThat(alarms.state("low")).isEqualTo("ALARM");

    app.update(u -> u.desiredCount(2));
    app.pass(Duration.ofMinutes(4));
    assertThat(alarms.state("low")).isEqualTo("OK");
  }

  @Test
  void saysNothingWithoutContainerInsights() {
    insights("disabled");
    app.pass(Duration.ofMinutes(6));

    assertThat(alarms.state("low")).isEqualTo("ALARM");
    assertThat(alarms.sum(NAMESPACE, "RunningTaskCount", DIMENSIONS)).isZero();
  }

  @Test
  void theUseOfEveryRunningTaskIsPublishedEachMinuteAsAShareOfItsSize() {
    // A task has 256 CPU units, a quarter of a processor, and 512 MiB.
    app.ecs.runtime.load(0.1, 128);
    app.pass(Duration.ofMinutes(5));

    assertThat(statistics("CPUUtilization"))
        .hasSize(5)
        .allSatisfy(point -> {
          assertThat(point.sampleCount()).isEqualTo(2);
          assertThat(point.average()).isCloseTo(40, within(0.01));
          assertThat(point.unitAsString()).isEqualTo("Percent");
        });
    assertThat(statistics("MemoryUtilization"))
        .hasSize(5)
        .allSatisfy(point -> assertThat(point.average()).isCloseTo(25, within(0.01)));
  }

  @Test
  void aServiceWithoutTasksSaysNothingOfTheirUse() {
    app.update(u -> u.desiredCount(0));
    app.pass(Duration.ofMinutes(3));
    int before = statistics("CPUUtilization").size();
    app.pass(Duration.ofMinutes(5));

    assertThat(statistics("CPUUtilization")).hasSize(before);
  }

  private List<Datapoint> statistics(String metric) {
    return app.ecs
        .call(
            GetMetricStatisticsRequest.builder()
                .namespace("AWS/ECS")
                .metricName(metric)
                .dimensions(
                    d -> d.name("ClusterName").value("prod"),
                    d -> d.name("ServiceName").value("web"))
                .startTime(app.ecs.world.now().minus(Duration.ofHours(1)))
                .endTime(app.ecs.world.now())
                .period(60)
                .statisticsWithStrings("Average", "SampleCount")
                .build(),
            GetMetricStatisticsResponse.class)
        .datapoints();
  }
}
