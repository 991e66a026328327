package dev.slipway.twin.ecs;

import java.time.Instant;
import java.util.function.Consumer;
import software.amazon.awssdk.services.ecs.model.Deployment;
import software.amazon.awssdk.services.ecs.model.DeploymentRolloutState;

/**
 * A deployment of a service with what the scheduler must remember about it.
 *
 * @param deployment as the API shows it, without counts; {@code failedTasks} is the breaker's count
 * @param revisionArn the service revision that it brings out
 * @param serviceDeploymentArn the service deployment of the API, newest when it rolled back
 * @param startFailures consecutive tasks that never ran, for the start throttle
 * @param noStartBefore the start throttle's end
 * @param ran whether one of its tasks was RUNNING: the breaker's second stage
 * @param rollback whether it is the target of a rollback now
 */
record Rollout(
    Deployment deployment,
    String revisionArn,
    String serviceDeploymentArn,
    int startFailures,
    Instant noStartBefore,
    boolean ran,
    boolean rollback) {

  String id() {
    return deployment.id();
  }

  boolean primary() {
    return "PRIMARY".equals(deployment.status());
  }

  boolean inState(DeploymentRolloutState state) {
    return deployment.rolloutState() == state;
  }

  int failures() {
    return deployment.failedTasks();
  }

  Rollout with(Consumer<Deployment.Builder> change) {
    return new Rollout(
        deployment.copy(change),
        revisionArn,
        serviceDeploymentArn,
        startFailures,
        noStartBefore,
        ran,
        rollback);
  }

  Rollout withFailures(int count) {
    return with(d -> d.failedTasks(count));
  }

  Rollout withThrottle(int failures, Instant until) {
    return new Rollout(
        deployment, revisionArn, serviceDeploymentArn, failures, until, ran, rollback);
  }

  Rollout afterFirstRun() {
    return new Rollout(
        deployment, revisionArn, serviceDeploymentArn, 0, Instant.MIN, true, rollback);
  }

  Rollout asRollbackTarget(String newServiceDeploymentArn) {
    return new Rollout(
        deployment.copy(d -> d.failedTasks(0)),
        revisionArn,
        newServiceDeploymentArn,
        0,
        Instant.MIN,
        false,
        true);
  }

  Rollout settled() {
    return new Rollout(deployment, revisionArn, serviceDeploymentArn, 0, Instant.MIN, ran, false);
  }
}
