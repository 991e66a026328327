package dev.slipway.twin.ecs;

import dev.slipway.twin.world.Table;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.ecs.model.Cluster;
import software.amazon.awssdk.services.ecs.model.Failure;
import software.amazon.awssdk.services.ecs.model.GetTaskProtectionRequest;
import software.amazon.awssdk.services.ecs.model.GetTaskProtectionResponse;
import software.amazon.awssdk.services.ecs.model.ProtectedTask;
import software.amazon.awssdk.services.ecs.model.UpdateTaskProtectionRequest;
import software.amazon.awssdk.services.ecs.model.UpdateTaskProtectionResponse;

/** Scale-in protection of tasks. Source: ECS API reference, UpdateTaskProtection. */
final class TaskProtectionApi {

  private static final int USUAL_MINUTES = 120;
  private static final int MOST_MINUTES = 2880;
  private static final int MOST_TASKS = 10;

  private final EcsState state;

  TaskProtectionApi(EcsState state) {
    this.state = state;
  }

  private static Table<Instant> expirations(EcsState state) {
    return state.world().table("ecs.taskProtection");
  }

  /** Whether a task is protected now. */
  static boolean covers(EcsState state, String taskArn) {
    return expiration(state, taskArn).isPresent();
  }

  private static Optional<Instant> expiration(EcsState state, String taskArn) {
    return expirations(state).find(taskArn).filter(e -> e.isAfter(state.world().now()));
  }

  /** UpdateTaskProtection. */
  public UpdateTaskProtectionResponse updateTaskProtection(UpdateTaskProtectionRequest request) {
    Cluster cluster = state.cluster(request.cluster());
    if (request.tasks().isEmpty() || request.tasks().size() > MOST_TASKS) {
      throw EcsErrors.invalid("Tasks must have between 1 and 10 elements.");
    }
    int minutes = request.expiresInMinutes() == null ? USUAL_MINUTES : request.expiresInMinutes();
    if (minutes < 1 || minutes > MOST_MINUTES) {
      throw EcsErrors.invalid("expiresInMinutes must be between 1 and 2880.");
    }
    List<ProtectedTask> done = new ArrayList<>();
    List<Failure> failures = new ArrayList<>();
    for (String name : request.tasks()) {
      Optional<TaskRow> task = state.task(cluster, name);
      if (task.isEmpty() || task.get().origin().serviceArn().isEmpty()) {
        failures.add(
            Failure.builder()
                .arn(name)
                .reason(task.isEmpty() ? "MISSING" : "TASK_NOT_VALID")
                .build());
        continue;
      }
      if (Boolean.TRUE.equals(request.protectionEnabled())) {
        expirations(state).put(task.get().arn(), state.world().now().plusSeconds(60L * minutes));
      } else {
        expirations(state).remove(task.get().arn());
      }
      done.add(shown(task.get()));
    }
    return UpdateTaskProtectionResponse.builder().protectedTasks(done).failures(failures).build();
  }

  /** GetTaskProtection. */
  public GetTaskProtectionResponse getTaskProtection(GetTaskProtectionRequest request) {
    Cluster cluster = state.cluster(request.cluster());
    List<ProtectedTask> found = new ArrayList<>();
    List<Failure> failures = new ArrayList<>();
    for (String name : request.tasks()) {
      state
          .task(cluster, name)
          .ifPresentOrElse(
              t -> found.add(shown(t)),
              () -> failures.add(Failure.builder().arn(name).reason("MISSING").build()));
    }
    return GetTaskProtectionResponse.builder().protectedTasks(found).failures(failures).build();
  }

  private ProtectedTask shown(TaskRow task) {
    Optional<Instant> until = expiration(state, task.arn());
    return ProtectedTask.builder()
        .taskArn(task.arn())
        .protectionEnabled(until.isPresent())
        .expirationDate(until.orElse(null))
        .build();
  }
}
