package dev.slipway.twin.ecs;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudwatch.model.DescribeAlarmsRequest;
import software.amazon.awssdk.services.cloudwatch.model.DescribeAlarmsResponse;
import software.amazon.awssdk.services.cloudwatch.model.MetricAlarm;
import software.amazon.awssdk.services.cloudwatch.model.StateValue;
import software.amazon.awssdk.services.ecs.model.DeploymentRolloutState;
import software.amazon.awssdk.services.ecs.model.DescribeServiceDeploymentsRequest;
import software.amazon.awssdk.services.ecs.model.DescribeServiceDeploymentsResponse;
import software.amazon.awssdk.services.ecs.model.ServiceDeploymentAlarms;
import software.amazon.awssdk.services.ecs.model.ServiceDeploymentStatus;
import software.amazon.awssdk.services.ecs.model.StopServiceDeploymentRequest;

class DeploymentAlarmsTest {

  /** One alarm, five minutes of evaluation, in whatever state the test sets. */
  static final class OneAlarm {
    private StateValue state = StateValue.OK;

    void set(StateValue wanted) {
      state = wanted;
    }

    public DescribeAlarmsResponse describeAlarms(DescribeAlarmsRequest request) {
      return DescribeAlarmsResponse.builder()
          .metricAlarms(
              request.alarmNames().stream()
                  .map(n ->
                      MetricAlarm.builder()
                          .alarmName(n)
                          .stateValue(state)
                          .period(60)
                          .evaluationPeriods(5)
                          .build())
                  .toList())
          .build();
    }
  }

  private final AppService app = AppService.steady(1);
  private final String first = app.service().taskDefinition();
  private final OneAlarm alarm = new OneAlarm();

  private void rollOut() {
    app.ecs.world.operations().register(alarm);
    app.ecs.image("app:2", Map.of());
    String second = app.register("2");
    app.update(u ->
        u.taskDefinition(second)
            .deploymentConfiguration(
                d -> d.alarms(a -> a.enable(true).rollback(true).alarmNames("5xx"))));
  }

  @Test
  void completesOnlyAfterTheBakeTime() {
    rollOut();
    app.pass(Duration.ofMinutes(4));
    assertThat(app.primary().rolloutState()).isEqualTo(DeploymentRolloutState.IN_PROGRESS);
    assertThat(app.service().runningCount()).isEqualTo(1);

    app.pass(Duration.ofMinutes(5));
    assertThat(app.primary().rolloutState()).isEqualTo(DeploymentRolloutState.COMPLETED);
  }

  @Test
  void rollsBackWhenAnAlarmRings() {
    rollOut();
    app.pass(Duration.ofMinutes(4));
    alarm.state = StateValue.ALARM;
    app.pass(Duration.ofMinutes(5));

    assertThat(app.story())
        .containsSubsequence(
            "(deployment DEP) deployment failed: alarm detected.",
            "rolling back to deployment DEP.");
    assertThat(app.service().taskDefinition()).isEqualTo(first);
  }

  @Test
  void anAlarmThatRingsAlreadyIsNotWatched() {
    alarm.state = StateValue.ALARM;
    rollOut();
    app.pass(Duration.ofMinutes(4));

    assertThat(app.primary().rolloutState()).isEqualTo(DeploymentRolloutState.COMPLETED);
    assertThat(app.service().taskDefinition()).isNotEqualTo(first);
  }

  @Test
  void aDeploymentIsStoppedByGoingBack() {
    rollOut();
    String deployment = app.service().currentServiceDeployment();
    app.pass(Duration.ofSeconds(45));
    app.ecs
        .world
        .operations()
        .invoke(StopServiceDeploymentRequest.builder().serviceDeploymentArn(deployment).build());
    app.pass(Duration.ofMinutes(12));

    assertThat(app.service().taskDefinition()).isEqualTo(first);
    assertThat(app.story()).last().isEqualTo("has reached a steady state.");
    assertThat(
            new EcsState(app.ecs.world)
                .serviceDeployments()
                .find(deployment)
                .orElseThrow()
                .status())
        .isEqualTo(ServiceDeploymentStatus.ROLLBACK_SUCCESSFUL);
  }

  private ServiceDeploymentAlarms shown() {
    return app.ecs
        .call(
            DescribeServiceDeploymentsRequest.builder()
                .serviceDeploymentArns(app.service().currentServiceDeployment())
                .build(),
            DescribeServiceDeploymentsResponse.class)
        .serviceDeployments()
        .getFirst()
        .alarms();
  }

  @Test
  void theServiceDeploymentShowsWhatIsWatchedAndWhatRang() {
    rollOut();
    app.pass(Duration.ofMinutes(4));
    assertThat(shown().statusAsString()).isEqualTo("MONITORING");
    assertThat(shown().alarmNames()).containsExactly("5xx");
    assertThat(shown().triggeredAlarmNames()).isEmpty();

    alarm.state = StateValue.ALARM;
    app.pass(Duration.ofMinutes(5));
    assertThat(shown().statusAsString()).isEqualTo("TRIGGERED");
    assertThat(shown().triggeredAlarmNames()).containsExactly("5xx");
  }

  @Test
  void theWatchIsOverWithTheDeploymentAndOffForAnAlarmThatRangBefore() {
    rollOut();
    app.pass(Duration.ofMinutes(10));
    assertThat(shown().statusAsString()).isEqualTo("MONITORING_COMPLETE");

    alarm.state = StateValue.ALARM;
    app.update(u -> u.forceNewDeployment(true));
    app.pass(Duration.ofMinutes(4));
    assertThat(shown().statusAsString()).isEqualTo("DISABLED");
    assertThat(app.primary().rolloutState()).isEqualTo(DeploymentRolloutState.COMPLETED);
  }
}
