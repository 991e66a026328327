package dev.slipway.twin.ecs;

import dev.slipway.twin.elbv2.DataPlane.ProbeResult;
import dev.slipway.twin.world.FargateCapacity;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import software.amazon.awssdk.services.ecs.model.DeploymentCircuitBreaker;
import software.amazon.awssdk.services.ecs.model.DeploymentConfiguration;
import software.amazon.awssdk.services.ecs.model.DeploymentEarlySuccessCriteria;
import software.amazon.awssdk.services.ecs.model.ServiceRevisionCleanup;
import software.amazon.awssdk.services.ecs.model.StopServiceDeploymentRequest;
import software.amazon.awssdk.services.ecs.model.StopTaskRequest;
import software.amazon.awssdk.services.ecs.model.ThresholdType;
import software.amazon.awssdk.services.ecs.model.UpdateTaskProtectionRequest;

/** What may happen to a service, drawn by chance. */
final class SimActions {

  private static final int[][] PERCENTS = {
    {100, 200}, {100, 200}, {50, 200}, {50, 100}, {0, 100}, {100, 150}, {75, 125}, {0, 200}
  };

  private final SimWorld sim;
  private final SimService service;
  private final Runnable rollbackWanted;
  private final SplittableRandom random;
  private final List<Runnable> choices;
  private String told = "";

  SimActions(SimWorld sim, SimService service, Runnable rollbackWanted) {
    this.sim = sim;
    this.service = service;
    this.rollbackWanted = rollbackWanted;
    this.random = sim.random;
    this.choices =
        List.of(
            this::crash,
            this::crash,
            this::flap,
            this::flap,
            this::deploySound,
            this::deploySound,
            this::deployAny,
            this::scale,
            this::scale,
            this::force,
            this::stopTask,
            this::loseZone,
            this::configure,
            this::protect,
            this::rollBack,
            this::moveTag);
  }

  /** Does one of them and says what. */
  String next() {
    told = "";
    choices.get(random.nextInt(choices.size())).run();
    return told;
  }

  /** What the last draw was. */
  String told() {
    return told;
  }

  Consumer<DeploymentConfiguration.Builder> firstConfiguration() {
    told = "";
    return anyConfiguration();
  }

  private Consumer<DeploymentConfiguration.Builder> anyConfiguration() {
    int[] percents = PERCENTS[random.nextInt(PERCENTS.length)];
    boolean breaker = random.nextInt(3) > 0;
    boolean rollback = random.nextInt(3) > 0;
    told += " min " + percents[0] + " max " + percents[1];
    told += " breaker " + breaker + " rollback " + rollback;
    Consumer<DeploymentCircuitBreaker.Builder> threshold = anyThreshold();
    DeploymentEarlySuccessCriteria early = anyCriteria(percents[0]);
    return d ->
        d.minimumHealthyPercent(percents[0])
            .maximumPercent(percents[1])
            .earlySuccessCriteria(early)
            .deploymentCircuitBreaker(
                b -> b.enable(breaker).rollback(rollback).applyMutation(threshold));
  }

  private Consumer<DeploymentCircuitBreaker.Builder> anyThreshold() {
    if (random.nextBoolean()) {
      return b -> {};
    }
    ThresholdType type =
        List.of(ThresholdType.COUNT, ThresholdType.BOUNDED_PERCENT, ThresholdType.UNBOUNDED_PERCENT)
            .get(random.nextInt(3));
    int value = type == ThresholdType.COUNT ? random.nextInt(1, 7) : random.nextInt(1, 101);
    boolean resets = random.nextBoolean();
    told += " threshold " + value + " " + type + " resets " + resets;
    return b -> b.thresholdConfiguration(t -> t.type(type).value(value)).resetOnHealthyTask(resets);
  }

  private DeploymentEarlySuccessCriteria anyCriteria(int atLeast) {
    if (random.nextInt(4) > 0) {
      return DeploymentEarlySuccessCriteria.builder().enable(false).build();
    }
    int percent = random.nextInt(atLeast, 101);
    ServiceRevisionCleanup cleanup =
        random.nextBoolean() ? ServiceRevisionCleanup.BLOCKING : ServiceRevisionCleanup.DEFERRED;
    told += " early at " + percent + " " + cleanup;
    return DeploymentEarlySuccessCriteria.builder()
        .enable(true)
        .healthyPercent(percent)
        .sourceServiceRevisionCleanup(cleanup)
        .build();
  }

  private void crash() {
    any(service.running(), "crash", task -> sim.runtime.crash(task.arn(), "app", 1));
  }

  private void flap() {
    ProbeResult result =
        switch (random.nextInt(3)) {
          case 0 -> new ProbeResult.TimedOut();
          case 1 -> new ProbeResult.Failed();
          default -> new ProbeResult.Answered(503);
        };
    int seconds = random.nextInt(5, 120);
    any(
        service.running(),
        "flap " + result + " for " + seconds + " s",
        task -> {
          sim.probes.flap(task.ip(), result);
          sim.clock.schedule(Duration.ofSeconds(seconds), () -> sim.probes.heal(task.ip()));
        });
  }

  private void deploySound() {
    deploy(random.nextInt(3) == 0 ? SimService.Kind.MOVING : SimService.Kind.GOOD);
  }

  private void deployAny() {
    SimService.Kind[] all = SimService.Kind.values();
    deploy(all[random.nextInt(all.length)]);
  }

  private void deploy(SimService.Kind kind) {
    told = "deploy " + kind;
    service.update(u -> u.taskDefinition(service.definition(kind)));
  }

  private void scale() {
    int desired = random.nextInt(7);
    told = "scale to " + desired;
    service.update(u -> u.desiredCount(desired));
  }

  private void force() {
    told = "force";
    service.update(u -> u.forceNewDeployment(true));
  }

  private void stopTask() {
    any(
        sim.state.tasksOf(service.arn).stream().filter(TaskRow::wanted).toList(),
        "stop",
        task ->
            service.attempt(
                StopTaskRequest.builder().cluster(SimWorld.CLUSTER).task(task.arn()).build()));
  }

  private void loseZone() {
    String zone = "eu-west-1" + (random.nextBoolean() ? "a" : "b");
    int seconds = random.nextInt(20, 240);
    told = "lose " + zone + " for " + seconds + " s";
    sim.world.run(() -> FargateCapacity.take(sim.world, zone));
    sim.world.after(Duration.ofSeconds(seconds), () -> FargateCapacity.giveBack(sim.world));
    for (TaskRow task : service.running()) {
      if (task.task().availabilityZone().equals(zone)) {
        sim.runtime.crash(task.arn(), "app", 137);
      }
    }
  }

  private void configure() {
    told = "configure";
    service.update(u -> u.deploymentConfiguration(anyConfiguration()));
  }

  private void protect() {
    boolean on = random.nextInt(3) > 0;
    any(
        service.running(),
        "protect " + on,
        task ->
            service.attempt(
                UpdateTaskProtectionRequest.builder()
                    .cluster(SimWorld.CLUSTER)
                    .tasks(task.arn())
                    .protectionEnabled(on)
                    .expiresInMinutes(random.nextInt(1, 4))
                    .build()));
  }

  private void rollBack() {
    told = "roll back";
    Rollout before = service.row().primary();
    service.attempt(
        StopServiceDeploymentRequest.builder()
            .serviceDeploymentArn(service.row().service().currentServiceDeployment())
            .build());
    if (!service.row().primary().id().equals(before.id())) {
      rollbackWanted.run();
    }
  }

  private void moveTag() {
    told = "move the tag";
    service.pushMain();
  }

  private void any(List<TaskRow> tasks, String what, Consumer<TaskRow> action) {
    if (!tasks.isEmpty()) {
      TaskRow chosen = tasks.get(random.nextInt(tasks.size()));
      told = what + " " + chosen.id();
      action.accept(chosen);
    }
  }
}
