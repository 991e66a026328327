package dev.slipway.twin.ecs;

import dev.slipway.twin.world.World;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import software.amazon.awssdk.services.ecs.model.Deployment;
import software.amazon.awssdk.services.ecs.model.DeploymentRolloutState;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.ecs.model.ServiceDeployment;
import software.amazon.awssdk.services.ecs.model.ServiceDeploymentStatus;
import software.amazon.awssdk.services.ecs.model.ServiceRevision;
import software.amazon.awssdk.services.ecs.model.ServiceRevisionSummary;

/**
 * How deployments begin and end, with the records that the service deployment API shows.
 *
 * <p>Source: ECS developer guide, deployment-type-ecs and deployment-circuit-breaker; texts of
 * {@code rolloutStateReason} and {@code statusReason} as seen on AWS.
 */
final class Rollouts {

  private static final String NO_CANDIDATE = "No rollback candidate was found to run the rollback.";

  private final EcsState state;
  private final World world;

  Rollouts(EcsState state) {
    this.state = state;
    this.world = state.world();
  }

  /** Begins a deployment of the service as it is set now; what was PRIMARY becomes ACTIVE. */
  ServiceRow begin(ServiceRow row) {
    Instant now = world.now();
    Service service = row.service();
    ServiceRevision revision = revision(service, now);
    state.serviceRevisions().put(revision.serviceRevisionArn(), revision);
    ServiceDeployment record = serviceDeployment(row, revision, now);
    state.serviceDeployments().put(record.serviceDeploymentArn(), record);
    String id = "ecs-svc/" + world.ids().digits(19);
    Rollout fresh =
        new Rollout(
            Deployment.builder()
                .id(id)
                .status("PRIMARY")
                .taskDefinition(service.taskDefinition())
                .failedTasks(0)
                .createdAt(now)
                .updatedAt(now)
                .launchType(service.launchType())
                .capacityProviderStrategy(service.capacityProviderStrategy())
                .platformVersion(PlatformVersions.current(service.platformVersion()))
                .platformFamily(service.platformFamily())
                .networkConfiguration(service.networkConfiguration())
                .rolloutState(DeploymentRolloutState.IN_PROGRESS)
                .rolloutStateReason("ECS deployment " + id + " in progress.")
                .build(),
            revision.serviceRevisionArn(),
            record.serviceDeploymentArn(),
            0,
            Instant.MIN,
            false,
            false);
    List<Rollout> all = new ArrayList<>(List.of(fresh));
    for (Rollout old : row.rollouts()) {
      supersede(old);
      all.add(old.with(d -> d.status("ACTIVE")));
    }
    return row.withRollouts(all)
        .with(s -> s.currentServiceDeployment(record.serviceDeploymentArn()));
  }

  /** Ends the deployment of a service that is deleted. */
  void abandon(ServiceRow row) {
    row.rollouts().forEach(this::supersede);
  }

  private void supersede(Rollout old) {
    if (old.primary() && old.inState(DeploymentRolloutState.IN_PROGRESS)) {
      finish(old, ServiceDeploymentStatus.STOPPED, d -> d.stoppedAt(world.now()));
    }
  }

  /** Ends the PRIMARY deployment well; others stay while they have tasks. */
  ServiceRow complete(ServiceRow row) {
    Rollout done = row.primary();
    finish(
        done,
        done.rollback()
            ? ServiceDeploymentStatus.ROLLBACK_SUCCESSFUL
            : ServiceDeploymentStatus.SUCCESSFUL,
        d -> {});
    return row.withRollout(
        done.id(),
        r ->
            r.settled()
                .with(d ->
                    d.rolloutState(DeploymentRolloutState.COMPLETED)
                        .rolloutStateReason("ECS deployment " + done.id() + " completed.")
                        .updatedAt(world.now())));
  }

  /** Forgets the deployments that the PRIMARY one has replaced wholly. */
  static ServiceRow forgetReplaced(ServiceRow row) {
    return row.withRollouts(List.of(row.primary()));
  }

  /** Where a failed PRIMARY deployment would go back to: the most recent completed one. */
  static Optional<Rollout> candidate(ServiceRow row) {
    return row.rollouts().stream()
        .filter(r -> !r.primary() && r.inState(DeploymentRolloutState.COMPLETED))
        .findFirst();
  }

  /** Ends the PRIMARY deployment as failed, without a way back. */
  ServiceRow fail(ServiceRow row, Setback why, boolean rollbackWanted) {
    Rollout failed = row.primary();
    finish(
        failed,
        rollbackWanted || failed.rollback()
            ? ServiceDeploymentStatus.ROLLBACK_FAILED
            : ServiceDeploymentStatus.STOPPED,
        d -> {
          d.stoppedAt(world.now());
          if (rollbackWanted) {
            d.statusReason(NO_CANDIDATE);
          }
        });
    return row.withRollout(failed.id(), r -> asFailed(r, why));
  }

  /** Ends the PRIMARY deployment as failed and makes the candidate PRIMARY again. */
  ServiceRow rollBack(ServiceRow row, Setback why, Rollout candidate) {
    Rollout failed = row.primary();
    ServiceRevision revision = state.serviceRevisions().find(candidate.revisionArn()).orElseThrow();
    update(
        failed,
        d ->
            d.status(ServiceDeploymentStatus.ROLLBACK_IN_PROGRESS)
                .statusReason(why.statusReason())
                .updatedAt(world.now())
                .rollback(r ->
                    r.reason(why.statusReason())
                        .startedAt(world.now())
                        .serviceRevisionArn(candidate.revisionArn())));
    List<Rollout> all = new ArrayList<>();
    all.add(
        candidate
            .asRollbackTarget(failed.serviceDeploymentArn())
            .with(d ->
                d.status("PRIMARY")
                    .updatedAt(world.now())
                    .rolloutState(DeploymentRolloutState.IN_PROGRESS)
                    .rolloutStateReason(why.rollingBackReason(candidate.id()))));
    row.rollouts().stream()
        .filter(r -> !r.id().equals(candidate.id()))
        .map(r -> r.id().equals(failed.id()) ? asFailed(r, why).with(d -> d.status("ACTIVE")) : r)
        .forEach(all::add);
    return row.withRollouts(all)
        .with(s ->
            s.taskDefinition(revision.taskDefinition())
                .loadBalancers(revision.loadBalancers())
                .networkConfiguration(revision.networkConfiguration())
                .capacityProviderStrategy(revision.capacityProviderStrategy())
                .platformVersion(revision.platformVersion()));
  }

  private Rollout asFailed(Rollout rollout, Setback why) {
    return rollout.with(d ->
        d.rolloutState(DeploymentRolloutState.FAILED)
            .rolloutStateReason(why.failedReason())
            .updatedAt(world.now()));
  }

  private void finish(
      Rollout rollout, ServiceDeploymentStatus status, Consumer<ServiceDeployment.Builder> more) {
    update(
        rollout,
        d -> {
          d.status(status).finishedAt(world.now()).updatedAt(world.now());
          more.accept(d);
        });
  }

  private void update(Rollout rollout, Consumer<ServiceDeployment.Builder> change) {
    state.serviceDeployments().update(rollout.serviceDeploymentArn(), d -> d.copy(change));
  }

  private ServiceRevision revision(Service service, Instant now) {
    String path = servicePath(service);
    return ServiceRevision.builder()
        .serviceRevisionArn(
            world.arn("ecs", "service-revision/" + path + "/" + world.ids().digits(19)))
        .serviceArn(service.serviceArn())
        .clusterArn(service.clusterArn())
        .taskDefinition(service.taskDefinition())
        .launchType(service.launchType())
        .capacityProviderStrategy(service.capacityProviderStrategy())
        .platformVersion(service.platformVersion())
        .platformFamily(service.platformFamily())
        .loadBalancers(service.loadBalancers())
        .networkConfiguration(service.networkConfiguration())
        .guardDutyEnabled(false)
        .createdAt(now)
        .build();
  }

  private ServiceDeployment serviceDeployment(ServiceRow row, ServiceRevision target, Instant now) {
    Service service = row.service();
    return ServiceDeployment.builder()
        .serviceDeploymentArn(
            world.arn(
                "ecs",
                "service-deployment/" + servicePath(service) + "/" + world.ids().alphanumeric(21)))
        .serviceArn(service.serviceArn())
        .clusterArn(service.clusterArn())
        .createdAt(now)
        .startedAt(now)
        .updatedAt(now)
        .status(ServiceDeploymentStatus.IN_PROGRESS)
        .deploymentConfiguration(service.deploymentConfiguration())
        .targetServiceRevision(summary(target.serviceRevisionArn()))
        .sourceServiceRevisions(row.rollouts().stream().map(r -> summary(r.revisionArn())).toList())
        .build();
  }

  private static ServiceRevisionSummary summary(String arn) {
    return ServiceRevisionSummary.builder().arn(arn).build();
  }

  private static String servicePath(Service service) {
    return EcsState.lastPart(service.clusterArn()) + "/" + service.serviceName();
  }
}
