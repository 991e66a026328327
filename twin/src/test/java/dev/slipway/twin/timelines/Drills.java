package dev.slipway.twin.timelines;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ec2.model.AllocateAddressRequest;
import software.amazon.awssdk.services.ec2.model.AllocateAddressResponse;
import software.amazon.awssdk.services.ec2.model.CreateNatGatewayRequest;
import software.amazon.awssdk.services.ec2.model.CreateNatGatewayResponse;
import software.amazon.awssdk.services.ec2.model.DeleteNatGatewayRequest;
import software.amazon.awssdk.services.ec2.model.DescribeNatGatewaysRequest;
import software.amazon.awssdk.services.ec2.model.DescribeNatGatewaysResponse;
import software.amazon.awssdk.services.ecs.model.HealthCheck;
import software.amazon.awssdk.services.ecs.model.StopTaskRequest;
import software.amazon.awssdk.services.ecs.model.Task;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeLoadBalancersRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeLoadBalancersResponse;

/** Does what was timed on AWS, all at once, and measures it in world time. */
final class Drills {

  private final Scene scene;
  private final Map<Step, Double> measured = new ConcurrentHashMap<>();

  private Drills(Scene scene) {
    this.scene = scene;
  }

  /** The seconds of each step. */
  static Map<Step, Double> run(Scene scene) throws InterruptedException {
    Drills drills = new Drills(scene);
    try (ExecutorService all = Executors.newVirtualThreadPerTaskExecutor()) {
      drills.note(Steps.ALB, scene.balancerCreated, scene.when("active", drills::isActive));
      if (scene.scale > 1) {
        drills.warmUp();
      }
      List<Future<?>> drilled =
          Stream.<Runnable>of(
                  drills::natGateway,
                  drills::deploy,
                  drills::crash,
                  drills::hang,
                  drills::breaker,
                  drills::stopTask)
              .<Future<?>>map(all::submit)
              .toList();
      for (Future<?> each : drilled) {
        each.get();
      }
    } catch (ExecutionException e) {
      throw new AssertionError(e.getCause());
    }
    Map<Step, Double> inOrder = new LinkedHashMap<>();
    Steps.ALL.forEach(step -> inOrder.put(step, drills.measured.get(step)));
    return inOrder;
  }

  private void note(Step step, Instant from, Instant to) {
    measured.put(step, Duration.between(from, to).toMillis() / 1000.0);
  }

  private boolean isActive() {
    return scene
        .call(DescribeLoadBalancersRequest.builder().build(), DescribeLoadBalancersResponse.class)
        .loadBalancers()
        .getFirst()
        .state()
        .codeAsString()
        .equals("active");
  }

  private void natGateway() {
    String address =
        scene
            .call(
                AllocateAddressRequest.builder().domain("vpc").build(),
                AllocateAddressResponse.class)
            .allocationId();
    String id =
        scene
            .call(
                CreateNatGatewayRequest.builder()
                    .subnetId(scene.subnets.getFirst())
                    .allocationId(address)
                    .build(),
                CreateNatGatewayResponse.class)
            .natGateway()
            .natGatewayId();
    note(Steps.NAT_CREATE, asked(id), scene.when("available", () -> gateway(id, "available")));
    Instant deleted = scene.world.now();
    scene.invoke(DeleteNatGatewayRequest.builder().natGatewayId(id).build());
    note(Steps.NAT_DELETE, deleted, scene.when("deleted", () -> gateway(id, "deleted")));
  }

  private Instant asked(String gateway) {
    return scene
        .call(
            DescribeNatGatewaysRequest.builder().natGatewayIds(gateway).build(),
            DescribeNatGatewaysResponse.class)
        .natGateways()
        .getFirst()
        .createTime();
  }

  /** A program that runs for the first time is slow, which at a high scale is long. */
  private void warmUp() {
    Web web = new Web(scene, "warm", 10, 5, "{\"exit\": {\"after\": 60}}", check(10));
    web.steady(web.created);
    web.event(" deregistered 1 targets", web.created);
  }

  private boolean gateway(String id, String state) {
    return scene
        .call(
            DescribeNatGatewaysRequest.builder().natGatewayIds(id).build(),
            DescribeNatGatewaysResponse.class)
        .natGateways()
        .stream()
        .anyMatch(g -> g.stateAsString().equals(state));
  }

  private void deploy() {
    Web web = new Web(scene, "deploy", 10, 5, "{}", null);
    Task first = web.task(web.created);
    note(Steps.FIRST_TASK, web.created, first.createdAt());
    Task started = web.started(first);
    note(Steps.PULL_START, started.createdAt(), started.pullStartedAt());
    note(Steps.PULLED, started.pullStoppedAt(), started.startedAt());
    Instant registered = web.event(" registered 1 targets", web.created);
    note(Steps.HEALTHY, registered, web.target(Web.ip(started), "healthy"));
    Instant ready = web.steady(web.created);

    Instant updated = web.update(u -> u.taskDefinition(web.define("{\"log\": [\"two\"]}", null)));
    Instant start = web.event(" has started 1 tasks", updated);
    Instant second = web.event(" registered 1 targets", updated);
    Instant stopped = web.event(" has stopped 1 running tasks", ready);
    Instant draining = web.event(" has begun draining", updated);
    Instant gone = web.target(Web.ip(started), "gone");
    Instant completed = web.event("deployment completed.", updated);
    note(Steps.REGISTERED, start, second);
    note(Steps.OLD_STOPPED, second, stopped);
    note(Steps.DRAINING, stopped, draining);
    note(Steps.TARGET_GONE, draining, gone);
    note(Steps.COMPLETED, draining, completed);
    note(Steps.ROLLING, start, completed);
    web.steady(updated);

    Instant zero = web.update(u -> u.desiredCount(0).forceNewDeployment(true));
    note(Steps.TO_ZERO, zero, web.event("deployment completed.", zero));
    web.steady(zero);
    Instant one = web.update(u -> u.desiredCount(1));
    note(Steps.SCALE_OUT, one, web.task(one).createdAt());
  }

  private void crash() {
    Web web = new Web(scene, "crash", 5, 4, "{\"exit\": {\"after\": 90, \"code\": 1}}", null);
    Task first = web.started(web.task(web.created));
    Instant crash = first.startedAt().plusSeconds(90);
    web.target(Web.ip(first), "healthy");
    note(Steps.CRASH_UNHEALTHY, crash, web.target(Web.ip(first), "unhealthy", "draining", "gone"));
    note(Steps.CRASH_DEREGISTERED, crash, web.event(" deregistered 1 targets", crash));
    Task next = web.started(web.task(crash));
    note(Steps.CRASH_REPLACED, crash, next.createdAt());
    note(Steps.CRASH_HEALTHY, crash, web.target(Web.ip(next), "healthy"));
    note(Steps.CRASH_STEADY, crash, web.steady(crash));
  }

  private void hang() {
    Web web =
        new Web(scene, "hang", 10, 5, "{\"answers\": [{\"from\": 120, \"hang\": true}]}", null);
    Task first = web.started(web.task(web.created));
    Instant hang = first.startedAt().plusSeconds(120);
    web.target(Web.ip(first), "healthy");
    note(Steps.HANG_UNHEALTHY, hang, web.target(Web.ip(first), "unhealthy"));
    Task next = web.started(web.task(hang));
    note(Steps.HANG_REPLACED, hang, next.createdAt());
    note(Steps.HANG_HEALTHY, hang, web.target(Web.ip(next), "healthy"));
    note(Steps.HANG_STOPPED, hang, web.event(" is unhealthy in (target-group", hang));
    note(Steps.HANG_STEADY, hang, web.steady(hang));
  }

  private void breaker() {
    HealthCheck check = check(10);
    Web web = new Web(scene, "breaker", 10, 5, "{}", check);
    web.steady(web.created);
    String failing = web.define("{\"check\": {\"code\": 1}}", check);
    Instant updated = web.update(u -> u.taskDefinition(failing));
    Instant back = web.event("rolling back to deployment", updated);
    note(Steps.BREAKER, updated, web.event("deployment completed.", back));
  }

  private void stopTask() {
    Web web = new Web(scene, "stop", 10, 5, "{}", check(60));
    web.steady(web.created);
    Instant stopped = scene.world.now();
    scene.invoke(
        StopTaskRequest.builder().cluster("prod").task(web.task(web.created).taskArn()).build());
    Instant start = web.event(" has started 1 tasks", stopped);
    note(Steps.STOPPED_REPLACED, stopped, start);
    note(Steps.REPLACEMENT_STEADY, start, web.steady(start));
  }

  private static HealthCheck check(int interval) {
    return HealthCheck.builder()
        .command("CMD-SHELL", "exit 0")
        .interval(interval)
        .timeout(5)
        .retries(3)
        .build();
  }
}
