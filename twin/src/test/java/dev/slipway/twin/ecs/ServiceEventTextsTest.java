package dev.slipway.twin.ecs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.twin.world.FargateCapacity;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.services.cloudwatch.model.StateValue;
import software.amazon.awssdk.services.ecs.model.CreateServiceRequest;
import software.amazon.awssdk.services.ecs.model.StopServiceDeploymentRequest;
import software.amazon.awssdk.services.ecs.model.Task;
import software.amazon.awssdk.services.ecs.model.UpdateTaskProtectionRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DeregisterTargetsRequest;

/** Every text of a service event, each brought about by what people do and what breaks. */
class ServiceEventTextsTest {

  private static final Duration WHILE = Duration.ofMinutes(6);

  private static Arguments row(String name, Consumer<AppService> deed, String... texts) {
    return Arguments.of(name, deed, List.of(texts));
  }

  static Stream<Arguments> lives() {
    return Stream.of(
        row(
            "a service begins",
            app -> begin(app, 1),
            "has started 1 tasks: (task ID).",
            "registered 1 targets in (target-group TG)",
            "(deployment DEP) deployment completed.",
            "has reached a steady state."),
        row(
            "a service begins with two tasks",
            app -> begin(app, 2),
            "has started 2 tasks: (task ID) (task ID).",
            "registered 2 targets in (target-group TG)"),
        row(
            "a service is scaled in",
            app -> {
              begin(app, 2);
              app.update(u -> u.desiredCount(0));
              app.pass(WHILE);
            },
            "has stopped 2 running tasks: (task ID) (task ID).",
            "deregistered 2 targets in (target-group TG)",
            "has begun draining connections on 2 tasks.",
            "has reached a steady state."),
        row(
            "a service is scaled in while its task starts",
            app -> {
              app.create(app.request(app.register("1"), 1));
              while (app.tasks().isEmpty()) {
                app.pass(Duration.ofSeconds(1));
              }
              app.update(u -> u.desiredCount(0));
              app.pass(WHILE);
            },
            "stopped 1 pending tasks."),
        row(
            "a deployment has no room",
            app -> {
              app.create(
                  app.request(app.register("1"), 3)
                      .deploymentConfiguration(d -> d.maximumPercent(125)));
              app.pass(WHILE);
              app.update(u -> u.forceNewDeployment(true));
              app.pass(WHILE);
            },
            "was unable to stop or start tasks during a deployment because of the service deployment"
                + " configuration. Update the minimumHealthyPercent or maximumPercent value and try"
                + " again."),
        row(
            "protected tasks are not scaled in",
            app -> {
              begin(app, 3);
              call(
                  app,
                  UpdateTaskProtectionRequest.builder()
                      .cluster("prod")
                      .tasks(app.tasks().stream().map(Task::taskArn).toList())
                      .protectionEnabled(true)
                      .build());
              app.update(u -> u.desiredCount(2));
              app.pass(WHILE);
            },
            "was unable to reach steady state because (taskSet DEP) was unable to scale in due to"
                + " (reason 1 tasks under protection)"));
  }

  static Stream<Arguments> healthChecks() {
    return Stream.of(
        unhealthy("Health checks failed with these codes: [503]"),
        unhealthy("Request timed out"),
        unhealthy("Health checks failed"),
        unhealthy("Target is in an Availability Zone that is not enabled for the load balancer"),
        row(
            "a container fails its check",
            app -> {
              app.ecs.image("app:1", Map.of("sim.check", "1"));
              app.create(
                  app.request(
                          app.register(
                              "1", c -> c.healthCheck(h -> h.command("CMD", "no").interval(10))),
                          1)
                      .loadBalancers(List.of()));
              app.pass(WHILE);
            },
            "(task ID) failed container health checks."),
        row(
            "a target is taken out by hand",
            app -> {
              begin(app, 1);
              call(
                  app,
                  DeregisterTargetsRequest.builder()
                      .targetGroupArn(app.targetGroup)
                      .targets(t -> t.id(address(app)).port(5000))
                      .build());
              app.pass(WHILE);
            },
            "task set (DEP) (task ID) is not healthy in target-group (TG) due to TARGET IS NOT"
                + " FOUND."),
        row(
            "the target group is deleted",
            app -> {
              begin(app, 1);
              // The event is written when the task is stopped, so it must not wait for another.
              app.update(u ->
                  u.deploymentConfiguration(d -> d.minimumHealthyPercent(0).maximumPercent(100)));
              app.ecs.elb.delete(app.targetGroup);
              app.pass(WHILE);
            },
            "task set (DEP) (task ID) is not healthy in target-group (TG) due to TARGET GROUP IS NOT"
                + " FOUND."),
        row(
            "the target group is deleted before there are targets",
            app -> {
              app.create(app.request(app.register("1"), 1));
              app.ecs.elb.delete(app.targetGroup);
              app.pass(WHILE);
            },
            "failed to register targets in (target-group TG) with (error One or more target groups"
                + " not found)"));
  }

  private static Arguments unhealthy(String reason) {
    return row(
        "a target is unhealthy: " + reason,
        app -> {
          begin(app, 1);
          app.ecs.elb.fail(address(app), reason);
          app.pass(WHILE);
        },
        "has started 1 tasks: (task ID). Amazon ECS replaced 1 tasks due to an unhealthy status.",
        "(task ID) (port 5000) is unhealthy in (target-group TG) due to (reason " + reason + ").");
  }

  static Stream<Arguments> starts() {
    return Stream.of(
        row(
            "no room on Fargate",
            app -> {
              FargateCapacity.take(app.ecs.world, FargateCapacity.EVERYWHERE);
              begin(app, 1);
            },
            "was unable to place a task. Reason: Capacity is unavailable at this time. Please try"
                + " again later or in a different availability zone."),
        row(
            "a role that cannot be assumed",
            app -> {
              app.ecs.unassumable.add("arn:aws:iam::123456789012:role/execution");
              begin(app, 1);
            },
            "failed to launch a task with (error ECS was unable to assume the role"
                + " 'arn:aws:iam::123456789012:role/execution' that was provided for this task."
                + " Please verify that the role being passed has the proper trust relationship and"
                + " permissions and that your IAM user has permissions to pass this role.)."),
        row(
            "no start succeeds",
            app -> {
              app.create(app.request(app.register("absent"), 1));
              app.pass(Duration.ofMinutes(20));
            },
            "is unable to consistently start tasks successfully."));
  }

  static Stream<Arguments> rollouts() {
    return Stream.of(
        row(
            "the breaker trips",
            app -> {
              begin(app, 1);
              app.update(u ->
                  u.taskDefinition(app.register("absent"))
                      .deploymentConfiguration(
                          d -> d.deploymentCircuitBreaker(b -> b.enable(true).rollback(true))));
              app.pass(Duration.ofMinutes(15));
            },
            "(deployment DEP) deployment failed: tasks failed to start.",
            "rolling back to deployment DEP."),
        row(
            "an alarm rings",
            app -> {
              DeploymentAlarmsTest.OneAlarm alarm = new DeploymentAlarmsTest.OneAlarm();
              app.ecs.world.operations().register(alarm);
              begin(app, 1);
              app.update(u ->
                  u.forceNewDeployment(true)
                      .deploymentConfiguration(
                          d -> d.alarms(a -> a.enable(true).rollback(true).alarmNames("5xx"))));
              app.pass(Duration.ofMinutes(1));
              alarm.set(StateValue.ALARM);
              app.pass(WHILE);
            },
            "(deployment DEP) deployment failed: alarm detected.",
            "rolling back to deployment DEP."),
        row(
            "a deployment is stopped",
            app -> {
              begin(app, 1);
              app.update(u -> u.forceNewDeployment(true));
              call(
                  app,
                  StopServiceDeploymentRequest.builder()
                      .serviceDeploymentArn(app.service().currentServiceDeployment())
                      .build());
            },
            "rolling back to deployment DEP."));
  }

  static Stream<Arguments> zones() {
    return Stream.of(
        row(
            "a zone has no room",
            ServiceEventTextsTest::skew,
            "is not AZ balanced with 0 tasks in eu-west-1a, 2 tasks in eu-west-1b. AZ Rebalancing in"
                + " progress.",
            "is unable to place a task in eu-west-1a.",
            "stopped AZ Rebalancing."),
        row(
            "a zone has room again",
            app -> {
              skew(app);
              FargateCapacity.giveBack(app.ecs.world);
              app.pass(WHILE);
            },
            "has started 1 tasks in eu-west-1a to AZ Rebalance: (task ID).",
            "has stopped 1 running tasks in eu-west-1b due to AZ rebalancing: (task ID).",
            "is AZ balanced with 1 tasks in eu-west-1a, 1 tasks in eu-west-1b."));
  }

  private static void skew(AppService app) {
    FargateCapacity.take(app.ecs.world, "eu-west-1a");
    begin(app, 2);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource({"lives", "healthChecks", "starts", "rollouts", "zones"})
  void isToldInTheWordsOfAws(String name, Consumer<AppService> deed, List<String> texts) {
    AppService app = AppService.fresh();
    deed.accept(app);

    assertThat(app.story()).containsSubsequence(texts);
    assertThat(app.service().events())
        .isNotEmpty()
        .allMatch(event -> event.message().startsWith("(service web) "));
  }

  private static void begin(AppService app, int desired) {
    CreateServiceRequest.Builder request = app.request(app.register("1"), desired);
    app.create(request);
    app.pass(WHILE);
  }

  private static String address(AppService app) {
    return app.ecs.elb.targets(app.targetGroup).getFirst();
  }

  private static void call(AppService app, SdkRequest request) {
    app.ecs.world.operations().invoke(request);
  }
}
