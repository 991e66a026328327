package dev.slipway.twin.ecs;

import dev.slipway.twin.logs.LogStreams;
import dev.slipway.twin.world.AwsError;
import dev.slipway.twin.world.World;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.cloudwatchlogs.model.CreateLogGroupRequest;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;

/** Prepares the awslogs driver of each container, as the platform does before a task starts. */
final class LoggerCheck {

  static final String GROUP = "awslogs-group";
  static final String REGION = "awslogs-region";
  static final String PREFIX = "awslogs-stream-prefix";
  static final String CREATE = "awslogs-create-group";

  private final World world;
  private final LogStreams streams;
  private final Dials dials;
  private final Permissions permissions;
  private final Timings timings;

  LoggerCheck(
      World world, LogStreams streams, Dials dials, Permissions permissions, Timings timings) {
    this.world = world;
    this.streams = streams;
    this.dials = dials;
    this.permissions = permissions;
    this.timings = timings;
  }

  /** The stream of a container. Source: ECS developer guide, using_awslogs. */
  static String stream(TaskRow task, ContainerDefinition container) {
    String prefix = container.logConfiguration().options().get(PREFIX);
    return prefix + "/" + container.name() + "/" + task.id();
  }

  /** Creates the streams, or says why they cannot be had. */
  Optional<Refusal> check(TaskRow task, TaskDefinition definition) {
    return definition.containerDefinitions().stream()
        .filter(c -> c.logConfiguration() != null)
        .map(c -> check(task, definition, c))
        .flatMap(Optional::stream)
        .findFirst();
  }

  private Optional<Refusal> check(
      TaskRow task, TaskDefinition definition, ContainerDefinition container) {
    Map<String, String> options = container.logConfiguration().options();
    for (String option : new String[] {REGION, GROUP}) {
      if (!options.containsKey(option)) {
        return refused(StartTexts.logOptionMissing(option));
      }
    }
    String host = "logs." + options.get(REGION) + ".amazonaws.com";
    if (dials.dial(task, "logs", host).isPresent()) {
      return Optional.of(new Refusal(StartTexts.logsUnreachable(), timings.connectionTimeout()));
    }
    String group = options.get(GROUP);
    if ("true".equals(options.get(CREATE))) {
      Optional<Refusal> refusal = createGroup(task, definition, group);
      if (refusal.isPresent()) {
        return refusal;
      }
    }
    return createStream(task, definition, group, stream(task, container));
  }

  private Optional<Refusal> createGroup(TaskRow task, TaskDefinition definition, String group) {
    Optional<String> denial =
        permissions.denial(task, definition, "logs", "logs:CreateLogGroup", groupArn(group));
    if (denial.isPresent()) {
      return refused(StartTexts.logGroupRefused("AccessDeniedException: " + denial.get()));
    }
    if (!streams.groupExists(group)) {
      world.operations().invoke(CreateLogGroupRequest.builder().logGroupName(group).build());
    }
    return Optional.empty();
  }

  private Optional<Refusal> createStream(
      TaskRow task, TaskDefinition definition, String group, String stream) {
    Optional<String> denial =
        permissions.denial(
            task,
            definition,
            "logs",
            "logs:CreateLogStream",
            groupArn(group) + ":log-stream:" + stream);
    if (denial.isPresent()) {
      return refused(StartTexts.logStreamRefused("AccessDeniedException: " + denial.get()));
    }
    try {
      streams.createStream(group, stream);
      return Optional.empty();
    } catch (AwsError e) {
      return refused(StartTexts.logStreamRefused(e.code() + ": " + e.getMessage()));
    }
  }

  private String groupArn(String group) {
    return world.arn("logs", "log-group:" + group);
  }

  private Optional<Refusal> refused(String reason) {
    return Optional.of(new Refusal(reason, timings.refusal()));
  }
}
