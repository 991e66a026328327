package dev.slipway.validation.diagnose;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.validation.Sample;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.ecs.model.DeploymentRolloutState;
import software.amazon.awssdk.services.ecs.model.ServiceDeploymentStatus;
import software.amazon.awssdk.services.ecs.model.TaskStopCode;

/** What comes first, what follows from it, and how a rollout ended. */
// The SDK's builders take generic varargs without @SafeVarargs.
@SuppressWarnings("unchecked")
class OutcomeDiagnosisTest extends Diagnosed {

  @Test
  void putsWhatKeepsTasksFromStartingBeforeWhatFailsOnceTheyRun() {
    sample.service(s -> s.desiredCount(0));
    unhealthy("Health checks failed with these codes: [404]");
    assertThat(ids()).startsWith("svc-desired-zero", "alb-health-path-404");
  }

  @Test
  void doesNotCallASymptomItsOwnConsequence() {
    unhealthy("Health checks failed with these codes: [503]");
    assertThat(first().id()).isEqualTo("alb-fail-open");
    assertThat(causes())
        .allSatisfy(c -> assertThat(c.evidence()).noneMatch(e -> e.startsWith("consequence: ")));
  }

  @Test
  void showsWhatTheRolledBackDeploymentSaysAndWhichTasksFailed() {
    sample.rolledBack();
    sample.serviceDeployments.replaceAll(d -> d.toBuilder().statusReason("too many fail").build());
    ended("gone1", TaskStopCode.TASK_FAILED_TO_START, "no such thing", Duration.ofSeconds(1));
    ended("scaled", TaskStopCode.SERVICE_SCHEDULER_INITIATED, "Scaling", Duration.ofSeconds(1));
    List<String> all = causes().stream().flatMap(c -> c.evidence().stream()).toList();
    assertThat(all)
        .contains("task gone1 stopped, TaskFailedToStart: no such thing")
        .noneMatch(e -> e.contains("scaled"));
    sample.tasks.removeIf(t -> t.stoppedReason() != null);
    assertThat(first().id()).isEqualTo("svc-silent-rollback");
    assertThat(first().evidence())
        .contains("service deployment ROLLBACK_SUCCESSFUL: too many fail");
  }

  @Test
  void readsARollbackFromTheDeploymentItselfWhenNothingElseMayBeRead() {
    sample.serviceDeployments.clear();
    sample.wanted = sample.wanted.withRevision("orders:2");
    sample.service(s ->
        s.deployments(
            Sample.deployment("ecs-svc/3", "PRIMARY", 1, DeploymentRolloutState.IN_PROGRESS)
                .toBuilder()
                .rolloutStateReason(
                    "ECS deployment circuit breaker: rolling back to deploymentId ecs-svc/1.")
                .build()));
    assertThat(ids()).containsExactly("svc-silent-rollback");
    assertThat(first().fix().cli()).endsWith(" SERVICE_DEPLOYMENT");
  }

  @Test
  void namesARolloutThatFailedAndWasNotRolledBack() {
    first(DeploymentRolloutState.FAILED);
    assertThat(ids()).containsExactly("svc-breaker-no-rollback");
    assertThat(first().explanation())
        .isEqualTo(
            "The rollout of orders:2 failed and was not rolled back; no further task is started.");
    assertThat(first().evidence()).containsExactly("ECS deployment ecs-svc/2 FAILED.");
  }

  /** The event names no alarm: which ones watch the rollout, the service says. */
  @ParameterizedTest
  @CsvSource({"orders-5xx,orders-5xx", ",ALARM"})
  void readsFromAnEventThatAnAlarmEndedTheRollout(String configured, String alarm) {
    sample.rolledBack().event("(deployment ecs-svc/2) deployment failed: alarm detected.");
    if (configured != null) {
      sample.service(s -> s.deploymentConfiguration(d -> d.alarms(a -> a.alarmNames(configured))));
    }
    assertThat(first().id()).isEqualTo("obs-alarm-ended-deployment");
    assertThat(first().resource()).isEqualTo(alarm);
  }

  @Test
  void blamesNoAlarmOfARolloutThatWasNotRolledBack() {
    sample.rollingOut().event("(deployment ecs-svc/1) deployment failed: alarm detected.");
    assertThat(ids()).doesNotContain("obs-alarm-ended-deployment");
  }

  @Test
  void showsTheAlarmsThatEcsSaysWereTriggered() {
    sample.rolledBack();
    sample.serviceDeployments.replaceAll(d ->
        d.toBuilder()
            .status(ServiceDeploymentStatus.ROLLBACK_SUCCESSFUL)
            .alarms(a -> a.triggeredAlarmNames("orders-5xx", "orders-slow"))
            .build());
    assertThat(first().evidence())
        .contains("triggered alarm orders-5xx", "triggered alarm orders-slow");
  }

  /** A newer deployment is on its way: what kept the wanted one from starting is still of it. */
  @Test
  void looksAtAllTasksOfARevisionWhoseDeploymentWasReplaced() {
    sample.wanted = sample.wanted.withRevision("orders:2");
    sample.service(s ->
        s.deployments(
            Sample.deployment("ecs-svc/9", "PRIMARY", 3, DeploymentRolloutState.IN_PROGRESS)));
    sample.failedStart("subnet-a", "CannotStartContainerError: exec: \"x\": not found in $PATH");
    assertThat(ids()).contains("td-command-not-found", "svc-deployment-superseded");
  }
}
