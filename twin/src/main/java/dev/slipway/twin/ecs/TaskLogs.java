package dev.slipway.twin.ecs;

import dev.slipway.twin.logs.LogStreams;
import dev.slipway.twin.world.World;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;

/** Brings the output of containers to CloudWatch Logs, where the role allows it. */
final class TaskLogs {

  private final EcsState state;
  private final World world;
  private final LogStreams streams;
  private final Permissions permissions;
  // Asked once a task, as deciding for each line would be slow; nothing is lost in a copy.
  private final Map<String, Boolean> allowed = new HashMap<>();

  TaskLogs(EcsState state, LogStreams streams, Permissions permissions) {
    this.state = state;
    this.world = state.world();
    this.streams = streams;
    this.permissions = permissions;
  }

  /** Appends a line; without logs:PutLogEvents it is lost in silence, as on AWS. */
  void append(TaskRow row, String container, Instant at, String line) {
    Optional<TaskDefinition> definition = state.taskDefinition(row.task().taskDefinitionArn());
    definition
        .flatMap(d ->
            d.containerDefinitions().stream()
                .filter(c -> c.name().equals(container) && c.logConfiguration() != null)
                .findFirst())
        .filter(c -> mayWrite(row, definition.get(), c))
        .ifPresent(c ->
            streams.append(
                c.logConfiguration().options().get(LoggerCheck.GROUP),
                LoggerCheck.stream(row, c),
                at,
                line));
  }

  /** Forgets a task that has ended. */
  void forget(TaskRow row) {
    allowed.remove(row.arn());
  }

  private boolean mayWrite(TaskRow row, TaskDefinition definition, ContainerDefinition container) {
    return allowed.computeIfAbsent(
        row.arn(),
        arn -> {
          String group = container.logConfiguration().options().get(LoggerCheck.GROUP);
          String resource =
              world.arn(
                  "logs",
                  "log-group:" + group + ":log-stream:" + LoggerCheck.stream(row, container));
          return permissions.denial(row, definition, "logs:PutLogEvents", resource).isEmpty();
        });
  }
}
