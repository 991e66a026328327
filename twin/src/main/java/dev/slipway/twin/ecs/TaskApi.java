package dev.slipway.twin.ecs;

import dev.slipway.twin.world.Page;
import dev.slipway.twin.world.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.ecs.model.AssignPublicIp;
import software.amazon.awssdk.services.ecs.model.AwsVpcConfiguration;
import software.amazon.awssdk.services.ecs.model.CapacityProviderStrategyItem;
import software.amazon.awssdk.services.ecs.model.Cluster;
import software.amazon.awssdk.services.ecs.model.DescribeTasksRequest;
import software.amazon.awssdk.services.ecs.model.DescribeTasksResponse;
import software.amazon.awssdk.services.ecs.model.DesiredStatus;
import software.amazon.awssdk.services.ecs.model.Failure;
import software.amazon.awssdk.services.ecs.model.ListTasksRequest;
import software.amazon.awssdk.services.ecs.model.ListTasksResponse;
import software.amazon.awssdk.services.ecs.model.NetworkConfiguration;
import software.amazon.awssdk.services.ecs.model.PropagateTags;
import software.amazon.awssdk.services.ecs.model.RunTaskRequest;
import software.amazon.awssdk.services.ecs.model.RunTaskResponse;
import software.amazon.awssdk.services.ecs.model.StopTaskRequest;
import software.amazon.awssdk.services.ecs.model.StopTaskResponse;
import software.amazon.awssdk.services.ecs.model.Tag;
import software.amazon.awssdk.services.ecs.model.Task;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;
import software.amazon.awssdk.services.ecs.model.TaskDefinitionStatus;
import software.amazon.awssdk.services.ecs.model.TaskField;
import software.amazon.awssdk.services.ecs.model.TaskOverride;
import software.amazon.awssdk.services.ecs.model.TaskStopCode;

/** The task operations. Source: ECS API reference. */
final class TaskApi {

  private static final int MOST_RUN = 10;
  private static final int MOST_DESCRIBED = 100;

  private final EcsState state;
  private final NetworkRules network;
  private final Permissions permissions;
  private final TaskLifecycle lifecycle;

  TaskApi(EcsState state, NetworkRules network, Permissions permissions, TaskLifecycle lifecycle) {
    this.state = state;
    this.network = network;
    this.permissions = permissions;
    this.lifecycle = lifecycle;
  }

  /** RunTask; a client token that was used returns the tasks that it started. */
  public RunTaskResponse runTask(RunTaskRequest request) {
    Cluster cluster = state.cluster(request.cluster());
    Table<List<String>> tokens = state.world().table("ecs.runTokens");
    String token = given(request.clientToken(), "");
    List<Task> started = started(tokens.find(token).orElse(List.of()));
    if (started.isEmpty()) {
      started = run(request, cluster);
      if (!token.isEmpty()) {
        tokens.put(token, started.stream().map(Task::taskArn).toList());
      }
    }
    return RunTaskResponse.builder().tasks(started).failures(List.of()).build();
  }

  private List<Task> started(List<String> arns) {
    return arns.stream()
        .map(arn -> state.tasks().find(arn))
        .flatMap(Optional::stream)
        .map(row -> shown(row, true))
        .toList();
  }

  private List<Task> run(RunTaskRequest request, Cluster cluster) {
    new Parameters()
        .without("placementConstraints", request.placementConstraints())
        .without("placementStrategy", request.placementStrategy())
        .without("volumeConfigurations", request.volumeConfigurations())
        .refuse();
    int count = request.count() == null ? 1 : request.count();
    if (count < 1 || count > MOST_RUN) {
      throw EcsErrors.invalid("count must be between 1 and 10.");
    }
    PlatformVersions.checked(request.platformVersion());
    TaskDefinition definition = definition(request.taskDefinition());
    List<CapacityProviderStrategyItem> strategy =
        ServiceRules.strategy(cluster, request.launchType(), request.capacityProviderStrategy());
    NetworkConfiguration checked = network.checked(request.networkConfiguration());
    TaskOverride overrides = overrides(request.overrides(), definition);
    permissions
        .unassumableRole(
            given(overrides.executionRoleArn(), definition.executionRoleArn()),
            given(overrides.taskRoleArn(), definition.taskRoleArn()))
        .ifPresent(role -> {
          throw EcsErrors.unassumableRole(role);
        });
    List<String> subnets = network.withRoom(state.world(), checked);
    if (subnets.isEmpty()) {
      throw EcsErrors.client(Capacity.UNAVAILABLE);
    }
    List<Task> tasks = new ArrayList<>();
    List<String> providers = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String provider =
          strategy.isEmpty() ? null : CapacityProviders.choose(strategy, List.copyOf(providers));
      if (!"FARGATE_SPOT".equals(provider) && !Capacity.withinQuota(state, definition)) {
        // What was started before stays, as on AWS.
        throw EcsErrors.client(Capacity.LIMIT_REACHED);
      }
      if (provider != null) {
        providers.add(provider);
      }
      TaskRow row =
          lifecycle.launch(
              new TaskFactory.Order(
                  cluster.clusterArn(),
                  definition,
                  origin(checked.awsvpcConfiguration(), subnets.get(i % subnets.size())),
                  given(request.group(), "family:" + definition.family()),
                  request.startedBy(),
                  provider,
                  overrides,
                  Boolean.TRUE.equals(request.enableExecuteCommand())));
      state.tags().put(row.arn(), tags(request, definition, cluster.clusterName()));
      tasks.add(shown(row, true));
    }
    return tasks;
  }

  private TaskDefinition definition(String name) {
    if (name == null || name.isEmpty()) {
      throw EcsErrors.invalid("TaskDefinition can not be blank.");
    }
    TaskDefinition found =
        state.taskDefinition(name).orElseThrow(() -> EcsErrors.client("TaskDefinition not found."));
    if (found.status() != TaskDefinitionStatus.ACTIVE) {
      throw EcsErrors.invalid("TaskDefinition is inactive");
    }
    return found;
  }

  private static TaskOverride overrides(TaskOverride given, TaskDefinition definition) {
    if (given == null) {
      return TaskOverride.builder().containerOverrides(List.of()).build();
    }
    new Parameters()
        .without("overrides.ephemeralStorage", given.ephemeralStorage())
        .without("overrides.inferenceAcceleratorOverrides", given.inferenceAcceleratorOverrides())
        .refuse();
    given
        .containerOverrides()
        .forEach(o -> {
          new Parameters()
              .without("overrides.resourceRequirements", o.resourceRequirements())
              .refuse();
          ContainerRules.checkFiles(o.environmentFiles());
          if (definition.containerDefinitions().stream()
              .noneMatch(c -> c.name().equals(o.name()))) {
            throw EcsErrors.invalid(
                "Override for container named "
                    + o.name()
                    + " is not a container in the TaskDefinition.");
          }
        });
    String cpu = FargateSizes.cpuUnits(given.cpu());
    String memory = FargateSizes.memoryMiB(given.memory());
    FargateSizes.check(given(cpu, definition.cpu()), given(memory, definition.memory()));
    return given.copy(o -> o.cpu(cpu).memory(memory));
  }

  private static TaskRow.Origin origin(AwsVpcConfiguration vpc, String subnet) {
    return new TaskRow.Origin(
        "", "", "", subnet, vpc.securityGroups(), vpc.assignPublicIp() == AssignPublicIp.ENABLED);
  }

  private List<Tag> tags(RunTaskRequest request, TaskDefinition definition, String cluster) {
    List<Tag> inherited =
        request.propagateTags() == PropagateTags.TASK_DEFINITION
            ? state.tags(definition.taskDefinitionArn())
            : List.of();
    List<Tag> tags = new ArrayList<>(Tags.merged(inherited, request.tags()));
    if (Boolean.TRUE.equals(request.enableECSManagedTags())) {
      tags.add(Tag.builder().key("aws:ecs:clusterName").value(cluster).build());
    }
    return List.copyOf(tags);
  }

  private static String given(String value, String otherwise) {
    return value == null ? otherwise : value;
  }

  /** StopTask. */
  public StopTaskResponse stopTask(StopTaskRequest request) {
    Cluster cluster = state.cluster(request.cluster());
    TaskRow row =
        state
            .task(cluster, given(request.task(), ""))
            .orElseThrow(() -> EcsErrors.invalid("The referenced task was not found."));
    lifecycle.stop(
        row, TaskStopCode.USER_INITIATED, given(request.reason(), "Task stopped by user"));
    TaskRow stopping = state.tasks().find(row.arn()).orElseThrow();
    return StopTaskResponse.builder().task(shown(stopping, true)).build();
  }

  /** DescribeTasks, of at most a hundred; what is not there is a failure, not an error. */
  public DescribeTasksResponse describeTasks(DescribeTasksRequest request) {
    Cluster cluster = state.cluster(request.cluster());
    if (request.tasks().isEmpty()) {
      throw EcsErrors.invalid("Tasks cannot be empty.");
    }
    if (request.tasks().size() > MOST_DESCRIBED) {
      throw EcsErrors.invalid("Tasks cannot have more than 100 elements.");
    }
    boolean tags = request.include().contains(TaskField.TAGS);
    List<Task> found = new ArrayList<>();
    List<Failure> missing = new ArrayList<>();
    for (String name : request.tasks()) {
      state
          .task(cluster, name)
          .ifPresentOrElse(
              row -> found.add(shown(row, tags)),
              () ->
                  missing.add(
                      Failure.builder()
                          .arn(
                              state
                                  .world()
                                  .arn(
                                      "ecs",
                                      "task/"
                                          + cluster.clusterName()
                                          + "/"
                                          + EcsState.lastPart(name)))
                          .reason("MISSING")
                          .build()));
    }
    return DescribeTasksResponse.builder().tasks(found).failures(missing).build();
  }

  private Task shown(TaskRow row, boolean tags) {
    return tags ? row.task().copy(t -> t.tags(state.tags(row.arn()))) : row.task();
  }

  /** ListTasks; without a desired status those that are to run. */
  public ListTasksResponse listTasks(ListTasksRequest request) {
    Cluster cluster = state.cluster(request.cluster());
    new Parameters().without("containerInstance", request.containerInstance()).refuse();
    if (request.serviceName() != null && request.startedBy() != null) {
      throw EcsErrors.invalid("serviceName and startedBy can not be given together.");
    }
    String service =
        request.serviceName() == null ? null : state.service(cluster, request.serviceName()).arn();
    DesiredStatus desired =
        request.desiredStatus() == null ? DesiredStatus.RUNNING : request.desiredStatus();
    List<String> arns =
        state
            .tasks()
            .where(t ->
                t.task().clusterArn().equals(cluster.clusterArn())
                    && t.task().desiredStatus().equals(desired.toString())
                    && (service == null || t.origin().serviceArn().equals(service))
                    && matches(request, t.task()))
            .stream()
            .map(TaskRow::arn)
            .toList();
    Page<String> page = Listing.page(arns, request.maxResults(), request.nextToken(), 100);
    return ListTasksResponse.builder().taskArns(page.items()).nextToken(page.nextToken()).build();
  }

  private static boolean matches(ListTasksRequest request, Task task) {
    String family = EcsState.lastPart(task.taskDefinitionArn()).split(":", -1)[0];
    return (request.family() == null || request.family().equals(family))
        && (request.startedBy() == null || request.startedBy().equals(task.startedBy()))
        && (request.launchType() == null || request.launchType() == task.launchType());
  }
}
