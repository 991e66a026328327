package dev.slipway.validation.observe;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.cloudwatchlogs.model.OutputLogEvent;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.Task;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;

/** Reads whether log groups exist and what containers last said. */
final class LogReader {

  private static final int TAIL = 40;

  private final Aws aws;

  LogReader(Aws aws) {
    this.aws = aws;
  }

  /** The log group of a container, empty when it does not log to CloudWatch. */
  static Optional<String> group(ContainerDefinition container) {
    return Optional.ofNullable(container.logConfiguration())
        .filter(l -> "awslogs".equals(l.logDriverAsString()))
        .map(l -> l.options().get("awslogs-group"));
  }

  /**
   * For each log group of these definitions whether it exists; left out when it may not be read.
   */
  Map<String, Boolean> groups(Ask ask, List<TaskDefinition> definitions) {
    Map<String, Boolean> exists = new HashMap<>();
    definitions.stream()
        .flatMap(d -> d.containerDefinitions().stream())
        .flatMap(c -> group(c).stream())
        .distinct()
        .forEach(name ->
            ask.optional(
                    "logs:DescribeLogGroups",
                    Optional.<Boolean>empty(),
                    () ->
                        Optional.of(
                            aws
                                .logs()
                                .describeLogGroups(r -> r.logGroupNamePrefix(name))
                                .logGroups()
                                .stream()
                                .anyMatch(g -> name.equals(g.logGroupName()))))
                .ifPresent(e -> exists.put(name, e)));
    return Map.copyOf(exists);
  }

  /** The last lines of a task's containers, oldest first; empty when there are none. */
  List<String> tail(Ask ask, Task task, TaskDefinition definition) {
    return definition.containerDefinitions().stream()
        .flatMap(c -> tail(ask, task, c).stream())
        .toList();
  }

  /** Streams are named {@code prefix/container/task}. Source: ECS developer guide, awslogs. */
  private List<String> tail(Ask ask, Task task, ContainerDefinition container) {
    String group = group(container).orElse("");
    if (group.isEmpty()) {
      return List.of();
    }
    String prefix =
        container.logConfiguration().options().getOrDefault("awslogs-stream-prefix", "ecs");
    String stream = prefix + "/" + container.name() + "/" + Tasks.id(task);
    return ask.optional(
        "logs:GetLogEvents",
        List.<String>of(),
        () ->
            aws
                .logs()
                .getLogEvents(r ->
                    r.logGroupName(group).logStreamName(stream).limit(TAIL).startFromHead(false))
                .events()
                .stream()
                .map(OutputLogEvent::message)
                .toList());
  }
}
