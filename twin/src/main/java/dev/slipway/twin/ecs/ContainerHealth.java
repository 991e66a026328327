package dev.slipway.twin.ecs;

import dev.slipway.twin.world.Table;
import dev.slipway.twin.world.World;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.ecs.model.Container;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.HealthCheck;
import software.amazon.awssdk.services.ecs.model.HealthStatus;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;

/**
 * Runs the health checks that task definitions give for containers.
 *
 * <p>Source: ECS API reference, HealthCheck: a success within the start period makes a container
 * HEALTHY at once, failures within it do not count until then. A check in the image is ignored.
 */
final class ContainerHealth {

  /**
   * Where the checks of a container stand.
   *
   * @param taskArn its task
   * @param container its name
   * @param since when the container started
   * @param next when it is checked next; {@link Instant#MAX} while a check runs
   * @param failures consecutive failures that count
   */
  record Probe(String taskArn, String container, Instant since, Instant next, int failures) {
    Probe at(Instant when, int count) {
      return new Probe(taskArn, container, since, when, count);
    }
  }

  private final EcsState state;
  private final World world;
  private final TaskProcesses processes;

  ContainerHealth(EcsState state, TaskProcesses processes) {
    this.state = state;
    this.world = state.world();
    this.processes = processes;
  }

  private Table<Probe> probes() {
    return world.table("ecs.containerProbes");
  }

  /** Begins to check a container that has started. */
  void watch(TaskRow row, String container) {
    Optional<HealthCheck> check = check(row, container);
    if (check.isPresent()) {
      Instant next = world.now().plusSeconds(check.get().interval());
      schedule(new Probe(row.arn(), container, world.now(), next, 0));
    }
  }

  /** Nothing is known of a container that is started again. */
  void restart(TaskRow row, String container) {
    probes().remove(row.arn() + "#" + container);
    if (check(row, container).isPresent()) {
      judge(row.container(container, c -> c.healthStatus(HealthStatus.UNKNOWN)));
    }
  }

  private TaskRow judge(TaskRow changed) {
    HealthStatus whole = worst(changed);
    TaskRow judged = changed.with(t -> t.healthStatus(whole));
    state.tasks().put(judged.arn(), judged);
    return judged;
  }

  private void schedule(Probe probe) {
    String key = key(probe);
    probes().put(key, probe);
    world.after(
        Duration.between(world.now(), probe.next()),
        () -> probes().find(key).filter(probe::equals).ifPresent(this::run));
  }

  private void run(Probe probe) {
    Optional<TaskRow> row = state.tasks().find(probe.taskArn()).filter(r -> alive(r, probe));
    if (row.isEmpty()) {
      probes().remove(key(probe));
      return;
    }
    Probe running = probe.at(Instant.MAX, probe.failures());
    probes().put(key(probe), running);
    HealthCheck check = check(row.get(), probe.container()).orElseThrow();
    processes.exec(
        row.get(), probe.container(), check, code -> world.run(() -> result(running, check, code)));
  }

  private void result(Probe probe, HealthCheck check, int exitCode) {
    Optional<TaskRow> row = state.tasks().find(probe.taskArn()).filter(r -> alive(r, probe));
    if (row.isEmpty() || probes().find(key(probe)).filter(probe::equals).isEmpty()) {
      return;
    }
    HealthStatus before = TaskProcesses.find(row.get(), probe.container()).healthStatus();
    int period = check.startPeriod() == null ? 0 : check.startPeriod();
    boolean excused =
        before == HealthStatus.UNKNOWN && world.now().isBefore(probe.since().plusSeconds(period));
    int failures = exitCode == 0 || excused ? 0 : probe.failures() + 1;
    HealthStatus after =
        exitCode == 0
            ? HealthStatus.HEALTHY
            : failures >= check.retries() ? HealthStatus.UNHEALTHY : before;
    if (after != before) {
      // What waits for this container to be healthy may start now.
      processes.advance(judge(row.get().container(probe.container(), c -> c.healthStatus(after))));
    }
    schedule(probe.at(world.now().plusSeconds(check.interval()), failures));
  }

  /** The task is as healthy as its least healthy essential container. */
  private HealthStatus worst(TaskRow row) {
    List<HealthStatus> all =
        row.task().containers().stream()
            .filter(c -> essential(row, c))
            .map(Container::healthStatus)
            .toList();
    if (all.contains(HealthStatus.UNHEALTHY)) {
      return HealthStatus.UNHEALTHY;
    }
    return all.contains(HealthStatus.UNKNOWN) ? HealthStatus.UNKNOWN : HealthStatus.HEALTHY;
  }

  private boolean essential(TaskRow row, Container container) {
    return definition(row, container.name()).map(ContainerDefinition::essential).orElse(false);
  }

  private static boolean alive(TaskRow row, Probe probe) {
    return "RUNNING".equals(TaskProcesses.find(row, probe.container()).lastStatus());
  }

  private Optional<HealthCheck> check(TaskRow row, String container) {
    return definition(row, container).map(ContainerDefinition::healthCheck);
  }

  private Optional<ContainerDefinition> definition(TaskRow row, String container) {
    return state
        .taskDefinition(row.task().taskDefinitionArn())
        .map(TaskDefinition::containerDefinitions)
        .flatMap(all -> all.stream().filter(c -> c.name().equals(container)).findFirst());
  }

  private static String key(Probe probe) {
    return probe.taskArn() + "#" + probe.container();
  }
}
