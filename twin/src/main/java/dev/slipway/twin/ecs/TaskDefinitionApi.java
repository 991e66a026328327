package dev.slipway.twin.ecs;

import dev.slipway.twin.world.AwsError;
import dev.slipway.twin.world.Caller;
import dev.slipway.twin.world.Page;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import software.amazon.awssdk.services.ecs.model.Compatibility;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.DeleteTaskDefinitionsRequest;
import software.amazon.awssdk.services.ecs.model.DeleteTaskDefinitionsResponse;
import software.amazon.awssdk.services.ecs.model.DeregisterTaskDefinitionRequest;
import software.amazon.awssdk.services.ecs.model.DeregisterTaskDefinitionResponse;
import software.amazon.awssdk.services.ecs.model.DescribeTaskDefinitionRequest;
import software.amazon.awssdk.services.ecs.model.DescribeTaskDefinitionResponse;
import software.amazon.awssdk.services.ecs.model.Failure;
import software.amazon.awssdk.services.ecs.model.HealthCheck;
import software.amazon.awssdk.services.ecs.model.ListTaskDefinitionFamiliesRequest;
import software.amazon.awssdk.services.ecs.model.ListTaskDefinitionFamiliesResponse;
import software.amazon.awssdk.services.ecs.model.ListTaskDefinitionsRequest;
import software.amazon.awssdk.services.ecs.model.ListTaskDefinitionsResponse;
import software.amazon.awssdk.services.ecs.model.RegisterTaskDefinitionRequest;
import software.amazon.awssdk.services.ecs.model.RegisterTaskDefinitionResponse;
import software.amazon.awssdk.services.ecs.model.SortOrder;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;
import software.amazon.awssdk.services.ecs.model.TaskDefinitionFamilyStatus;
import software.amazon.awssdk.services.ecs.model.TaskDefinitionField;
import software.amazon.awssdk.services.ecs.model.TaskDefinitionStatus;
import software.amazon.awssdk.services.ecs.model.TransportProtocol;

/** The task definition operations. Source: ECS API reference. */
final class TaskDefinitionApi {

  private final EcsState state;
  private final TaskDefinitionRules rules;

  TaskDefinitionApi(EcsState state, TaskDefinitionRules rules) {
    this.state = state;
    this.rules = rules;
  }

  /** RegisterTaskDefinition. */
  public RegisterTaskDefinitionResponse registerTaskDefinition(
      RegisterTaskDefinitionRequest request) {
    rules.check(request);
    int revision = state.revisions().find(request.family()).orElse(0) + 1;
    String key = request.family() + ":" + revision;
    TaskDefinition definition =
        TaskDefinition.builder()
            .taskDefinitionArn(state.world().arn("ecs", "task-definition/" + key))
            .family(request.family())
            .revision(revision)
            .status(TaskDefinitionStatus.ACTIVE)
            .containerDefinitions(
                request.containerDefinitions().stream().map(TaskDefinitionApi::completed).toList())
            .taskRoleArn(request.taskRoleArn())
            .executionRoleArn(request.executionRoleArn())
            .networkMode(request.networkMode())
            .volumes(List.copyOf(request.volumes()))
            .placementConstraints(List.of())
            .compatibilities(Compatibility.EC2, Compatibility.FARGATE)
            .requiresCompatibilities(request.requiresCompatibilities())
            .runtimePlatform(request.runtimePlatform())
            .cpu(FargateSizes.cpuUnits(request.cpu()))
            .memory(FargateSizes.memoryMiB(request.memory()))
            .pidMode(request.pidMode())
            .ephemeralStorage(request.ephemeralStorage())
            .registeredAt(state.world().now())
            .registeredBy(Caller.current(state.world().account()).arn())
            .build();
    state.revisions().put(request.family(), revision);
    state.taskDefinitions().put(key, definition);
    state.tags().put(definition.taskDefinitionArn(), Tags.merged(List.of(), request.tags()));
    return RegisterTaskDefinitionResponse.builder()
        .taskDefinition(definition)
        .tags(state.tags(definition.taskDefinitionArn()))
        .build();
  }

  /** Fills in what ECS fills in. Source: answers of RegisterTaskDefinition. */
  private static ContainerDefinition completed(ContainerDefinition given) {
    return given.copy(c -> {
      c.cpu(given.cpu() == null ? 0 : given.cpu());
      c.essential(given.essential() == null || given.essential());
      // Copies, for a list that was left out is answered as an empty one.
      c.environment(List.copyOf(given.environment()));
      c.mountPoints(List.copyOf(given.mountPoints()));
      c.volumesFrom(List.copyOf(given.volumesFrom()));
      c.systemControls(List.copyOf(given.systemControls()));
      c.portMappings(
          given.portMappings().stream()
              .map(p ->
                  p.copy(b ->
                      b.hostPort(p.containerPort())
                          .protocol(p.protocol() == null ? TransportProtocol.TCP : p.protocol())))
              .toList());
      if (given.healthCheck() != null) {
        c.healthCheck(completed(given.healthCheck()));
      }
    });
  }

  private static HealthCheck completed(HealthCheck given) {
    return given.copy(h ->
        h.interval(given.interval() == null ? 30 : given.interval())
            .timeout(given.timeout() == null ? 5 : given.timeout())
            .retries(given.retries() == null ? 3 : given.retries()));
  }

  /** DescribeTaskDefinition. */
  public DescribeTaskDefinitionResponse describeTaskDefinition(
      DescribeTaskDefinitionRequest request) {
    TaskDefinition found = require(request.taskDefinition());
    var response = DescribeTaskDefinitionResponse.builder().taskDefinition(found);
    if (request.include().contains(TaskDefinitionField.TAGS)) {
      response.tags(state.tags(found.taskDefinitionArn()));
    }
    return response.build();
  }

  /** DeregisterTaskDefinition; the definition stays as INACTIVE. */
  public DeregisterTaskDefinitionResponse deregisterTaskDefinition(
      DeregisterTaskDefinitionRequest request) {
    TaskDefinition found = require(request.taskDefinition());
    TaskDefinition changed =
        found.copy(
            t -> t.status(TaskDefinitionStatus.INACTIVE).deregisteredAt(state.world().now()));
    state.taskDefinitions().put(EcsState.key(found), changed);
    return DeregisterTaskDefinitionResponse.builder().taskDefinition(changed).build();
  }

  /** DeleteTaskDefinitions; only INACTIVE ones can be deleted, and they go at once when unused. */
  public DeleteTaskDefinitionsResponse deleteTaskDefinitions(DeleteTaskDefinitionsRequest request) {
    if (request.taskDefinitions().size() > 10) {
      throw EcsErrors.invalid("At most 10 task definitions can be deleted in one call.");
    }
    List<TaskDefinition> deleted = new ArrayList<>();
    List<Failure> failures = new ArrayList<>();
    for (String name : request.taskDefinitions()) {
      TaskDefinition found = state.taskDefinition(name).orElse(null);
      if (found == null || found.status() == TaskDefinitionStatus.ACTIVE) {
        failures.add(
            Failure.builder()
                .arn(state.world().arn("ecs", "task-definition/" + EcsState.lastPart(name)))
                .reason(
                    found == null
                        ? "The specified task definition does not exist. Specify a valid account,"
                            + " family, revision and try again."
                        : "The specified task definition is still in ACTIVE status. Please"
                            + " deregister the target and try again.")
                .build());
      } else {
        deleted.add(delete(found));
      }
    }
    return DeleteTaskDefinitionsResponse.builder()
        .taskDefinitions(deleted)
        .failures(failures)
        .build();
  }

  private TaskDefinition delete(TaskDefinition found) {
    TaskDefinition leaving = found.copy(t -> t.status(TaskDefinitionStatus.DELETE_IN_PROGRESS));
    String arn = found.taskDefinitionArn();
    boolean used =
        state.tasks().all().stream()
                .anyMatch(t -> t.task().taskDefinitionArn().equals(arn) && !t.status("STOPPED"))
            || state.services().all().stream()
                .anyMatch(s ->
                    !s.inactive()
                        && s.rollouts().stream()
                            .anyMatch(r -> r.deployment().taskDefinition().equals(arn)));
    if (used) {
      state.taskDefinitions().put(EcsState.key(found), leaving);
    } else {
      state.taskDefinitions().remove(EcsState.key(found));
      state.tags().remove(arn);
    }
    return leaving;
  }

  /** ListTaskDefinitions. */
  public ListTaskDefinitionsResponse listTaskDefinitions(ListTaskDefinitionsRequest request) {
    TaskDefinitionStatus status =
        request.status() == null ? TaskDefinitionStatus.ACTIVE : request.status();
    Comparator<TaskDefinition> order =
        Comparator.comparing(TaskDefinition::family).thenComparing(TaskDefinition::revision);
    List<String> arns =
        state
            .taskDefinitions()
            .where(t ->
                t.status() == status
                    && (request.familyPrefix() == null
                        || t.family().equals(request.familyPrefix())))
            .stream()
            .sorted(request.sort() == SortOrder.DESC ? order.reversed() : order)
            .map(TaskDefinition::taskDefinitionArn)
            .toList();
    Page<String> page = Listing.page(arns, request.maxResults(), request.nextToken(), 100);
    return ListTaskDefinitionsResponse.builder()
        .taskDefinitionArns(page.items())
        .nextToken(page.nextToken())
        .build();
  }

  /** ListTaskDefinitionFamilies. */
  public ListTaskDefinitionFamiliesResponse listTaskDefinitionFamilies(
      ListTaskDefinitionFamiliesRequest request) {
    TaskDefinitionFamilyStatus status =
        request.status() == null ? TaskDefinitionFamilyStatus.ACTIVE : request.status();
    String prefix = request.familyPrefix() == null ? "" : request.familyPrefix();
    List<String> families =
        state.taskDefinitions().all().stream()
            .map(TaskDefinition::family)
            .distinct()
            .filter(f -> f.startsWith(prefix))
            .filter(f ->
                status == TaskDefinitionFamilyStatus.ALL
                    || isActive(f) == (status == TaskDefinitionFamilyStatus.ACTIVE))
            .sorted()
            .toList();
    Page<String> page = Listing.page(families, request.maxResults(), request.nextToken(), 100);
    return ListTaskDefinitionFamiliesResponse.builder()
        .families(page.items())
        .nextToken(page.nextToken())
        .build();
  }

  private boolean isActive(String family) {
    return state.taskDefinition(family).isPresent();
  }

  private TaskDefinition require(String name) {
    if (name == null || name.isEmpty()) {
      throw EcsErrors.client("Task Definition can not be blank.");
    }
    return state.taskDefinition(name).orElseThrow(TaskDefinitionApi::unknown);
  }

  private static AwsError unknown() {
    return EcsErrors.client("Unable to describe task definition.");
  }
}
