package dev.slipway.twin.ecs;

import dev.slipway.topology.Network;
import dev.slipway.twin.ec2.NetworkInterfaces;
import dev.slipway.twin.world.AwsError;
import dev.slipway.twin.world.Differs;
import dev.slipway.twin.world.World;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.ec2.model.NetworkInterface;
import software.amazon.awssdk.services.ec2.model.Subnet;
import software.amazon.awssdk.services.ecs.model.Connectivity;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;
import software.amazon.awssdk.services.ecs.model.TaskStopCode;

/**
 * Moves each task along its states: PROVISIONING, PENDING, ACTIVATING, RUNNING, DEACTIVATING,
 * STOPPING, DEPROVISIONING, STOPPED.
 *
 * <p>Source: ECS developer guide, task-lifecycle; the order of the checks at the start as accounts
 * met the faults while fixing them one by one.
 */
@Differs(
    value = "making a network interface fails at once or not at all, and never times out",
    because = "the time-out is EC2's own trouble, which nothing in a deployment brings about")
final class TaskLifecycle {

  private static final Duration START_TIMEOUT = Duration.ofMinutes(3);
  private static final Duration KEPT = Duration.ofHours(1);
  private static final String REQUESTER = "amazon-ecs";

  private final EcsState state;
  private final World world;
  private final NetworkInterfaces interfaces;
  private final TaskStart start;
  private final TaskProcesses processes;
  private final Restarts restarts;
  private final TaskFactory factory;
  private final Timings timings;

  TaskLifecycle(
      EcsState state,
      NetworkInterfaces interfaces,
      TaskStart start,
      TaskProcesses processes,
      Restarts restarts,
      Timings timings) {
    this.state = state;
    this.world = state.world();
    this.interfaces = interfaces;
    this.start = start;
    this.processes = processes;
    this.restarts = restarts;
    this.factory = new TaskFactory(world, timings);
    this.timings = timings;
  }

  /** Creates a task. */
  TaskRow launch(TaskFactory.Order order) {
    TaskRow row = factory.make(order, zone(order.origin().subnetId()));
    state.join(row);
    save(row);
    return row;
  }

  private String zone(String subnetId) {
    Network network = interfaces.network();
    return network.subnets().stream()
        .filter(s -> s.subnetId().equals(subnetId))
        .map(Subnet::availabilityZone)
        .findFirst()
        .orElse("");
  }

  /** Stores a task and waits for its next step. */
  void save(TaskRow row) {
    TaskRow counted = row.with(t -> t.version(row.task().version() + 1));
    state.tasks().put(row.arn(), counted);
    arm(counted);
  }

  /** Waits for the next step of every task again, and starts the processes of running ones. */
  void resume() {
    processes.restart();
    for (TaskRow row : state.tasks().all()) {
      arm(row);
      switch (row.step()) {
        case STARTING, ACTIVATE, RUN, DEREGISTER, DRAIN ->
            state
                .taskDefinition(row.task().taskDefinitionArn())
                .ifPresent(d -> processes.start(row, d));
        case STOP -> ended(row);
        default -> {}
      }
    }
  }

  private void arm(TaskRow row) {
    if (row.due().equals(Instant.MAX)) {
      return;
    }
    world.after(
        Duration.between(world.now(), row.due()), () -> wake(row.arn(), row.step(), row.due()));
  }

  private void wake(String arn, Step step, Instant due) {
    state
        .tasks()
        .find(arn)
        .filter(row -> row.step() == step && row.due().equals(due))
        .ifPresent(this::next);
  }

  private void next(TaskRow row) {
    switch (row.step()) {
      case PROVISION -> provision(row);
      case PREPARE -> prepare(row);
      case FAIL -> stop(row, TaskStopCode.TASK_FAILED_TO_START, row.failure());
      case PULL ->
          save(
              row.with(t -> t.pullStoppedAt(world.now()))
                  .at(Step.START, world.now().plus(timings.create())));
      case START -> startContainers(row);
      case STARTING -> stop(row, TaskStopCode.TASK_FAILED_TO_START, StartTexts.startTimeout());
      case DRAIN -> stopContainers(row);
      case DEPROVISION -> stopped(row);
      case STOPPED -> forget(row);
      case ACTIVATE, RUN, DEREGISTER, STOP ->
          throw new IllegalStateException("nothing is due in step " + row.step());
    }
  }

  private void provision(TaskRow row) {
    TaskRow.Origin origin = row.origin();
    try {
      NetworkInterface eni =
          interfaces.create(
              new NetworkInterfaces.Order(
                  origin.subnetId(),
                  origin.securityGroups(),
                  origin.publicIp(),
                  world.arn("ecs", "attachment/" + row.task().attachments().getFirst().id()),
                  "interface",
                  REQUESTER));
      save(
          connected(row, eni)
              .withInterface(eni.networkInterfaceId())
              .at(Step.PREPARE, world.now().plus(timings.takeUp())));
    } catch (AwsError e) {
      stop(
          row,
          TaskStopCode.TASK_FAILED_TO_START,
          StartTexts.noInterface(origin.publicIp(), origin.subnetId(), e.code()));
    }
  }

  private static TaskRow connected(TaskRow row, NetworkInterface eni) {
    Map<String, String> details = new LinkedHashMap<>();
    details.put("subnetId", eni.subnetId());
    details.put("networkInterfaceId", eni.networkInterfaceId());
    details.put("macAddress", eni.macAddress());
    if (eni.privateDnsName() != null && !eni.privateDnsName().isEmpty()) {
      details.put("privateDnsName", eni.privateDnsName());
    }
    details.put("privateIPv4Address", eni.privateIpAddress());
    details.values().removeIf(java.util.Objects::isNull);
    String attachmentId = row.task().attachments().getFirst().id();
    software.amazon.awssdk.services.ecs.model.NetworkInterface address =
        software.amazon.awssdk.services.ecs.model.NetworkInterface.builder()
            .attachmentId(attachmentId)
            .privateIpv4Address(eni.privateIpAddress())
            .build();
    return row.attachment("ATTACHING", details)
        .containers(c -> c.copy(b -> b.networkInterfaces(List.of(address))));
  }

  private void prepare(TaskRow row) {
    TaskRow pending =
        row.attachment("ATTACHED", Map.of())
            .with(t ->
                t.lastStatus("PENDING")
                    .connectivity(Connectivity.CONNECTED)
                    .connectivityAt(world.now()));
    save(start.begin(pending, definition(row)));
  }

  private void startContainers(TaskRow row) {
    TaskRow starting = row.at(Step.STARTING, world.now().plus(START_TIMEOUT));
    save(starting);
    Optional<String> failure = processes.start(starting, definition(row));
    failure.ifPresentOrElse(
        reason -> stop(starting, TaskStopCode.TASK_FAILED_TO_START, reason),
        () -> waiting(starting));
  }

  /**
   * Some containers run and others wait for them: starts those that need not wait any longer, and
   * gives the others the time that their task definition gives, or Fargate's.
   */
  void waiting(TaskRow row) {
    Optional<String> never = processes.hopeless(row);
    if (never.isPresent()) {
      stop(row, TaskStopCode.TASK_FAILED_TO_START, never.get());
      return;
    }
    processes.advance(row);
    Duration patience = processes.patience(row).orElse(START_TIMEOUT);
    save(row.at(Step.STARTING, world.now().plus(patience)));
  }

  private TaskDefinition definition(TaskRow row) {
    return state.taskDefinition(row.task().taskDefinitionArn()).orElseThrow();
  }

  /** Every container runs. Several target groups are waited for in ACTIVATING. */
  void running(TaskRow row, boolean severalTargetGroups) {
    TaskRow started = row.with(t -> t.startedAt(world.now()));
    save(
        severalTargetGroups
            ? started.with(t -> t.lastStatus("ACTIVATING")).at(Step.ACTIVATE, Instant.MAX)
            : started.with(t -> t.lastStatus("RUNNING")).at(Step.RUN, Instant.MAX));
  }

  /** The task is registered with its several target groups. */
  void activated(TaskRow row) {
    save(row.with(t -> t.lastStatus("RUNNING")).at(Step.RUN, Instant.MAX));
  }

  /** Stops a task that is wanted; without effect on one that is being stopped. */
  void stop(TaskRow row, TaskStopCode code, String reason) {
    if (!row.wanted()) {
      return;
    }
    TaskRow stopping =
        row.with(t ->
            t.desiredStatus("STOPPED")
                .stopCode(code)
                .stoppedReason(reason)
                .stoppingAt(world.now()));
    switch (row.step()) {
      case PROVISION, PREPARE, FAIL, PULL, START -> deprovision(explained(stopping, reason));
      case ACTIVATE, RUN -> {
        if (code == TaskStopCode.ESSENTIAL_CONTAINER_EXITED || row.targets().isEmpty()) {
          stopContainers(stopping);
        } else {
          save(stopping.at(Step.DEREGISTER, Instant.MAX));
        }
      }
      default -> stopContainers(stopping);
    }
  }

  /** A container that never ran carries the reason, too. */
  private static TaskRow explained(TaskRow row, String reason) {
    return reason.startsWith("CannotPullContainerError")
        ? row.containers(c -> c.copy(b -> b.reason(reason)))
        : row;
  }

  /**
   * The scheduler has taken the task out of its target groups: SIGTERM comes when they no longer
   * drain it.
   *
   * <p>Source: ECS developer guide, load-balancer-connection-draining: ECS waits until the target
   * is unused, which takes the deregistration delay; AWS news of 2023-02-13: tasks are deregistered
   * before they stop.
   */
  void drain(TaskRow row, Duration delay) {
    save(
        row.with(t -> t.lastStatus("DEACTIVATING"))
            .withTargets(List.of())
            .at(Step.DRAIN, world.now().plus(delay)));
  }

  private void stopContainers(TaskRow row) {
    TaskRow stopping =
        row.with(t -> t.lastStatus("STOPPING"))
            // What was never told to start need not be waited for.
            .containers(
                c -> processes.begun(row, c.name()) ? c : c.copy(b -> b.lastStatus("STOPPED")))
            .at(Step.STOP, Instant.MAX);
    save(stopping);
    if (processes.allEnded(stopping)) {
      ended(stopping);
    } else {
      processes.stop(stopping);
    }
  }

  /** Starts a container again within its task. */
  void again(TaskRow row, String container) {
    processes.again(row, container);
  }

  /** A container runs. */
  void up(TaskRow row, String container) {
    processes.up(row, container);
  }

  /** Stops what has started since the task was stopped. */
  void stopAgain(TaskRow row) {
    processes.stop(row);
  }

  /** Every container of a task that is being stopped has ended. */
  void ended(TaskRow row) {
    deprovision(row.with(t -> t.executionStoppedAt(world.now())));
  }

  private void deprovision(TaskRow row) {
    processes.release(row);
    save(
        row.attachment("DETACHING", Map.of())
            .with(t -> t.lastStatus("DEPROVISIONING"))
            .containers(c -> c.copy(b -> b.lastStatus("STOPPED")))
            .at(Step.DEPROVISION, world.now().plus(timings.deprovision())));
  }

  private void stopped(TaskRow row) {
    if (!row.networkInterfaceId().isEmpty()) {
      interfaces.delete(row.networkInterfaceId());
    }
    save(
        row.attachment("DELETED", Map.of())
            .with(t -> t.lastStatus("STOPPED").stoppedAt(world.now()))
            .at(Step.STOPPED, world.now().plus(KEPT)));
  }

  private void forget(TaskRow row) {
    state.leave(row);
    state.tasks().remove(row.arn());
    state.failingSince().remove(row.arn());
    restarts.forget(row);
    state.tags().remove(row.arn());
  }
}
