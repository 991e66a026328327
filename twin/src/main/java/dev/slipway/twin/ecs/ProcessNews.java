package dev.slipway.twin.ecs;

import dev.slipway.twin.runtime.TaskRuntime;
import dev.slipway.twin.world.World;
import java.time.Instant;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;
import software.amazon.awssdk.services.ecs.model.TaskStopCode;

/** Takes in what becomes of the processes of tasks, on whatever thread it is told. */
final class ProcessNews {

  private static final String OUT_OF_MEMORY =
      "OutOfMemoryError: Container killed due to memory usage";

  private final EcsState state;
  private final World world;
  private final TaskLifecycle lifecycle;
  private final Restarts restarts;
  private final ContainerHealth health;
  private final TaskLogs logs;

  ProcessNews(
      EcsState state,
      TaskLifecycle lifecycle,
      Restarts restarts,
      ContainerHealth health,
      TaskLogs logs) {
    this.restarts = restarts;
    this.state = state;
    this.world = state.world();
    this.lifecycle = lifecycle;
    this.health = health;
    this.logs = logs;
  }

  /**
   * The listener of one task's processes.
   *
   * @param current whether they are still those of the task; asked under the world's lock
   */
  TaskRuntime.Listener listener(String taskArn, BooleanSupplier current) {
    return new TaskRuntime.Listener() {
      @Override
      public void started(String container) {
        with(taskArn, current, row -> containerStarted(row, container));
      }

      @Override
      public void startFailed(String container, String message) {
        with(taskArn, current, row -> containerRefused(row, container, message));
      }

      @Override
      public void output(String container, Instant at, String line) {
        with(taskArn, current, row -> logs.append(row, container, at, line));
      }

      @Override
      public void exited(String container, int exitCode, boolean outOfMemory) {
        with(taskArn, current, row -> containerEnded(row, container, exitCode, outOfMemory));
      }
    };
  }

  private void with(String taskArn, BooleanSupplier current, Consumer<TaskRow> change) {
    world.run(
        () -> state.tasks().find(taskArn).filter(row -> current.getAsBoolean()).ifPresent(change));
  }

  private void containerStarted(TaskRow row, String name) {
    lifecycle.up(row, name);
    restarts.started(row, name);
    if (row.step() == Step.STOP) {
      // It was stopped while it started, when there was nothing yet to send a signal to.
      TaskRow started = row.container(name, c -> c.lastStatus("RUNNING"));
      lifecycle.save(started);
      lifecycle.stopAgain(started);
      return;
    }
    if (row.step() != Step.STARTING) {
      // A resumed task: its containers run already as far as the API is concerned.
      health.watch(row, name);
      return;
    }
    TaskRow changed =
        row.container(
            name, c -> c.lastStatus("RUNNING").runtimeId(row.id() + "-" + world.ids().digits(10)));
    boolean all =
        changed.task().containers().stream().noneMatch(c -> c.lastStatus().equals("PENDING"));
    if (all) {
      lifecycle.running(changed, severalTargetGroups(row));
    } else {
      lifecycle.waiting(changed);
    }
    health.watch(changed, name);
  }

  private boolean severalTargetGroups(TaskRow row) {
    return state
        .serviceRevisions()
        .find(row.origin().revisionArn())
        .map(r -> r.loadBalancers().size() > 1)
        .orElse(false);
  }

  private void containerRefused(TaskRow row, String name, String message) {
    String reason = StartTexts.cannotStart(message);
    TaskRow changed = row.container(name, c -> c.lastStatus("STOPPED").reason(reason));
    lifecycle.save(changed);
    if (row.step() == Step.STOP && allEnded(changed)) {
      lifecycle.ended(changed);
    } else {
      lifecycle.stop(changed, TaskStopCode.TASK_FAILED_TO_START, reason);
    }
  }

  private void containerEnded(TaskRow row, String name, int exitCode, boolean outOfMemory) {
    if (row.wanted() && restarts.again(row, name, exitCode)) {
      health.restart(row, name);
      lifecycle.again(row, name);
      return;
    }
    TaskRow changed =
        row.container(
            name,
            c -> {
              c.lastStatus("STOPPED").exitCode(exitCode);
              if (outOfMemory) {
                c.reason(OUT_OF_MEMORY);
              }
            });
    if (row.step() == Step.DEPROVISION || row.step() == Step.STOPPED) {
      return;
    }
    lifecycle.save(changed);
    if (row.step() == Step.STOP) {
      lifecycle.stopAgain(changed);
    }
    boolean all = allEnded(changed);
    if (all) {
      logs.forget(changed);
    }
    if (row.wanted() && (essential(row, name) || all)) {
      lifecycle.stop(
          changed, TaskStopCode.ESSENTIAL_CONTAINER_EXITED, "Essential container in task exited");
    } else if (all && row.step() == Step.STOP) {
      lifecycle.ended(changed);
    } else if (row.step() == Step.STARTING) {
      lifecycle.waiting(changed);
    }
  }

  private static boolean allEnded(TaskRow row) {
    return row.task().containers().stream().allMatch(c -> c.lastStatus().equals("STOPPED"));
  }

  private boolean essential(TaskRow row, String name) {
    return state
        .taskDefinition(row.task().taskDefinitionArn())
        .map(TaskDefinition::containerDefinitions)
        .flatMap(all -> all.stream().filter(c -> c.name().equals(name)).findFirst())
        .map(ContainerDefinition::essential)
        .orElse(true);
  }
}
