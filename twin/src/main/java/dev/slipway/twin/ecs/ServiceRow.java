package dev.slipway.twin.ecs;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.services.ecs.model.DeploymentConfiguration;
import software.amazon.awssdk.services.ecs.model.Service;

/**
 * A service and what its scheduler remembers.
 *
 * @param service settings, status and events as the API shows them; counts and deployments are
 *     derived when it is described
 * @param rollouts its deployments, PRIMARY first; the last completed one stays until its successor
 *     completes, with or without tasks
 * @param nextTick when the scheduler looks at it again
 * @param standing event messages whose cause lasts, and when each was written last
 */
record ServiceRow(
    Service service, List<Rollout> rollouts, Instant nextTick, Map<String, Instant> standing) {

  ServiceRow {
    rollouts = List.copyOf(rollouts);
    standing = Map.copyOf(standing);
  }

  String arn() {
    return service.serviceArn();
  }

  String name() {
    return service.serviceName();
  }

  boolean active() {
    return "ACTIVE".equals(service.status());
  }

  boolean inactive() {
    return "INACTIVE".equals(service.status());
  }

  Rollout primary() {
    return rollouts.stream().filter(Rollout::primary).findFirst().orElseThrow();
  }

  Optional<Rollout> rollout(String id) {
    return rollouts.stream().filter(r -> r.id().equals(id)).findFirst();
  }

  /** The circuit breaker as it is set now. */
  CircuitBreaker breaker() {
    return CircuitBreaker.of(service.deploymentConfiguration().deploymentCircuitBreaker());
  }

  int minimumHealthy() {
    DeploymentConfiguration config = service.deploymentConfiguration();
    return DeploymentSizes.minimumHealthy(service.desiredCount(), config.minimumHealthyPercent());
  }

  int maximum() {
    DeploymentConfiguration config = service.deploymentConfiguration();
    return DeploymentSizes.maximum(service.desiredCount(), config.maximumPercent());
  }

  ServiceRow with(Consumer<Service.Builder> change) {
    return new ServiceRow(service.copy(change), rollouts, nextTick, standing);
  }

  ServiceRow withRollouts(List<Rollout> changed) {
    return new ServiceRow(service, changed, nextTick, standing);
  }

  ServiceRow withRollout(String id, UnaryOperator<Rollout> change) {
    return withRollouts(
        rollouts.stream().map(r -> r.id().equals(id) ? change.apply(r) : r).toList());
  }

  ServiceRow tickAt(Instant when) {
    return new ServiceRow(service, rollouts, when, standing);
  }

  ServiceRow standing(String message, Instant written) {
    Map<String, Instant> changed = new LinkedHashMap<>(standing);
    changed.put(message, written);
    return new ServiceRow(service, rollouts, nextTick, changed);
  }

  ServiceRow cleared(String messagePart) {
    Map<String, Instant> changed = new LinkedHashMap<>(standing);
    changed.keySet().removeIf(message -> message.contains(messagePart));
    return new ServiceRow(service, rollouts, nextTick, changed);
  }
}
