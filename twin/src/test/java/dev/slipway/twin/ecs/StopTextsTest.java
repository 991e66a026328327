package dev.slipway.twin.ecs;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.ecs.model.Container;
import software.amazon.awssdk.services.ecs.model.DeleteServiceRequest;
import software.amazon.awssdk.services.ecs.model.StopTaskRequest;
import software.amazon.awssdk.services.ecs.model.Task;

/** How tasks end: stop code, reason, and the exit code and reason of the container. */
class StopTextsTest {

  private static final String SCALED =
      "ServiceSchedulerInitiated | Scaling activity initiated by (deployment DEP) | 143 | null";

  private static Arguments row(String name, Consumer<AppService> deed, String end) {
    return Arguments.of(name, deed, end);
  }

  static Stream<Arguments> byThemselves() {
    return Stream.of(
        row(
            "the program ends",
            app -> crash(app, 0),
            "EssentialContainerExited | Essential container in task exited | 0 | null"),
        row(
            "the program fails",
            app -> crash(app, 1),
            "EssentialContainerExited | Essential container in task exited | 1 | null"),
        row(
            "the program passes its memory limit",
            app -> app.ecs.runtime.runOutOfMemory(first(app).taskArn(), "app"),
            "EssentialContainerExited | Essential container in task exited | 137 | OutOfMemoryError:"
                + " Container killed due to memory usage"),
        row(
            "there is no public address left",
            app -> {
              app.ecs.interfaceError = "InsufficientFreeAddressesInSubnet";
              app.update(u ->
                  u.networkConfiguration(n ->
                      n.awsvpcConfiguration(v -> v.subnets("subnet-a").assignPublicIp("ENABLED"))));
            },
            "TaskFailedToStart | Unexpected EC2 error while attempting to Create Network Interface"
                + " with public IP assignment enabled in subnet 'subnet-a':"
                + " InsufficientFreeAddressesInSubnet | null | null"));
  }

  static Stream<Arguments> byPeople() {
    return Stream.of(
        row(
            "stopped without a reason",
            app -> stop(app, null),
            "UserInitiated | Task stopped by user | 143 | null"),
        row(
            "stopped for a reason",
            app -> stop(app, "to see what happens"),
            "UserInitiated | to see what happens | 143 | null"));
  }

  static Stream<Arguments> byTheScheduler() {
    return Stream.of(
        row("scaled in", app -> app.update(u -> u.desiredCount(0)), SCALED),
        row("replaced by a deployment", app -> app.update(u -> u.forceNewDeployment(true)), SCALED),
        row(
            "the service is deleted",
            app ->
                app.ecs
                    .world
                    .operations()
                    .invoke(
                        DeleteServiceRequest.builder()
                            .cluster("prod")
                            .service("web")
                            .force(true)
                            .build()),
            SCALED),
        row(
            "the target is unhealthy",
            app -> app.ecs.elb.fail(app.ecs.elb.targets(app.targetGroup).getFirst()),
            "ServiceSchedulerInitiated | Task failed ELB health checks in (target-group TG) | 143 |"
                + " null"),
        row(
            "the container is unhealthy",
            app -> {
              app.ecs.image("app:2", Map.of("sim.check", "1"));
              app.update(u ->
                  u.taskDefinition(
                      app.register(
                          "2", c -> c.healthCheck(h -> h.command("CMD", "no").interval(10)))));
            },
            "ServiceSchedulerInitiated | Task failed container health checks | 143 | null"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource({"byThemselves", "byPeople", "byTheScheduler"})
  void isToldInTheTask(String name, Consumer<AppService> deed, String end) {
    AppService app = AppService.fresh();
    app.create(app.request(app.register("1"), 1));
    app.pass(Duration.ofMinutes(5));
    deed.accept(app);
    app.pass(Duration.ofMinutes(6));

    assertThat(app.tasks())
        .filteredOn(t -> "STOPPED".equals(t.lastStatus()))
        .first()
        .extracting(task -> end(app, task))
        .isEqualTo(end);
  }

  private static String end(AppService app, Task task) {
    Container container = task.containers().getFirst();
    String reason =
        task.stoppedReason().replaceAll("ecs-svc/[0-9]{19}", "DEP").replace(app.targetGroup, "TG");
    return task.stopCodeAsString()
        + " | "
        + reason
        + " | "
        + container.exitCode()
        + " | "
        + container.reason();
  }

  private static Task first(AppService app) {
    return app.tasks().getFirst();
  }

  private static void crash(AppService app, int exitCode) {
    app.ecs.runtime.crash(first(app).taskArn(), "app", exitCode);
  }

  private static void stop(AppService app, String reason) {
    app.ecs
        .world
        .operations()
        .invoke(
            StopTaskRequest.builder()
                .cluster("prod")
                .task(first(app).taskArn())
                .reason(reason)
                .build());
  }
}
