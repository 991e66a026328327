package dev.slipway.twin.ecs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ecs.model.ContainerRestartPolicy;
import software.amazon.awssdk.services.ecs.model.HealthStatus;
import software.amazon.awssdk.services.ecs.model.LaunchType;
import software.amazon.awssdk.services.ecs.model.RunTaskRequest;
import software.amazon.awssdk.services.ecs.model.RunTaskResponse;
import software.amazon.awssdk.services.ecs.model.StopTaskRequest;
import software.amazon.awssdk.services.ecs.model.Task;

class RestartPolicyTest {

  private final AppService app = AppService.fresh();

  private String run(Consumer<ContainerRestartPolicy.Builder> policy) {
    String definition =
        app.register(
            "1",
            c ->
                c.restartPolicy(p -> policy.accept(p.enabled(true)))
                    .healthCheck(h -> h.command("CMD", "check").interval(5).timeout(2).retries(1)));
    String arn =
        app.ecs
            .call(
                RunTaskRequest.builder()
                    .cluster("prod")
                    .taskDefinition(definition)
                    .launchType(LaunchType.FARGATE)
                    .networkConfiguration(n -> n.awsvpcConfiguration(v -> v.subnets("subnet-a")))
                    .build(),
                RunTaskResponse.class)
            .tasks()
            .getFirst()
            .taskArn();
    app.pass(Duration.ofMinutes(2));
    assertThat(task().lastStatus()).isEqualTo("RUNNING");
    return arn;
  }

  private Task task() {
    return app.tasks().getFirst();
  }

  private void crash(String arn, int code) {
    app.ecs.runtime.crash(arn, "app", code);
  }

  private String restarts(String arn) {
    return app.ecs.runtime.metadata(arn, "app", "").orElseThrow();
  }

  @Test
  void startsAnEssentialContainerAgainWithoutReplacingTheTask() {
    String arn = run(p -> p.restartAttemptPeriod(60));
    assertThat(task().healthStatus()).isEqualTo(HealthStatus.HEALTHY);
    app.pass(Duration.ofMinutes(1));
    crash(arn, 1);
    assertThat(task().healthStatus()).isEqualTo(HealthStatus.UNKNOWN);
    app.pass(Duration.ofMinutes(1));

    assertThat(app.ecs.runtime.running()).containsExactly(arn);
    assertThat(task().lastStatus()).isEqualTo("RUNNING");
    assertThat(task().containers().getFirst().lastStatus()).isEqualTo("RUNNING");
    assertThat(task().containers().getFirst().exitCode()).isNull();
    assertThat(task().healthStatus()).isEqualTo(HealthStatus.HEALTHY);
    assertThat(restarts(arn)).contains("\"RestartCount\":1");
  }

  @Test
  void leavesAContainerThatEndsBeforeItsPeriodIsOver() {
    String arn = run(p -> p.restartAttemptPeriod(180));
    crash(arn, 1);
    app.pass(Duration.ofMinutes(1));

    assertThat(task().stopCodeAsString()).isEqualTo("EssentialContainerExited");
    assertThat(task().containers().getFirst().exitCode()).isEqualTo(1);
  }

  @Test
  void restartsOnceInAPeriodAndUsuallyOfFiveMinutes() {
    String arn = run(p -> {});
    app.pass(Duration.ofMinutes(5));
    crash(arn, 1);
    app.pass(Duration.ofMinutes(4));
    assertThat(app.ecs.runtime.running()).containsExactly(arn);
    crash(arn, 1);
    app.pass(Duration.ofMinutes(1));

    assertThat(task().desiredStatus()).isEqualTo("STOPPED");
  }

  @Test
  void leavesAContainerThatEndsWithAnIgnoredCode() {
    String arn = run(p -> p.restartAttemptPeriod(60).ignoredExitCodes(0, 3));
    app.pass(Duration.ofMinutes(2));
    crash(arn, 3);
    app.pass(Duration.ofMinutes(1));
    assertThat(task().containers().getFirst().exitCode()).isEqualTo(3);
  }

  @Test
  void leavesAContainerOfATaskThatIsStopped() {
    String arn = run(p -> p.restartAttemptPeriod(60));
    app.pass(Duration.ofMinutes(2));
    app.ecs.world.operations().invoke(StopTaskRequest.builder().cluster("prod").task(arn).build());
    app.pass(Duration.ofMinutes(2));
    assertThat(app.ecs.runtime.running()).isEmpty();
  }

  @Test
  void isStoppedWhileItStartsAgain() {
    String arn = run(p -> p.restartAttemptPeriod(60));
    app.pass(Duration.ofMinutes(2));
    crash(arn, 1);
    app.ecs.world.operations().invoke(StopTaskRequest.builder().cluster("prod").task(arn).build());
    app.pass(Duration.ofMinutes(2));

    assertThat(task().lastStatus()).isEqualTo("STOPPED");
    assertThat(app.ecs.runtime.running()).isEmpty();
  }

  @Test
  void refusesAPeriodOutsideOfItsRange() {
    for (int period : new int[] {59, 1801}) {
      assertThatThrownBy(() ->
              app.register(
                  "1", c -> c.restartPolicy(p -> p.enabled(true).restartAttemptPeriod(period))))
          .hasMessageContaining("restartAttemptPeriod must be between 60 and 1800");
    }
  }

  @Test
  void aPolicyThatIsOffChangesNothing() {
    String arn = run(p -> p.enabled(false).restartAttemptPeriod(60));
    app.pass(Duration.ofMinutes(5));
    crash(arn, 1);
    app.pass(Duration.ofMinutes(1));

    assertThat(task().desiredStatus()).isEqualTo("STOPPED");
    assertThat(restarts(arn)).doesNotContain("RestartCount");
  }
}
