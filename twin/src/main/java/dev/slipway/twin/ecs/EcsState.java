package dev.slipway.twin.ecs;

import dev.slipway.twin.world.Table;
import dev.slipway.twin.world.World;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.ecs.model.Cluster;
import software.amazon.awssdk.services.ecs.model.ServiceDeployment;
import software.amazon.awssdk.services.ecs.model.ServiceRevision;
import software.amazon.awssdk.services.ecs.model.Tag;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;

/** The tables of ECS and how its names are looked up. Under the world's lock. */
final class EcsState {

  private final World world;

  EcsState(World world) {
    this.world = world;
  }

  World world() {
    return world;
  }

  Table<Cluster> clusters() {
    return world.table("ecs.clusters");
  }

  Table<TaskDefinition> taskDefinitions() {
    return world.table("ecs.taskDefinitions");
  }

  /** The highest revision ever of each family: numbers are never used twice. */
  Table<Integer> revisions() {
    return world.table("ecs.taskDefinitionRevisions");
  }

  Table<ServiceRow> services() {
    return world.table("ecs.services");
  }

  Table<TaskRow> tasks() {
    return world.table("ecs.tasks");
  }

  /** Since when the target of a task is seen to fail. */
  Table<Instant> failingSince() {
    return world.table("ecs.failingSince");
  }

  Table<ServiceDeployment> serviceDeployments() {
    return world.table("ecs.serviceDeployments");
  }

  Table<ServiceRevision> serviceRevisions() {
    return world.table("ecs.serviceRevisions");
  }

  Table<List<Tag>> tags() {
    return world.table("ecs.tags");
  }

  List<Tag> tags(String arn) {
    return tags().find(arn).orElse(List.of());
  }

  /**
   * The name in a name or ARN; {@code default} when nothing is given.
   *
   * <p>Source: ECS API reference, every {@code cluster} parameter.
   */
  static String clusterName(String nameOrArn) {
    return nameOrArn == null || nameOrArn.isEmpty() ? "default" : lastPart(nameOrArn);
  }

  /** The part behind the last slash. */
  static String lastPart(String nameOrArn) {
    return nameOrArn.substring(nameOrArn.lastIndexOf('/') + 1);
  }

  /** An active cluster, or {@code ClusterNotFoundException}. */
  Cluster cluster(String nameOrArn) {
    return clusters()
        .find(clusterName(nameOrArn))
        .filter(c -> c.status().equals("ACTIVE"))
        .orElseThrow(EcsErrors::clusterNotFound);
  }

  String serviceArn(Cluster cluster, String nameOrArn) {
    return world.arn("ecs", "service/" + cluster.clusterName() + "/" + lastPart(nameOrArn));
  }

  /** A service that is not purged yet, or {@code ServiceNotFoundException}. */
  ServiceRow service(Cluster cluster, String nameOrArn) {
    if (nameOrArn == null || nameOrArn.isEmpty()) {
      throw EcsErrors.invalid("Service cannot be empty.");
    }
    return services().find(serviceArn(cluster, nameOrArn)).orElseThrow(EcsErrors::serviceNotFound);
  }

  /** The tasks of a service, oldest first. */
  List<TaskRow> tasksOf(String serviceArn) {
    List<TaskRow> rows = new ArrayList<>();
    for (String arn : serviceTasks().find(serviceArn).orElse(List.of())) {
      tasks().find(arn).ifPresent(rows::add);
    }
    return rows;
  }

  /** Adds a task to its service. */
  void join(TaskRow task) {
    String service = task.origin().serviceArn();
    if (!service.isEmpty()) {
      List<String> arns = new ArrayList<>(serviceTasks().find(service).orElse(List.of()));
      arns.add(task.arn());
      serviceTasks().put(service, List.copyOf(arns));
    }
  }

  /** Takes a task from its service. */
  void leave(TaskRow task) {
    String service = task.origin().serviceArn();
    List<String> left =
        serviceTasks().find(service).orElse(List.of()).stream()
            .filter(arn -> !arn.equals(task.arn()))
            .toList();
    if (left.isEmpty()) {
      serviceTasks().remove(service);
    } else {
      serviceTasks().put(service, left);
    }
  }

  private Table<List<String>> serviceTasks() {
    return world.table("ecs.serviceTasks");
  }

  /** A task by ARN or id. */
  Optional<TaskRow> task(Cluster cluster, String idOrArn) {
    return tasks()
        .find(world.arn("ecs", "task/" + cluster.clusterName() + "/" + lastPart(idOrArn)));
  }

  /** A task definition by {@code family}, {@code family:revision} or ARN. */
  Optional<TaskDefinition> taskDefinition(String name) {
    String key = lastPart(name);
    if (key.indexOf(':') >= 0) {
      return taskDefinitions().find(key);
    }
    return taskDefinitions()
        .where(t -> t.family().equals(key) && t.statusAsString().equals("ACTIVE"))
        .stream()
        .max(Comparator.comparing(TaskDefinition::revision));
  }

  static String key(TaskDefinition definition) {
    return definition.family() + ":" + definition.revision();
  }
}
