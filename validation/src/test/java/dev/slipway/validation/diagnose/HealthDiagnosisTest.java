package dev.slipway.validation.diagnose;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.validation.Sample;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.ecs.model.DeploymentRolloutState;
import software.amazon.awssdk.services.ecs.model.ServiceDeploymentStatus;
import software.amazon.awssdk.services.ecs.model.Task;
import software.amazon.awssdk.services.ecs.model.TaskStopCode;

/** Tasks that ended by themselves, or were ended for what a health check said. */
// The SDK's builders take generic varargs without @SafeVarargs.
@SuppressWarnings("unchecked")
class HealthDiagnosisTest extends Diagnosed {

  private static final String EXITED = "Essential container in task exited";
  private static final String ELB = "Task failed ELB health checks in (target-group x)";

  private Task exited(String id, int seconds) {
    return ended(id, TaskStopCode.ESSENTIAL_CONTAINER_EXITED, EXITED, Duration.ofSeconds(seconds));
  }

  private void replaced(int times, String reason, Duration lived) {
    for (int i = 0; i < times; i++) {
      ended("gone" + i, TaskStopCode.SERVICE_SCHEDULER_INITIATED, reason, lived);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "IN_PROGRESS,3,app-exits-at-start",
    "IN_PROGRESS,29,app-exits-at-start",
    "IN_PROGRESS,30,svc-flapping-tasks",
    "IN_PROGRESS,45,svc-flapping-tasks",
    "COMPLETED,3,svc-flapping-tasks",
    "COMPLETED,119,svc-flapping-tasks",
    "COMPLETED,120,app-crashes-after-steady",
    "COMPLETED,300,app-crashes-after-steady",
  })
  void tellsByItsLifeWhatKindOfEndATaskMet(DeploymentRolloutState state, int seconds, String id) {
    first(state);
    sample.answers(200, 4, "");
    exited("gone1", seconds);
    exited("gone2", seconds);
    assertThat(ids()).containsExactly(id);
    assertThat(first().decisive()).isTrue();
  }

  @Test
  void saysHowLongATaskLivedAndWhatItsCodeMeans() {
    first(DeploymentRolloutState.IN_PROGRESS);
    sample.tasks.set(
        0, exited("gone1", 4).toBuilder().containers(c -> c.name("app").exitCode(139)).build());
    assertThat(first().explanation())
        .isEqualTo(
            "Container app of orders:2 ended by itself with exit code 139, 4 s after its start, 1"
                + " time. It crashed with a segmentation fault.");
    assertThat(first().fix().cli())
        .isEqualTo(
            "aws ecs describe-tasks --cluster staging --tasks gone1\n"
                + "aws logs get-log-events --log-group-name /ecs/orders --log-stream-name"
                + " app/app/gone1");
  }

  @Test
  void blamesTheSideContainerThatEndedAndNotTheOneThatWasStopped() {
    first(DeploymentRolloutState.IN_PROGRESS);
    sample.tasks.set(
        0,
        exited("gone1", 4).toBuilder()
            .containers(c -> c.name("app").exitCode(143), c -> c.name("proxy").exitCode(2))
            .build());
    assertThat(first().explanation()).startsWith("Container proxy of orders:2 ended by itself");
  }

  @Test
  void namesTheExitsThatALaterRollbackFollowed() {
    sample.rolledBack();
    exited("gone1", 2);
    exited("gone2", 2);
    network.logTails.put(
        sample.tasks.getFirst().taskArn(), List.of("missing variable DATABASE_URL"));
    assertThat(ids()).containsExactly("app-exits-at-start");
    assertThat(first().evidence())
        .contains(
            "log: missing variable DATABASE_URL",
            "consequence: The rollout of orders:2 failed and was rolled back; service orders runs"
                + " orders:1 again.");
  }

  @Test
  void namesAGracePeriodThatIsTooShort() {
    first(DeploymentRolloutState.IN_PROGRESS);
    sample.service(s -> s.healthCheckGracePeriodSeconds(10));
    unhealthy("Health checks failed");
    replaced(3, ELB, Duration.ofSeconds(40));
    assertThat(ids()).containsExactly("app-slow-start-grace-short");
    assertThat(first().explanation())
        .isEqualTo(
            "Tasks of orders:2 are stopped 40 s after their start because nothing accepts connections"
                + " on port 5000 yet; the health check grace period is 10 s.");
    assertThat(first().fix().terraform()).isEqualTo("health_check_grace_period_seconds = 90");
    assertThat(first().decisive()).isTrue();
  }

  @Test
  void waitsWhileOnlyOneSlowTaskWasReplaced() {
    first(DeploymentRolloutState.IN_PROGRESS);
    unhealthy("Health checks failed");
    replaced(1, ELB, Duration.ofSeconds(40));
    assertThat(causes()).noneMatch(Cause::decisive);
  }

  @Test
  void saysThatTheApplicationCallsItselfUnwell() {
    first(DeploymentRolloutState.IN_PROGRESS);
    unhealthy("Health checks failed with these codes: [503]");
    replaced(3, ELB, Duration.ofSeconds(60));
    assertThat(ids()).containsExactly("app-health-check-fails");
    assertThat(first().decisive()).isTrue();
  }

  @Test
  void saysThatTheApplicationDoesNotAnswerThoughTheNetworkIsOpen() {
    first(DeploymentRolloutState.IN_PROGRESS);
    unhealthy("Request timed out");
    replaced(3, ELB, Duration.ofSeconds(60));
    assertThat(ids()).containsExactly("app-does-not-answer");
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 421})
  void namesAnApplicationThatRefusesTheHealthChecksHost(int code) {
    first(DeploymentRolloutState.IN_PROGRESS);
    unhealthy("Health checks failed with these codes: [" + code + "]");
    assertThat(ids()).containsExactly("app-health-rejects-host");
    assertThat(first().resource()).isEqualTo(Sample.TASK_DEFINITION);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Health checks failed", "Request timed out"})
  void namesAHealthCheckThatAsksAPortOfWhichNobodyKnows(String reason) {
    first(DeploymentRolloutState.COMPLETED);
    sample.healthCheckPort = "9";
    unhealthy(reason);
    assertThat(first().id()).isEqualTo("alb-health-port-closed");
    assertThat(first().resource()).isEqualTo(Sample.TARGET_GROUP);
    assertThat(first().explanation())
        .isEqualTo(
            "The health check of target group orders asks port 9, which no container of orders:2"
                + " declares; the service is on port 5000.");
  }

  /** Harmless: the port of the service, by its number or not, and a port that does answer. */
  @ParameterizedTest
  @CsvSource({
    "5000,Health checks failed",
    "traffic-port,Health checks failed",
    "9,Health checks failed with these codes: [503]",
  })
  void blamesNoPortThatTheHealthCheckMayAsk(String port, String reason) {
    first(DeploymentRolloutState.COMPLETED);
    sample.healthCheckPort = port;
    unhealthy(reason);
    assertThat(ids()).doesNotContain("alb-health-port-closed");
  }

  private void told(String name, String value) {
    first(DeploymentRolloutState.IN_PROGRESS);
    definition(d ->
        d.containerDefinitions(
            d.build().containerDefinitions().getFirst().toBuilder()
                .environment(e -> e.name(name).value(value))
                .build()));
    unhealthy("Health checks failed");
    replaced(3, ELB, Duration.ofSeconds(60));
  }

  @Test
  void namesThePortThatTheDefinitionTellsASilentProgram() {
    told("PORT", "5001");
    assertThat(ids()).containsExactly("td-app-port-mismatch");
    assertThat(first().explanation())
        .isEqualTo(
            "Nothing in app accepts connections on port 5000, and orders:2 tells it to listen on 5001"
                + " with PORT.");
  }

  /** Harmless: the right port, another thing's port, and what is no number. */
  @ParameterizedTest
  @CsvSource({"PORT,5000", "DB_PORT,5432", "PORT,http"})
  void makesNothingOfAVariableThatMayBeRight(String name, String value) {
    told(name, value);
    assertThat(ids()).containsExactly("app-slow-start-grace-short");
  }

  private void containerCheck() {
    definition(d ->
        d.containerDefinitions(
            d.build().containerDefinitions().getFirst().toBuilder()
                .healthCheck(h -> h.command("CMD-SHELL", "curl -f http://localhost:5000/"))
                .build()));
  }

  @Test
  void namesAContainerCheckThatFailsWhileTheLoadBalancersDoesNot() {
    containerCheck();
    first(DeploymentRolloutState.IN_PROGRESS);
    replaced(3, "Task failed container health checks", Duration.ofSeconds(90));
    assertThat(ids()).containsExactly("td-healthcheck-binary-missing");
    assertThat(first().explanation())
        .isEqualTo(
            "The health check \"CMD-SHELL curl -f http://localhost:5000/\" in container app of"
                + " orders:2 fails, while the load balancer's own check does not: the command is"
                + " wrong, or the image lacks it.");
  }

  @Test
  void blamesTheApplicationWhenBothChecksFail() {
    containerCheck();
    first(DeploymentRolloutState.IN_PROGRESS);
    unhealthy("Health checks failed with these codes: [503]");
    replaced(3, "Task failed container health checks", Duration.ofSeconds(90));
    assertThat(ids()).containsExactly("app-health-check-fails");
  }

  @Test
  void namesAContainerCheckWithoutALoadBalancer() {
    containerCheck();
    first(DeploymentRolloutState.IN_PROGRESS);
    sample.service(s -> s.loadBalancers(List.of()));
    replaced(3, "Task failed container health checks", Duration.ofSeconds(90));
    assertThat(ids()).containsExactly("app-container-check-fails");
  }

  @Test
  void namesTheAlarmThatEndedTheRollout() {
    sample.rolledBack();
    sample.serviceDeployments.set(
        0,
        sample.serviceDeployments.getFirst().toBuilder()
            .status(ServiceDeploymentStatus.ROLLBACK_SUCCESSFUL)
            .alarms(a -> a.triggeredAlarmNames("orders-5xx"))
            .build());
    assertThat(ids()).containsExactly("obs-alarm-ended-deployment");
    assertThat(first().resource()).isEqualTo("orders-5xx");
    assertThat(first().explanation())
        .isEqualTo("Alarm orders-5xx fired during the rollout of orders:2, so ECS gave it up.");
  }

  /** Harmless: scaling, spot, a person, a newer deployment. */
  @ParameterizedTest
  @CsvSource({
    "ServiceSchedulerInitiated,Scaling activity initiated by (deployment ecs-svc/2)",
    "SpotInterruption,Your Spot Task was interrupted.",
    "UserInitiated,Task stopped by user",
  })
  void blamesNobodyForWhatWasOrdered(String code, String reason) {
    for (int i = 0; i < 4; i++) {
      ended("gone" + i, TaskStopCode.fromValue(code), reason, Duration.ofSeconds(30));
    }
    assertThat(causes()).isEmpty();
  }
}
