package dev.slipway.twin.ecs;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.cloudwatch.model.StateValue;
import software.amazon.awssdk.services.ecs.model.DescribeServiceDeploymentsRequest;
import software.amazon.awssdk.services.ecs.model.DescribeServiceDeploymentsResponse;
import software.amazon.awssdk.services.ecs.model.ServiceDeployment;
import software.amazon.awssdk.services.ecs.model.StopServiceDeploymentRequest;
import software.amazon.awssdk.services.ecs.model.UpdateServiceRequest;

/** The reasons of deployments and service deployments, each brought about by a deployment. */
class RolloutTextsTest {

  private static final String TRIPPED =
      "Service deployment rolled back because the circuit breaker threshold was exceeded.";

  /**
   * A deployment of a service of one task that is steady.
   *
   * @param change what is deployed, with a breaker and with an alarm that is quiet
   * @param after what happens when it is under way
   * @param rollouts state and reason of each deployment, the PRIMARY one first
   * @param record status and reason of the service deployment, and the reason of its rollback
   */
  record Row(
      String name,
      Consumer<UpdateServiceRequest.Builder> change,
      Consumer<RolloutTextsTest> after,
      String rollouts,
      String record) {
    @Override
    public String toString() {
      return name;
    }
  }

  private final AppService app = AppService.fresh();
  private final DeploymentAlarmsTest.OneAlarm alarm = new DeploymentAlarmsTest.OneAlarm();

  static Stream<Arguments> rows() {
    return Stream.of(
            new Row(
                "under way",
                u -> u.forceNewDeployment(true),
                test -> test.app.pass(Duration.ofSeconds(30)),
                "IN_PROGRESS ECS deployment DEP in progress.\n"
                    + "COMPLETED ECS deployment DEP completed.",
                "IN_PROGRESS null null"),
            new Row(
                "over",
                u -> u.forceNewDeployment(true),
                test -> test.app.pass(Duration.ofMinutes(6)),
                "COMPLETED ECS deployment DEP completed.",
                "SUCCESSFUL null null"),
            new Row(
                "going back after the breaker tripped",
                u -> breaker(u.forceNewDeployment(true), true),
                test -> {
                  test.app.ecs.elb.failNewTargets(true);
                  test.until("ROLLBACK_IN_PROGRESS");
                },
                "IN_PROGRESS ECS deployment circuit breaker: rolling back to deploymentId DEP.\n"
                    + "FAILED ECS deployment circuit breaker: tasks failed to start.",
                "ROLLBACK_IN_PROGRESS " + TRIPPED + " " + TRIPPED),
            new Row(
                "gone back after the breaker tripped",
                RolloutTextsTest::broken,
                test -> test.app.pass(Duration.ofMinutes(15)),
                "COMPLETED ECS deployment DEP completed.",
                "ROLLBACK_SUCCESSFUL " + TRIPPED + " " + TRIPPED),
            new Row(
                "failed without a way back",
                u -> {
                  broken(u);
                  breaker(u, false);
                },
                test -> test.app.pass(Duration.ofMinutes(15)),
                "FAILED ECS deployment circuit breaker: tasks failed to start.\n"
                    + "COMPLETED ECS deployment DEP completed.",
                "STOPPED null null"),
            new Row(
                "replaced by another before it ended",
                u -> u.forceNewDeployment(true),
                test -> {
                  test.app.pass(Duration.ofSeconds(30));
                  test.app.update(u -> u.forceNewDeployment(true));
                },
                "IN_PROGRESS ECS deployment DEP in progress.\n"
                    + "IN_PROGRESS ECS deployment DEP in progress.\n"
                    + "COMPLETED ECS deployment DEP completed.",
                "STOPPED null null"),
            new Row(
                "going back because of an alarm",
                u ->
                    u.forceNewDeployment(true)
                        .deploymentConfiguration(
                            d -> d.alarms(a -> a.enable(true).rollback(true).alarmNames("5xx"))),
                test -> {
                  test.app.pass(Duration.ofMinutes(1));
                  test.alarm.set(StateValue.ALARM);
                  test.until("ROLLBACK_IN_PROGRESS");
                },
                "IN_PROGRESS ECS deployment alarm: rolling back to deploymentId DEP.\n"
                    + "FAILED ECS deployment alarm: alarm detected.",
                "ROLLBACK_IN_PROGRESS Service deployment rolled back because a CloudWatch alarm was"
                    + " detected. Service deployment rolled back because a CloudWatch alarm was"
                    + " detected."),
            new Row(
                "going back because a person wants it",
                u -> u.forceNewDeployment(true),
                RolloutTextsTest::stop,
                "IN_PROGRESS ECS deployment stopped: rolling back to deploymentId DEP.\n"
                    + "FAILED ECS deployment stopped: stopped by user.",
                "ROLLBACK_IN_PROGRESS Service deployment rolled back because of a user request."
                    + " Service deployment rolled back because of a user request."))
        .map(Arguments::of);
  }

  private static void broken(UpdateServiceRequest.Builder update) {
    update.taskDefinition("web:2");
    breaker(update, true);
  }

  private static void breaker(UpdateServiceRequest.Builder update, boolean rollback) {
    update.deploymentConfiguration(
        d -> d.deploymentCircuitBreaker(b -> b.enable(true).rollback(rollback)));
  }

  private String deployment = "";

  @ParameterizedTest(name = "{0}")
  @MethodSource("rows")
  void haveTheirReasons(Row row) {
    app.ecs.world.operations().register(alarm);
    app.ecs.image("app:2", Map.of("sim.exitAfter", "1"));
    app.create(app.request(app.register("1"), 1));
    app.pass(Duration.ofMinutes(6));
    app.register("2");
    app.update(row.change());
    deployment = app.service().currentServiceDeployment();
    row.after().accept(this);

    assertThat(app.service().deployments())
        .extracting(d ->
            d.rolloutState() + " " + d.rolloutStateReason().replaceAll("ecs-svc/[0-9]{19}", "DEP"))
        .containsExactly(row.rollouts().split("\n"));
    ServiceDeployment record = record();
    assertThat(
            record.status()
                + " "
                + record.statusReason()
                + " "
                + (record.rollback() == null ? null : record.rollback().reason()))
        .isEqualTo(row.record());
  }

  @Test
  void theReasonNamesTheDeploymentThatServesAgain() {
    app.ecs.image("app:2", Map.of("sim.exitAfter", "1"));
    app.create(app.request(app.register("1"), 1));
    app.pass(Duration.ofMinutes(6));
    String first = app.primary().id();
    app.register("2");
    app.update(RolloutTextsTest::broken);
    deployment = app.service().currentServiceDeployment();
    until("ROLLBACK_IN_PROGRESS");

    assertThat(app.primary().id()).isEqualTo(first);
    assertThat(app.primary().rolloutStateReason()).endsWith("deploymentId " + first + ".");
  }

  private void until(String status) {
    for (int i = 0; i < 900 && !record().statusAsString().equals(status); i++) {
      app.pass(Duration.ofSeconds(1));
    }
    assertThat(record().statusAsString()).isEqualTo(status);
  }

  private void stop() {
    app.pass(Duration.ofSeconds(30));
    app.ecs
        .world
        .operations()
        .invoke(StopServiceDeploymentRequest.builder().serviceDeploymentArn(deployment).build());
  }

  private ServiceDeployment record() {
    return app.ecs
        .call(
            DescribeServiceDeploymentsRequest.builder().serviceDeploymentArns(deployment).build(),
            DescribeServiceDeploymentsResponse.class)
        .serviceDeployments()
        .getFirst();
  }
}
