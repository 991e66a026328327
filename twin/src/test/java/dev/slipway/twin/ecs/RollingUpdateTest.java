package dev.slipway.twin.ecs;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ecs.model.DeploymentRolloutState;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.ecs.model.Task;

class RollingUpdateTest {

  @Test
  void firstDeploymentStartsRegistersCompletesAndIsSteady() {
    AppService app = AppService.steady(2);

    assertThat(app.story())
        .containsExactly(
            "has started 2 tasks: (task ID) (task ID).",
            "registered 2 targets in (target-group TG)",
            "(deployment DEP) deployment completed.",
            "has reached a steady state.");
    Service service = app.service();
    assertThat(service.runningCount()).isEqualTo(2);
    assertThat(service.deployments()).hasSize(1);
    assertThat(app.primary().rolloutState()).isEqualTo(DeploymentRolloutState.COMPLETED);
    assertThat(app.tasks())
        .extracting(Task::availabilityZone)
        .containsExactlyInAnyOrder("eu-west-1a", "eu-west-1b");
    assertThat(app.ecs.logLines).allMatch(l -> l.matches("/app web/app/[0-9a-f]{32} started"));
  }

  @Test
  void oneTaskIsReplacedInTheOrderOfEventsSeenOnAws() {
    AppService app = AppService.steady(1);
    app.ecs.image("app:2", Map.of());
    String second = app.register("2");
    String oldTask = app.tasks().getFirst().taskArn();
    int before = app.story().size();

    String id = app.update(u -> u.taskDefinition(second)).deployments().getFirst().id();
    assertThat(app.service().deployments()).hasSize(2);
    app.pass(Duration.ofMinutes(4));

    List<String> story = app.story();
    assertThat(story.subList(before, story.size()))
        .containsExactly(
            "has started 1 tasks: (task ID).",
            "registered 1 targets in (target-group TG)",
            "has stopped 1 running tasks: (task ID).",
            "deregistered 1 targets in (target-group TG)",
            "has begun draining connections on 1 tasks.",
            "(deployment DEP) deployment completed.",
            "has reached a steady state.");
    assertThat(app.primary().id()).isEqualTo(id);
    assertThat(app.service().taskDefinition()).isEqualTo(second);
    Task old = task(app, oldTask);
    assertThat(old.lastStatus()).isEqualTo("STOPPED");
    assertThat(old.stoppedReason())
        .startsWith("Scaling activity initiated by (deployment ecs-svc/");
    assertThat(old.containers().getFirst().exitCode()).isEqualTo(143);
    assertThat(Duration.between(old.stoppingAt(), old.stoppedAt()))
        .isBetween(Duration.ofSeconds(40), Duration.ofSeconds(70));
    assertThat(app.ecs.interfaces).hasSize(1);
  }

  @Test
  void neverHasFewerHealthyTasksThanTheMinimumOrMoreThanTheMaximum() {
    AppService app = AppService.fresh();
    app.create(
        app.request(app.register("1"), 4)
            .deploymentConfiguration(d -> d.minimumHealthyPercent(50).maximumPercent(125)));
    app.pass(Duration.ofMinutes(5));
    app.ecs.image("app:2", Map.of());
    String second = app.register("2");
    app.update(u -> u.taskDefinition(second));

    for (int i = 0; i < 600; i++) {
      app.pass(Duration.ofSeconds(1));
      Service service = app.service();
      assertThat(service.runningCount() + service.pendingCount()).isLessThanOrEqualTo(5);
      assertThat(service.runningCount()).isGreaterThanOrEqualTo(2);
    }
    assertThat(app.primary().rolloutState()).isEqualTo(DeploymentRolloutState.COMPLETED);
  }

  @Test
  void limitsThatLeaveNoRoomAreSaidOnce() {
    AppService app = AppService.fresh();
    app.create(
        app.request(app.register("1"), 3)
            .deploymentConfiguration(d -> d.minimumHealthyPercent(100).maximumPercent(125)));
    app.pass(Duration.ofMinutes(5));
    app.ecs.image("app:2", Map.of());
    app.update(u -> u.taskDefinition(app.register("2")));
    app.pass(Duration.ofMinutes(20));

    assertThat(app.story())
        .filteredOn(m -> m.startsWith("was unable to stop or start tasks during a deployment"))
        .hasSize(1);
    assertThat(app.service().deployments()).hasSize(2);
  }

  @Test
  void scalesInAndOutWithoutADeployment() {
    AppService app = AppService.steady(2);
    String deployment = app.primary().id();

    app.update(u -> u.desiredCount(4));
    app.pass(Duration.ofMinutes(3));
    assertThat(app.service().runningCount()).isEqualTo(4);

    app.update(u -> u.desiredCount(0));
    app.pass(Duration.ofMinutes(3));
    assertThat(app.service().runningCount()).isZero();
    assertThat(app.primary().id()).isEqualTo(deployment);
    assertThat(app.ecs.elb.targets(app.targetGroup)).isEmpty();
    assertThat(app.story()).last().isEqualTo("has reached a steady state.");
  }

  @Test
  void aTaskThatCrashesIsReplaced() {
    AppService app = AppService.steady(1);
    String arn = app.tasks().getFirst().taskArn();

    app.ecs.runtime.crash(arn, "app", 3);
    app.pass(Duration.ofMinutes(3));

    assertThat(task(app, arn).stoppedReason()).isEqualTo("Essential container in task exited");
    assertThat(task(app, arn).containers().getFirst().exitCode()).isEqualTo(3);
    assertThat(app.service().runningCount()).isEqualTo(1);
    assertThat(app.primary().rolloutState()).isEqualTo(DeploymentRolloutState.COMPLETED);
    assertThat(app.story()).last().isEqualTo("has reached a steady state.");
  }

  @Test
  void anUnhealthyTaskIsReplacedStartFirstAndToldWhenItStops() {
    AppService app = AppService.steady(1);
    int before = app.story().size();

    app.ecs.elb.fail("10.0.0.10");
    app.pass(Duration.ofMinutes(4));

    List<String> story = app.story();
    assertThat(story.subList(before, story.size()))
        .containsExactly(
            "has started 1 tasks: (task ID). Amazon ECS replaced 1 tasks due to an unhealthy status.",
            "registered 1 targets in (target-group TG)",
            "(task ID) (port 5000) is unhealthy in (target-group TG) due to (reason Health checks"
                + " failed with these codes: [503]).",
            "has stopped 1 running tasks: (task ID).",
            "deregistered 1 targets in (target-group TG)",
            "has begun draining connections on 1 tasks.",
            "has reached a steady state.");
  }

  private static Task task(AppService app, String arn) {
    return app.tasks().stream().filter(t -> t.taskArn().equals(arn)).findFirst().orElseThrow();
  }
}
