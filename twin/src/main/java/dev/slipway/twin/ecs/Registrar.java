package dev.slipway.twin.ecs;

import dev.slipway.twin.world.AwsError;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.ecs.model.LoadBalancer;
import software.amazon.awssdk.services.ecs.model.ServiceRevision;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetDescription;

/** Puts the tasks of a service into its target groups and takes them out. */
final class Registrar {

  private final EcsState state;
  private final TargetGroups targetGroups;
  private final TaskLifecycle lifecycle;
  private final ServiceEvents events;

  Registrar(
      EcsState state, TargetGroups targetGroups, TaskLifecycle lifecycle, ServiceEvents events) {
    this.state = state;
    this.targetGroups = targetGroups;
    this.lifecycle = lifecycle;
    this.events = events;
  }

  /** Registers the tasks that run and are not registered. */
  ServiceRow register(ServiceRow row) {
    Map<LoadBalancer, List<TaskRow>> wanted = new LinkedHashMap<>();
    for (TaskRow task : state.tasksOf(row.arn())) {
      if (task.wanted()
          && task.status("ACTIVATING", "RUNNING")
          && !task.has(TaskRow.Flag.REGISTERED)) {
        missing(task).forEach(b -> wanted.computeIfAbsent(b, k -> new ArrayList<>()).add(task));
      }
    }
    ServiceRow changed = row;
    for (Map.Entry<LoadBalancer, List<TaskRow>> entry : wanted.entrySet()) {
      changed = register(changed, entry.getKey(), entry.getValue());
    }
    wanted.values().stream().flatMap(List::stream).map(TaskRow::arn).distinct().forEach(this::note);
    return changed;
  }

  private ServiceRow register(ServiceRow row, LoadBalancer balancer, List<TaskRow> tasks) {
    String group = balancer.targetGroupArn();
    int port = balancer.containerPort();
    try {
      targetGroups.register(
          group,
          tasks.stream()
              .map(t -> TargetDescription.builder().id(t.ip()).port(port).build())
              .toList());
    } catch (AwsError | UnsupportedOperationException e) {
      return events.addOnce(row, Messages.notRegistered(group, e.getMessage()));
    }
    for (TaskRow task : tasks) {
      state
          .tasks()
          .update(
              task.arn(),
              t -> {
                List<TaskRow.Target> targets = new ArrayList<>(t.targets());
                targets.add(new TaskRow.Target(group, t.ip(), port));
                return t.withTargets(targets);
              });
    }
    return events.add(
        row.cleared(" failed to register targets in (target-group " + group),
        Messages.registered(tasks.size(), group));
  }

  private void note(String taskArn) {
    TaskRow task = state.tasks().find(taskArn).orElseThrow();
    if (!missing(task).isEmpty()) {
      return;
    }
    TaskRow registered = task.flagged(TaskRow.Flag.REGISTERED);
    if (task.step() == Step.ACTIVATE) {
      lifecycle.activated(registered);
    } else {
      state.tasks().put(taskArn, registered);
    }
  }

  /** Where the task is not registered yet. */
  private List<LoadBalancer> missing(TaskRow task) {
    return state
        .serviceRevisions()
        .find(task.origin().revisionArn())
        .map(ServiceRevision::loadBalancers)
        .orElse(List.of())
        .stream()
        .filter(b ->
            task.targets().stream().noneMatch(t -> t.targetGroupArn().equals(b.targetGroupArn())))
        .toList();
  }

  /** Deregisters the tasks that are being stopped. */
  ServiceRow deregister(ServiceRow row) {
    Map<String, List<TaskRow.Target>> leaving = new LinkedHashMap<>();
    List<TaskRow> tasks =
        state.tasksOf(row.arn()).stream()
            .filter(t -> !t.wanted() && !t.targets().isEmpty())
            .toList();
    for (TaskRow task : tasks) {
      task.targets()
          .forEach(t -> leaving.computeIfAbsent(t.targetGroupArn(), k -> new ArrayList<>()).add(t));
    }
    ServiceRow changed = row;
    for (Map.Entry<String, List<TaskRow.Target>> entry : leaving.entrySet()) {
      targetGroups.deregister(
          entry.getKey(),
          entry.getValue().stream().map(t -> new TargetGroups.Address(t.ip(), t.port())).toList());
      changed = events.add(changed, Messages.deregistered(entry.getValue().size(), entry.getKey()));
    }
    tasks.forEach(this::drain);
    return tasks.isEmpty() ? changed : events.add(changed, Messages.draining(tasks.size()));
  }

  private void drain(TaskRow task) {
    if (task.step() != Step.DEREGISTER) {
      // Its processes are gone or going already: there is nothing to wait for.
      state.tasks().update(task.arn(), t -> t.withTargets(List.of()));
      return;
    }
    Duration longest =
        task.targets().stream()
            .map(t -> targetGroups.drainTime(t.targetGroupArn()))
            .max(Duration::compareTo)
            .orElse(Duration.ZERO);
    lifecycle.drain(task, longest);
  }
}
