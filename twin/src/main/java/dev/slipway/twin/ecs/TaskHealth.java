package dev.slipway.twin.ecs;

import dev.slipway.twin.world.World;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.ecs.model.HealthStatus;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetHealth;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetHealthStateEnum;

/**
 * Judges the tasks of one service at one moment.
 *
 * <p>Source: ECS API reference, DeploymentConfiguration {@code minimumHealthyPercent}: what a task
 * must show to count as healthy.
 */
final class TaskHealth {

  private static final Duration UNCHECKED = Duration.ofSeconds(40);
  private static final Duration CONFIRMATION = Duration.ofSeconds(25);

  /** A judgement. */
  sealed interface Judgement {
    /** Healthy in all that is checked. */
    record Healthy() implements Judgement {}

    /** Not healthy yet, or excused by the grace period. */
    record Undecided() implements Judgement {}

    /**
     * A check has failed.
     *
     * @param event the message of the service's event
     * @param stopReason the task's stoppedReason when it is stopped for it
     */
    record Failing(String event, String stopReason) implements Judgement {}
  }

  private final EcsState state;
  private final World world;
  private final TargetGroups targetGroups;
  private final ServiceRow service;
  // One answer for each target group serves all tasks of the tick.
  private final Map<String, Optional<Map<TargetGroups.Address, TargetHealth>>> answers =
      new HashMap<>();

  TaskHealth(EcsState state, TargetGroups targetGroups, ServiceRow service) {
    this.state = state;
    this.world = state.world();
    this.targetGroups = targetGroups;
    this.service = service;
  }

  /** The judgement on a task. */
  Judgement judge(TaskRow row) {
    if (!row.running()) {
      return new Judgement.Undecided();
    }
    boolean balanced = balanced(row);
    boolean checked = checked(row);
    if (!balanced && !checked) {
      Instant since = row.task().startedAt().plus(UNCHECKED);
      return since.isAfter(world.now()) ? new Judgement.Undecided() : new Judgement.Healthy();
    }
    Judgement containers = checked ? containers(row) : new Judgement.Healthy();
    if (containers instanceof Judgement.Failing failing) {
      return excused(row, failing);
    }
    Judgement targets = balanced ? targets(row) : new Judgement.Healthy();
    if (targets instanceof Judgement.Failing failing) {
      return confirmed(row, excused(row, failing));
    }
    state.failingSince().remove(row.arn());
    return targets instanceof Judgement.Healthy ? containers : targets;
  }

  /**
   * A target counts as failing when it has been so for a while.
   *
   * <p>Source: traces of AWS: 36 s from a target's own transition to the new task, and 51 s or more
   * to the old one's stop.
   */
  private Judgement confirmed(TaskRow row, Judgement judgement) {
    if (!(judgement instanceof Judgement.Failing)) {
      return judgement;
    }
    Instant since = state.failingSince().find(row.arn()).orElse(null);
    if (since == null) {
      since = world.now();
      state.failingSince().put(row.arn(), since);
    }
    return since.plus(CONFIRMATION).isAfter(world.now()) ? new Judgement.Undecided() : judgement;
  }

  private Judgement excused(TaskRow row, Judgement.Failing failing) {
    int grace = service.service().healthCheckGracePeriodSeconds();
    return row.task().startedAt().plusSeconds(grace).isAfter(world.now())
        ? new Judgement.Undecided()
        : failing;
  }

  private boolean balanced(TaskRow row) {
    return state
        .serviceRevisions()
        .find(row.origin().revisionArn())
        .map(r -> !r.loadBalancers().isEmpty())
        .orElse(false);
  }

  private boolean checked(TaskRow row) {
    return state
        .taskDefinition(row.task().taskDefinitionArn())
        .map(TaskDefinition::containerDefinitions)
        .map(all -> all.stream().anyMatch(c -> c.essential() && c.healthCheck() != null))
        .orElse(false);
  }

  private static Judgement containers(TaskRow row) {
    return switch (row.task().healthStatus()) {
      case HealthStatus status when status == HealthStatus.HEALTHY -> new Judgement.Healthy();
      case HealthStatus status when status == HealthStatus.UNHEALTHY ->
          new Judgement.Failing(
              Messages.unhealthyContainer(row.id()), "Task failed container health checks");
      default -> new Judgement.Undecided();
    };
  }

  private Judgement targets(TaskRow row) {
    if (!row.has(TaskRow.Flag.REGISTERED)) {
      return new Judgement.Undecided();
    }
    boolean all = true;
    for (TaskRow.Target target : row.targets()) {
      Judgement one = target(row, target);
      if (one instanceof Judgement.Failing) {
        return one;
      }
      all &= one instanceof Judgement.Healthy;
    }
    return all ? new Judgement.Healthy() : new Judgement.Undecided();
  }

  private Judgement target(TaskRow row, TaskRow.Target target) {
    String group = target.targetGroupArn();
    Optional<Map<TargetGroups.Address, TargetHealth>> answer =
        answers.computeIfAbsent(group, targetGroups::health);
    String deployment = row.origin().deploymentId();
    if (answer.isEmpty()) {
      return failing(Messages.targetGroupGone(deployment, row.id(), group), group);
    }
    TargetHealth health = answer.get().get(new TargetGroups.Address(target.ip(), target.port()));
    if (health == null) {
      return failing(Messages.targetGone(deployment, row.id(), group), group);
    }
    TargetHealthStateEnum state = health.state();
    if (state == TargetHealthStateEnum.HEALTHY || state == TargetHealthStateEnum.UNAVAILABLE) {
      return new Judgement.Healthy();
    }
    if (state == TargetHealthStateEnum.UNHEALTHY || state == TargetHealthStateEnum.UNUSED) {
      String event = Messages.unhealthyTarget(row.id(), target.port(), group, health.description());
      return failing(event, group);
    }
    return new Judgement.Undecided();
  }

  private static Judgement failing(String event, String group) {
    return new Judgement.Failing(
        event, "Task failed ELB health checks in (target-group " + group + ")");
  }
}
