package dev.slipway.twin.ecs;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ecs.model.DeleteServiceRequest;
import software.amazon.awssdk.services.ecs.model.ServiceDeploymentStatus;
import software.amazon.awssdk.services.ecs.model.ServiceEvent;
import software.amazon.awssdk.services.ecs.model.StopTaskRequest;

/** How soon the scheduler follows what happens, and what it must not miss meanwhile. */
class PaceTest {

  @Test
  void aTaskThatIsStoppedWhileItsContainersStartLeavesNothingRunning() {
    AppService app = AppService.steady(1);
    app.ecs.image("app:2", Map.of());
    app.update(u -> u.taskDefinition(app.register("2")));
    TaskRow starting = awaitStarting(app);

    app.ecs.world.operations().invoke(stop(starting.arn()));
    app.pass(Duration.ofMinutes(1));

    assertThat(new EcsState(app.ecs.world).tasks().find(starting.arn()).orElseThrow())
        .matches(row -> row.status("STOPPED"));
    assertThat(app.ecs.runtime.running()).doesNotContain(starting.arn());
  }

  @Test
  void aTaskThatIsStoppedWhileItCannotStartEnds() {
    AppService app = AppService.steady(1);
    app.ecs.image("app:2", Map.of("sim.refuse", "no such file"));
    app.update(u -> u.taskDefinition(app.register("2")));
    TaskRow starting = awaitStarting(app);

    app.ecs.world.operations().invoke(stop(starting.arn()));
    app.pass(Duration.ofMinutes(1));

    assertThat(new EcsState(app.ecs.world).tasks().find(starting.arn()).orElseThrow())
        .matches(row -> row.status("STOPPED"));
  }

  @Test
  void aStoppedTaskIsReplacedOneTickAfterItIsDeregistered() {
    AppService app = AppService.steady(1);
    Instant stopped = app.ecs.clock.instant();

    app.ecs.world.operations().invoke(stop(app.tasks().getFirst().taskArn()));
    app.pass(Duration.ofMinutes(1));

    Instant deregistered = lastEvent(app, " deregistered 1 targets").createdAt();
    Instant started = lastEvent(app, " has started 1 tasks").createdAt();
    assertThat(Duration.between(deregistered, started))
        .isBetween(Duration.ofSeconds(9), Duration.ofSeconds(11));
    assertThat(Duration.between(stopped, started)).isGreaterThan(Duration.ofSeconds(9));
  }

  @Test
  void anUnhealthyTargetIsReplacedWhenItHasBeenSoForHalfAMinute() {
    AppService app = AppService.steady(1);
    Instant sick = app.ecs.clock.instant();

    app.ecs.elb.fail("10.0.0.10");
    app.pass(Duration.ofMinutes(2));

    Instant started = lastEvent(app, " has started 1 tasks").createdAt();
    assertThat(Duration.between(sick, started))
        .isBetween(Duration.ofSeconds(25), Duration.ofSeconds(42));
  }

  @Test
  void aDeletedServiceLeavesNoDeploymentInProgress() {
    AppService app = AppService.steady(1);
    app.ecs.image("app:2", Map.of());
    app.update(u -> u.taskDefinition(app.register("2")));

    app.update(u -> u.desiredCount(0));
    app.ecs
        .world
        .operations()
        .invoke(DeleteServiceRequest.builder().cluster("prod").service("web").build());

    assertThat(new EcsState(app.ecs.world).serviceDeployments().all())
        .extracting(d -> d.status())
        .doesNotContain(ServiceDeploymentStatus.IN_PROGRESS)
        .contains(ServiceDeploymentStatus.STOPPED);
  }

  private static TaskRow awaitStarting(AppService app) {
    EcsState state = new EcsState(app.ecs.world);
    for (int i = 0; i < 600; i++) {
      app.pass(Duration.ofMillis(100));
      for (TaskRow row : state.tasks().all()) {
        if (row.step() == Step.STARTING) {
          return row;
        }
      }
    }
    throw new AssertionError("no task has started within a minute");
  }

  private static StopTaskRequest stop(String arn) {
    return StopTaskRequest.builder().cluster("prod").task(arn).build();
  }

  private static ServiceEvent lastEvent(AppService app, String part) {
    return app.service().events().stream()
        .filter(e -> e.message().contains(part))
        .findFirst()
        .orElseThrow();
  }
}
