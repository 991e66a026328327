package dev.slipway.validation.observe;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
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
    try (Together all = new Together()) {
      var network = all.ask(() -> this.network.network(ask, subnets(service)));
      var groups = all.ask(() -> logs.groups(ask, List.copyOf(definitions)));
      var tails = all.ask(() -> tails(ask, byArn, tasks));
      return new Surroundings(
          true, network.get(), roles(ask, definitions, all), groups.get(), tails.get());
    }
  }

  private Map<String, Surroundings.Role> roles(
      Ask ask, Collection<TaskDefinition> definitions, Together all) {
    Map<String, Supplier<Optional<Surroundings.Role>>> asked = new LinkedHashMap<>();
    definitions.stream()
        .flatMap(d -> Stream.of(d.executionRoleArn(), d.taskRoleArn()))
        .filter(arn -> arn != null)
        .distinct()
        .forEach(arn -> asked.put(arn, all.ask(() -> roles.role(ask, arn))));
    Map<String, Surroundings.Role> found = new HashMap<>();
    asked.forEach((arn, role) -> role.get().ifPresent(r -> found.put(arn, r)));
    return Map.copyOf(found);
  }

  private Map<String, List<String>> tails(
      Ask ask, Map<String, TaskDefinition> byArn, List<Task> tasks) {
    Map<String, List<String>> tails = new HashMap<>();
    // After a rollback the newest tasks are sound ones: what those that failed said is wanted too.
    Stream.concat(
            tasks.stream().filter(SurroundingsReader::failed).limit(TASKS_WITH_LOGS),
            tasks.stream().filter(t -> !Tasks.stopped(t)).limit(TASKS_WITH_LOGS))
        .filter(t -> byArn.containsKey(t.taskDefinitionArn()))
        .filter(t -> t.startedAt() != null || failed(t))
        .forEach(t -> tails.put(t.taskArn(), logs.tail(ask, t, byArn.get(t.taskDefinitionArn()))));
    return Map.copyOf(tails);
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
