package dev.slipway.twin.ecs;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.ecs.model.Container;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.ContainerDependency;
import software.amazon.awssdk.services.ecs.model.HealthStatus;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;

/**
 * In which order the containers of a task start and stop. Pure. Source: ECS API,
 * ContainerDependency: START, COMPLETE, SUCCESS (exit code 0), HEALTHY; stopping goes the other way
 * round.
 */
final class StartOrder {

  private final Map<String, ContainerDefinition> definitions;

  StartOrder(TaskDefinition definition) {
    this.definitions =
        definition.containerDefinitions().stream()
            .collect(Collectors.toMap(ContainerDefinition::name, c -> c));
  }

  /** Whether everything that a container waits for has come to pass. */
  boolean mayStart(String name, List<Container> containers) {
    return definitions.get(name).dependsOn().stream()
        .allMatch(d -> met(d, find(containers, d.containerName())));
  }

  /** The dependency for which a container waits in vain, when there is one. */
  Optional<ContainerDependency> hopeless(String name, List<Container> containers) {
    return definitions.get(name).dependsOn().stream()
        .filter(d -> {
          Container other = find(containers, d.containerName());
          return stopped(other) && !met(d, other);
        })
        .findFirst();
  }

  /** The running containers that no other running container depends on: the next to stop. */
  List<String> nextToStop(List<Container> containers) {
    Set<String> running =
        containers.stream()
            .filter(c -> !stopped(c))
            .map(Container::name)
            .collect(Collectors.toSet());
    return running.stream()
        .filter(name ->
            running.stream()
                .filter(other -> !other.equals(name))
                .noneMatch(other -> dependsOn(other, name)))
        .sorted()
        .toList();
  }

  /**
   * How long what a container waits for may take: the longest start timeout of its dependencies.
   */
  Optional<Integer> patience(String name) {
    return definitions.get(name).dependsOn().stream()
        .map(d -> definitions.get(d.containerName()).startTimeout())
        .filter(t -> t != null)
        .max(Integer::compare);
  }

  /** A container that waits, over others, for itself. */
  static Optional<String> circle(List<ContainerDefinition> containers) {
    Map<String, ContainerDefinition> byName =
        containers.stream()
            .collect(Collectors.toMap(ContainerDefinition::name, c -> c, (a, z) -> a));
    for (ContainerDefinition start : containers) {
      Deque<String> open = new ArrayDeque<>(names(start));
      Set<String> seen = new HashSet<>();
      while (!open.isEmpty()) {
        String name = open.pop();
        if (name.equals(start.name())) {
          return Optional.of(name);
        }
        if (seen.add(name) && byName.containsKey(name)) {
          open.addAll(names(byName.get(name)));
        }
      }
    }
    return Optional.empty();
  }

  private static List<String> names(ContainerDefinition container) {
    return container.dependsOn().stream().map(ContainerDependency::containerName).toList();
  }

  private boolean dependsOn(String name, String other) {
    return names(definitions.get(name)).contains(other);
  }

  private static boolean met(ContainerDependency dependency, Container other) {
    return switch (dependency.condition()) {
      case START -> !"PENDING".equals(other.lastStatus());
      case COMPLETE -> stopped(other);
      case SUCCESS -> stopped(other) && Integer.valueOf(0).equals(other.exitCode());
      case HEALTHY -> other.healthStatus() == HealthStatus.HEALTHY && !stopped(other);
      case UNKNOWN_TO_SDK_VERSION -> false;
    };
  }

  private static boolean stopped(Container container) {
    return "STOPPED".equals(container.lastStatus());
  }

  private static Container find(List<Container> containers, String name) {
    return containers.stream().filter(c -> name.equals(c.name())).findFirst().orElseThrow();
  }
}
