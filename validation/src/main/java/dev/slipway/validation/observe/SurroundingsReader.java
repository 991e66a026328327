package dev.slipway.validation.observe;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.ecs.model.Task;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;
import software.amazon.awssdk.services.ecs.model.TaskStopCode;

/** Reads what explains a failure, when something looks wrong. */
final class SurroundingsReader {

  private static final int TASKS_WITH_LOGS = 3;

  private final NetworkReader network;
  private final RoleReader roles;
  private final LogReader logs;

  SurroundingsReader(Aws aws) {
    this.network = new NetworkReader(aws);
    this.roles = new RoleReader(aws);
    this.logs = new LogReader(aws);
  }

  Surroundings surroundings(
      Ask ask, Service service, Collection<TaskDefinition> definitions, List<Task> tasks) {
    Map<String, TaskDefinition> byArn = new HashMap<>();
    definitions.forEach(d -> byArn.put(d.taskDefinitionArn(), d));
    Map<String, Surroundings.Role> found = new HashMap<>();
    definitions.stream()
        .flatMap(d -> Stream.of(d.executionRoleArn(), d.taskRoleArn()))
        .filter(arn -> arn != null)
        .distinct()
        .forEach(arn -> roles.role(ask, arn).ifPresent(r -> found.put(arn, r)));
    Map<String, List<String>> tails = new HashMap<>();
    // After a rollback the newest tasks are sound ones: what those that failed said is wanted too.
    Stream.concat(
            tasks.stream().filter(SurroundingsReader::failed).limit(TASKS_WITH_LOGS),
            tasks.stream().filter(t -> !Tasks.stopped(t)).limit(TASKS_WITH_LOGS))
        .filter(t -> byArn.containsKey(t.taskDefinitionArn()))
        .filter(t -> t.startedAt() != null || failed(t))
        .forEach(t -> tails.put(t.taskArn(), logs.tail(ask, t, byArn.get(t.taskDefinitionArn()))));
    return new Surroundings(
        true,
        network.network(ask, subnets(service)),
        Map.copyOf(found),
        logs.groups(ask, List.copyOf(definitions)),
        Map.copyOf(tails));
  }

  private static boolean failed(Task task) {
    return task.stopCode() == TaskStopCode.ESSENTIAL_CONTAINER_EXITED
        || (Tasks.stopped(task) && String.valueOf(task.stoppedReason()).contains("health check"));
  }

  private static List<String> subnets(Service service) {
    return service.networkConfiguration() == null
            || service.networkConfiguration().awsvpcConfiguration() == null
        ? List.of()
        : service.networkConfiguration().awsvpcConfiguration().subnets();
  }
}
