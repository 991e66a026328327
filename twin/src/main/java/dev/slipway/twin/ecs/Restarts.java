package dev.slipway.twin.ecs;

import dev.slipway.twin.world.Table;
import dev.slipway.twin.world.World;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.ContainerRestartPolicy;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;

/**
 * Which containers are started again within their task when they end. Under the world's lock.
 *
 * <p>A container restarts when it ran for the attempt period, and once in each. Source: ECS API,
 * ContainerRestartPolicy; ECS developer guide, container-restart-policy; amazon-ecs-agent, restart
 * tracker.
 */
final class Restarts {

  private static final Duration USUAL_PERIOD = Duration.ofSeconds(300);

  /**
   * The newest start of a container.
   *
   * @param count how often it was started again
   */
  record Start(Instant at, int count) {}

  private final EcsState state;
  private final World world;

  Restarts(EcsState state) {
    this.state = state;
    this.world = state.world();
  }

  private Table<Start> starts() {
    return world.table("ecs.containerStarts");
  }

  /** Notes that a container with a policy runs for the first time. */
  void started(TaskRow row, String container) {
    if (policy(row, container).isPresent() && !starts().contains(key(row, container))) {
      starts().put(key(row, container), new Start(world.now(), 0));
    }
  }

  /** Whether a container that ended is to be started again; if so, notes it. */
  boolean again(TaskRow row, String container, int exitCode) {
    Optional<ContainerRestartPolicy> policy = policy(row, container);
    Optional<Start> last = starts().find(key(row, container));
    if (policy.isEmpty()
        || last.isEmpty()
        || policy.get().ignoredExitCodes().contains(exitCode)
        || world.now().isBefore(last.get().at().plus(period(policy.get())))) {
      return false;
    }
    starts().put(key(row, container), new Start(world.now(), last.get().count() + 1));
    return true;
  }

  /** How often a container was started again; empty when it has no policy. */
  Optional<Integer> count(TaskRow row, String container) {
    return policy(row, container)
        .map(p -> starts().find(key(row, container)).map(Start::count).orElse(0));
  }

  void forget(TaskRow row) {
    row.task().containers().forEach(c -> starts().remove(key(row, c.name())));
  }

  private static Duration period(ContainerRestartPolicy policy) {
    return policy.restartAttemptPeriod() == null
        ? USUAL_PERIOD
        : Duration.ofSeconds(policy.restartAttemptPeriod());
  }

  private Optional<ContainerRestartPolicy> policy(TaskRow row, String container) {
    return state
        .taskDefinition(row.task().taskDefinitionArn())
        .map(TaskDefinition::containerDefinitions)
        .flatMap(all -> all.stream().filter(c -> c.name().equals(container)).findFirst())
        .map(ContainerDefinition::restartPolicy)
        .filter(policy -> Boolean.TRUE.equals(policy.enabled()));
  }

  private static String key(TaskRow row, String container) {
    return row.arn() + " " + container;
  }
}
