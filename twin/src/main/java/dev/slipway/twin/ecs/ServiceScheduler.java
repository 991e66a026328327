package dev.slipway.twin.ecs;

import dev.slipway.twin.world.World;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.ecs.model.DeploymentRolloutState;
import software.amazon.awssdk.services.ecs.model.ServiceEvent;
import software.amazon.awssdk.services.ecs.model.TaskStopCode;

/**
 * Moves services towards what is wanted, each in ticks of about ten seconds.
 *
 * <p>Source: successive steps of a service are some ten seconds apart in every trace of events. A
 * tick draws its conclusions from ended tasks, takes tasks into and out of target groups, judges
 * health, starts and stops, and ends the deployment.
 */
final class ServiceScheduler {

  private static final Duration KEPT_INACTIVE = Duration.ofHours(1);

  private final EcsState state;
  private final World world;
  private final Registrar registrar;
  private final TargetGroups targetGroups;
  private final TaskPlacement placement;
  private final TaskLifecycle lifecycle;
  private final EndedTasks endedTasks;
  private final ZoneRebalancer rebalancer;
  private final Rollouts rollouts;
  private final Setbacks setbacks;
  private final DeploymentAlarms alarms;
  private final ServiceEvents events;
  private final Timings timings;

  ServiceScheduler(
      EcsState state,
      Registrar registrar,
      TargetGroups targetGroups,
      TaskPlacement placement,
      TaskLifecycle lifecycle,
      Rollouts rollouts,
      Setbacks setbacks,
      DeploymentAlarms alarms,
      ServiceEvents events,
      Timings timings) {
    this.state = state;
    this.world = state.world();
    this.registrar = registrar;
    this.targetGroups = targetGroups;
    this.placement = placement;
    this.lifecycle = lifecycle;
    this.endedTasks = new EndedTasks(state, events);
    this.rebalancer = new ZoneRebalancer(state, placement, events);
    this.rollouts = rollouts;
    this.setbacks = setbacks;
    this.alarms = alarms;
    this.events = events;
    this.timings = timings;
  }

  /** Stores a service and looks at it at a moment. */
  void tickAt(ServiceRow row, Instant when) {
    state.services().put(row.arn(), row.tickAt(when));
    arm(row.arn(), when);
  }

  /** Waits for the next tick of every service again. */
  void resume() {
    state.services().all().forEach(row -> arm(row.arn(), row.nextTick()));
  }

  private void arm(String arn, Instant when) {
    world.after(
        Duration.between(world.now(), when),
        () ->
            state
                .services()
                .find(arn)
                .filter(row -> row.nextTick().equals(when))
                .ifPresent(this::tick));
  }

  private void tick(ServiceRow row) {
    if (row.inactive()) {
      forget(row);
      return;
    }
    int ended = endedTasks.unnoticed(row);
    ServiceRow next = endedTasks.settle(row);
    next = registrar.register(next);
    next = registrar.deregister(next);
    Judgements health = Judgements.of(state, targetGroups, next);
    next = noteHealthy(next, health);
    next = row.active() ? roll(next, health, ended) : drain(next);
    Duration wait = next.inactive() ? KEPT_INACTIVE : timings.tick();
    tickAt(next, world.now().plus(wait));
  }

  private void forget(ServiceRow row) {
    state.services().remove(row.arn());
    state.tags().remove(row.arn());
  }

  /** A healthy task ends the count of failures, where resetOnHealthyTask is on. */
  private ServiceRow noteHealthy(ServiceRow row, Judgements health) {
    ServiceRow next = row;
    for (TaskRow task : health.tasks()) {
      Optional<Rollout> rollout = next.rollout(task.origin().deploymentId());
      if (rollout.isPresent() && task.startedOnce() && !rollout.get().ran()) {
        next = next.withRollout(rollout.get().id(), Rollout::afterFirstRun);
        next = next.cleared(Messages.UNABLE_TO_PLACE).cleared(Messages.THROTTLED);
      }
      if (health.healthy(task) && !task.has(TaskRow.Flag.WAS_HEALTHY)) {
        state.tasks().update(task.arn(), t -> t.flagged(TaskRow.Flag.WAS_HEALTHY));
        if (next.breaker().resets()) {
          next = next.withRollout(task.origin().deploymentId(), r -> r.withFailures(0));
        }
      }
    }
    return next;
  }

  private ServiceRow drain(ServiceRow row) {
    List<TaskRow> tasks = state.tasksOf(row.arn());
    List<TaskRow> wanted = tasks.stream().filter(TaskRow::wanted).toList();
    ServiceRow next = stopAll(row, wanted);
    boolean gone = state.tasksOf(row.arn()).stream().allMatch(TaskRow::stoppingOrStopped);
    return gone ? next.with(s -> s.status("INACTIVE")) : next;
  }

  private ServiceRow roll(ServiceRow row, Judgements health, int ended) {
    ServiceRow next = setbacks.judge(row);
    RollingPlanner.Plan plan =
        RollingPlanner.plan(health.situation(next, mayStart(next))).without(ended);
    next = stop(next, health, plan.stops());
    next = start(next, plan);
    if (plan.stuck()) {
      next = events.addOnce(next, Messages.STUCK);
    } else {
      next = next.cleared(Messages.STUCK);
    }
    next =
        plan.guarded() > 0
            ? events.addOnce(next, Messages.guarded(next.primary().id(), plan.guarded()))
            : next.cleared(Messages.GUARDED);
    // A task that was stopped for its health may have been the last that the breaker allows.
    return settle(setbacks.judge(next), health);
  }

  private boolean mayStart(ServiceRow row) {
    Rollout primary = row.primary();
    return !primary.inState(DeploymentRolloutState.FAILED)
        && !primary.noStartBefore().isAfter(world.now());
  }

  private ServiceRow start(ServiceRow row, RollingPlanner.Plan plan) {
    if (plan.starts() == 0) {
      return row;
    }
    Optional<String> role = placement.unassumableRole(row);
    if (role.isPresent()) {
      return endedTasks.failedToLaunch(events.addOnce(row, Messages.unassumableRole(role.get())));
    }
    if (!placement.hasRoom(row)) {
      return events.addOnce(row, Messages.UNABLE_TO_PLACE + Capacity.UNAVAILABLE);
    }
    List<TaskRow> started = new ArrayList<>();
    while (started.size() < plan.starts() && placement.withinQuota(row)) {
      started.add(placement.place(row));
    }
    ServiceRow next = row;
    if (!started.isEmpty()) {
      next =
          events.add(
              row.cleared(Messages.STEADY).cleared(" failed to launch a task"),
              Messages.started(started, plan.replaced()));
    }
    return started.size() < plan.starts()
        ? events.addOnce(next, Messages.UNABLE_TO_PLACE + Capacity.LIMIT_REACHED)
        : next;
  }

  private ServiceRow stop(ServiceRow row, Judgements health, List<String> arns) {
    List<TaskRow> ordinary = new ArrayList<>();
    ServiceRow next = row;
    for (String arn : arns) {
      TaskRow task = state.tasks().find(arn).orElseThrow();
      Optional<TaskHealth.Judgement.Failing> failing = health.failing(task);
      if (failing.isPresent()) {
        // Source: the event is written when the task is stopped, not when it turns unhealthy.
        next = events.add(next, failing.get().event());
        state.tasks().update(arn, t -> t.flagged(TaskRow.Flag.FAILED_HEALTH));
        next = endedTasks.failedHealth(next, task);
        lifecycle.stop(
            state.tasks().find(arn).orElseThrow(),
            TaskStopCode.SERVICE_SCHEDULER_INITIATED,
            failing.get().stopReason());
        next = events.add(next, Messages.stopped(List.of(task)));
      } else {
        ordinary.add(task);
      }
    }
    return stopAll(next, ordinary);
  }

  private ServiceRow stopAll(ServiceRow row, List<TaskRow> tasks) {
    if (tasks.isEmpty()) {
      return row;
    }
    // Source: the reason names the deployment also for every ordinary stop of a rolling update.
    String reason = "Scaling activity initiated by (deployment " + row.primary().id() + ")";
    List<TaskRow> running = tasks.stream().filter(TaskRow::running).toList();
    tasks.forEach(t -> lifecycle.stop(t, TaskStopCode.SERVICE_SCHEDULER_INITIATED, reason));
    ServiceRow next = row.cleared(Messages.STEADY);
    int pending = tasks.size() - running.size();
    if (pending > 0) {
      next = events.add(next, Messages.stoppedPending(pending));
    }
    return running.isEmpty() ? next : tellStopped(next, running);
  }

  private ServiceRow tellStopped(ServiceRow row, List<TaskRow> running) {
    if (!ZoneRebalancer.under(row)) {
      return events.add(row, Messages.stopped(running));
    }
    Map<String, List<TaskRow>> byZone =
        running.stream()
            .collect(
                Collectors.groupingBy(
                    t -> t.task().availabilityZone(), TreeMap::new, Collectors.toList()));
    ServiceRow next = row;
    for (Map.Entry<String, List<TaskRow>> zone : byZone.entrySet()) {
      next = events.add(next, Messages.stoppedIn(zone.getKey(), zone.getValue()));
    }
    return next;
  }

  /**
   * Whether nothing happened in this tick and no task is left that has to go.
   *
   * <p>Source: traces of AWS: after a replacement the steady state is told one tick after the old
   * target began to drain, where a deployment waits for the end of the old task.
   */
  private boolean isQuiet(ServiceRow row, List<TaskRow> tasks) {
    List<ServiceEvent> events = row.service().events();
    return tasks.stream().noneMatch(t -> !t.wanted() && t.takesRoom())
        && (events.isEmpty() || events.getFirst().createdAt().isBefore(world.now()));
  }

  private static boolean isOf(Rollout rollout, TaskRow task) {
    return task.origin().deploymentId().equals(rollout.id());
  }

  /** Whether enough of a deployment is there by the service's criteria of an early success. */
  private static boolean isEarly(ServiceRow row, List<TaskRow> tasks, Judgements health) {
    Rollout primary = row.primary();
    Optional<EarlySuccess> criteria =
        EarlySuccess.of(row.service().deploymentConfiguration()).filter(c -> !primary.rollback());
    long healthy =
        tasks.stream().filter(t -> t.wanted() && isOf(primary, t) && health.healthy(t)).count();
    return criteria
        .filter(c -> healthy >= c.healthy(row.service().desiredCount()))
        .filter(c ->
            c.deferred() || tasks.stream().allMatch(t -> isOf(primary, t) || t.status("STOPPED")))
        .isPresent();
  }

  /** Ends the deployment and tells that the service is steady. */
  private ServiceRow settle(ServiceRow row, Judgements health) {
    List<TaskRow> tasks = state.tasksOf(row.arn());
    Rollout primary = row.primary();
    boolean quiet =
        primary.inState(DeploymentRolloutState.COMPLETED)
            ? isQuiet(row, tasks)
            : tasks.stream().allMatch(t -> t.wanted() || t.status("STOPPED"));
    List<TaskRow> wanted = tasks.stream().filter(TaskRow::wanted).toList();
    boolean whole =
        quiet
            && wanted.size() == row.service().desiredCount()
            && wanted.stream().allMatch(t -> isOf(primary, t) && health.healthy(t));
    ServiceRow next = row;
    if (primary.inState(DeploymentRolloutState.IN_PROGRESS)
        && (whole || isEarly(row, tasks, health))) {
      if (!alarms.baked(row)) {
        return row;
      }
      next = events.add(rollouts.complete(next), Messages.completed(primary.id()));
      next = next.cleared(Messages.STEADY);
    }
    if (!whole || primary.inState(DeploymentRolloutState.FAILED)) {
      return whole ? next : next.cleared(Messages.STEADY);
    }
    next = events.addOnce(Rollouts.forgetReplaced(next), Messages.STEADY);
    return mayStart(next) && placement.unassumableRole(next).isEmpty()
        ? rebalancer.look(next)
        : next;
  }
}
