package dev.slipway.twin.ecs;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.ecs.model.Deployment;
import software.amazon.awssdk.services.ecs.model.DeploymentCircuitBreaker;
import software.amazon.awssdk.services.ecs.model.DeploymentRolloutState;
import software.amazon.awssdk.services.ecs.model.DescribeServiceDeploymentsRequest;
import software.amazon.awssdk.services.ecs.model.DescribeServiceDeploymentsResponse;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.ecs.model.ServiceDeployment;
import software.amazon.awssdk.services.ecs.model.ServiceDeploymentRollbackMonitorsStatus;
import software.amazon.awssdk.services.ecs.model.ServiceDeploymentStatus;

class CircuitBreakerTest {

  @ParameterizedTest
  @CsvSource({"0,3", "1,3", "6,3", "7,4", "25,13", "400,200", "800,200"})
  void tripsAtHalfTheDesiredCountWithinItsBounds(int desired, int threshold) {
    CircuitBreaker breaker =
        CircuitBreaker.of(DeploymentCircuitBreaker.builder().enable(true).build());

    assertThat(breaker.threshold(desired)).isEqualTo(threshold);
    assertThat(breaker.trips(threshold - 1, desired)).isFalse();
    assertThat(breaker.trips(threshold, desired)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"4,50,2", "2,75,2", "3,100,3", "0,100,0", "1,0,0", "10,33,4"})
  void theLowerLimitIsRoundedUp(int desired, int percent, int lower) {
    assertThat(DeploymentSizes.minimumHealthy(desired, percent)).isEqualTo(lower);
  }

  @ParameterizedTest
  @CsvSource({"3,125,3", "1,200,2", "4,125,5", "0,200,0", "10,150,15"})
  void theUpperLimitIsRoundedDown(int desired, int percent, int upper) {
    assertThat(DeploymentSizes.maximum(desired, percent)).isEqualTo(upper);
  }

  @ParameterizedTest
  @CsvSource({"1,0", "2,0", "3,60", "4,120", "6,480", "7,900", "100,900"})
  void startsAreThrottledUpToFifteenMinutes(int failures, long seconds) {
    assertThat(StartThrottle.after(failures)).hasSeconds(seconds);
  }

  @Test
  void rollsBackInSilenceWhenTheNewImageCannotBePulled() {
    AppService app = AppService.steady(1);
    String first = app.service().taskDefinition();
    String firstId = app.primary().id();
    int before = app.story().size();

    Service updated = app.update(u -> u.taskDefinition(app.register("absent")));
    String failedDeployment = updated.currentServiceDeployment();
    app.pass(Duration.ofMinutes(10));

    String reason =
        "was unable to place a task. Reason: CannotPullContainerError: pull image manifest has"
            + " been retried 7 time(s): failed to resolve ref 127.0.0.1:4567/app:absent: not"
            + " found.";
    List<String> story = app.story();
    assertThat(story.subList(before, story.size()))
        .containsSubsequence(
            "has started 1 tasks: (task ID).",
            reason,
            "has started 1 tasks: (task ID).",
            "has started 1 tasks: (task ID).",
            "(deployment DEP) deployment failed: tasks failed to start.",
            "rolling back to deployment DEP.",
            "(deployment DEP) deployment completed.",
            "has reached a steady state.")
        .containsOnlyOnce(reason);
    assertThat(app.service().deployments())
        .singleElement()
        .returns(firstId, Deployment::id)
        .returns(first, Deployment::taskDefinition)
        .returns(DeploymentRolloutState.COMPLETED, Deployment::rolloutState);
    assertThat(app.service().taskDefinition()).isEqualTo(first);
    ServiceDeployment record = deployment(app, failedDeployment);
    assertThat(record.status()).isEqualTo(ServiceDeploymentStatus.ROLLBACK_SUCCESSFUL);
    assertThat(record.statusReason())
        .isEqualTo(
            "Service deployment rolled back because the circuit breaker threshold was exceeded.");
    assertThat(record.deploymentCircuitBreaker().status())
        .isEqualTo(ServiceDeploymentRollbackMonitorsStatus.TRIGGERED);
  }

  @Test
  void rollsBackWhenNewTasksFailTheirHealthChecks() {
    AppService app = AppService.steady(2);
    String first = app.service().taskDefinition();
    app.ecs.image("app:2", Map.of());
    app.ecs.elb.failNewTargets(true);
    app.update(u -> u.taskDefinition(app.register("2")));
    app.pass(Duration.ofMinutes(15));

    assertThat(app.story())
        .contains("(deployment DEP) deployment failed: tasks failed to start.")
        .last()
        .isEqualTo("has reached a steady state.");
    assertThat(app.service().taskDefinition()).isEqualTo(first);
    assertThat(app.service().runningCount()).isEqualTo(2);
    assertThat(app.tasks())
        .filteredOn(t -> t.stoppedReason() != null)
        .extracting(t -> t.stoppedReason())
        .contains("Task failed ELB health checks in (target-group " + app.targetGroup + ")");
  }

  @Test
  void rollsBackWhenNewTasksCrashAtOnce() {
    AppService app = AppService.steady(1);
    app.ecs.image("app:2", Map.of("sim.exitAfter", "2"));
    app.update(u -> u.taskDefinition(app.register("2")));
    app.pass(Duration.ofMinutes(10));

    assertThat(app.story()).contains("rolling back to deployment DEP.");
    assertThat(app.primary().rolloutState()).isEqualTo(DeploymentRolloutState.COMPLETED);
  }

  @Test
  void theFirstDeploymentHasNoWayBack() {
    AppService app = AppService.fresh();
    app.create(
        app.request(app.register("absent"), 1)
            .deploymentConfiguration(
                d -> d.deploymentCircuitBreaker(b -> b.enable(true).rollback(true))));
    app.pass(Duration.ofMinutes(30));

    assertThat(app.primary().rolloutState()).isEqualTo(DeploymentRolloutState.FAILED);
    assertThat(app.primary().rolloutStateReason())
        .isEqualTo("ECS deployment circuit breaker: tasks failed to start.");
    assertThat(app.primary().failedTasks()).isEqualTo(3);
    ServiceDeployment record = deployment(app, app.service().currentServiceDeployment());
    assertThat(record.status()).isEqualTo(ServiceDeploymentStatus.ROLLBACK_FAILED);
    assertThat(record.statusReason())
        .isEqualTo("No rollback candidate was found to run the rollback.");
    assertThat(app.tasks()).hasSize(3);
  }

  @Test
  void withoutRollbackTheOldTasksStayAndNothingStarts() {
    AppService app = AppService.steady(1);
    app.ecs.image(
        "app:2", Map.of("sim.refuse", "exec: \"run\": executable file not found in $PATH"));
    app.update(u ->
        u.taskDefinition(app.register("2"))
            .deploymentConfiguration(
                d -> d.deploymentCircuitBreaker(b -> b.enable(true).rollback(false))));
    app.pass(Duration.ofMinutes(30));

    assertThat(app.service().deployments())
        .extracting(d -> d.status() + " " + d.rolloutState())
        .containsExactly("PRIMARY FAILED", "ACTIVE COMPLETED");
    assertThat(deployment(app, app.service().currentServiceDeployment()).status())
        .isEqualTo(ServiceDeploymentStatus.STOPPED);
    assertThat(app.service().runningCount()).isEqualTo(1);
  }

  @Test
  void withoutTheBreakerStartsAreThrottledForEver() {
    AppService app = AppService.fresh();
    app.create(app.request(app.register("absent"), 1));
    app.pass(Duration.ofMinutes(55));

    assertThat(app.story()).contains("is unable to consistently start tasks successfully.");
    assertThat(app.primary().rolloutState()).isEqualTo(DeploymentRolloutState.IN_PROGRESS);
    assertThat(app.tasks()).hasSizeBetween(5, 9);
  }

  private static ServiceDeployment deployment(AppService app, String arn) {
    return app.ecs
        .call(
            DescribeServiceDeploymentsRequest.builder().serviceDeploymentArns(arn).build(),
            DescribeServiceDeploymentsResponse.class)
        .serviceDeployments()
        .getFirst();
  }
}
