package dev.slipway.twin.ecs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.twin.cloudwatch.Alarms;
import dev.slipway.twin.cloudwatch.CloudWatch;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
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
}
