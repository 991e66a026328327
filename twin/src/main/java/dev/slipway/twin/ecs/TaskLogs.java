package dev.slipway.twin.ecs;

import dev.slipway.twin.logs.LogStreams;
import dev.slipway.twin.world.World;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;

/** Brings the output of containers to CloudWatch Logs, where the role allows it. */
final class TaskLogs {

  private static final Duration BATCH = Duration.ofSeconds(5);

  private final EcsState state;
  private final World world;
  private final LogStreams streams;
  private final Dials dials;
  private final Permissions permissions;
  // Asked once a batch, as deciding for each line would be slow; nothing is lost in a copy.
  private final Map<String, Batch> batches = new HashMap<>();

  /**
   * Lines of a task that share one call of PutLogEvents.
   *
   * @param delivered whether they arrive
   * @param end when the next batch begins
   */
  private record Batch(boolean delivered, Instant end) {}

  TaskLogs(EcsState state, LogStreams streams, Dials dials, Permissions permissions) {
    this.state = state;
    this.world = state.world();
    this.streams = streams;
    this.dials = dials;
    this.permissions = permissions;
  }

  /**
   * Appends a line; without logs:PutLogEvents or a way to CloudWatch Logs it is lost in silence.
   *
   * <p>Source: Docker documentation, awslogs driver: batches are sent every five seconds, and one
   * that cannot be sent is dropped.
   */
  void append(TaskRow row, String container, Instant at, String line) {
    Optional<TaskDefinition> definition = state.taskDefinition(row.task().taskDefinitionArn());
    definition
        .flatMap(d ->
            d.containerDefinitions().stream()
                .filter(c -> c.name().equals(container) && c.logConfiguration() != null)
                .findFirst())
        .filter(c -> arrives(row, definition.get(), c))
        .ifPresent(c ->
            streams.append(
                c.logConfiguration().options().get(LoggerCheck.GROUP),
                LoggerCheck.stream(row, c),
                at,
                line));
  }

  /** Forgets a task that has ended. */
  void forget(TaskRow row) {
    batches.remove(row.arn());
  }

  private boolean arrives(TaskRow row, TaskDefinition definition, ContainerDefinition container) {
    Batch batch = batches.get(row.arn());
    if (batch == null || !world.now().isBefore(batch.end())) {
      batch = new Batch(decide(row, definition, container), world.now().plus(BATCH));
      batches.put(row.arn(), batch);
    }
    return batch.delivered();
  }

  private boolean decide(TaskRow row, TaskDefinition definition, ContainerDefinition container) {
    Map<String, String> options = container.logConfiguration().options();
    String host = "logs." + options.get(LoggerCheck.REGION) + ".amazonaws.com";
    String resource =
        world.arn(
            "logs",
            "log-group:"
                + options.get(LoggerCheck.GROUP)
                + ":log-stream:"
                + LoggerCheck.stream(row, container));
    return dials.dial(row, "logs", host).isEmpty()
        && permissions.denial(row, definition, "logs", "logs:PutLogEvents", resource).isEmpty();
  }
}
