package dev.slipway.twin.ecs;

import dev.slipway.twin.world.AwsError;
import software.amazon.awssdk.services.ecs.model.ServiceDeployment;
import software.amazon.awssdk.services.ecs.model.ServiceDeploymentStatus;
import software.amazon.awssdk.services.ecs.model.StopServiceDeploymentRequest;
import software.amazon.awssdk.services.ecs.model.StopServiceDeploymentResponse;
import software.amazon.awssdk.services.ecs.model.StopServiceDeploymentStopType;

/** StopServiceDeployment. Source: ECS API reference; only ROLLBACK is valid. */
final class StopDeploymentApi {

  private final EcsState state;
  private final Setbacks setbacks;
  private final ServiceScheduler scheduler;
  private final Timings timings;

  StopDeploymentApi(
      EcsState state, Setbacks setbacks, ServiceScheduler scheduler, Timings timings) {
    this.state = state;
    this.setbacks = setbacks;
    this.scheduler = scheduler;
    this.timings = timings;
  }

  /** Takes the service back to its most recent completed deployment. */
  public StopServiceDeploymentResponse stopServiceDeployment(StopServiceDeploymentRequest request) {
    if (request.stopType() == StopServiceDeploymentStopType.ABORT) {
      throw EcsErrors.invalid("The only valid value for stopType is ROLLBACK.");
    }
    ServiceDeployment deployment = running(request.serviceDeploymentArn());
    ServiceRow row =
        state.services().find(deployment.serviceArn()).orElseThrow(EcsErrors::serviceNotFound);
    Rollout candidate =
        Rollouts.candidate(row)
            .orElseThrow(() ->
                AwsError.of(
                    "ConflictException", "No rollback candidate was found to run the rollback."));
    scheduler.tickAt(
        setbacks.goBack(row, Setback.REQUEST, candidate),
        state.world().now().plus(timings.reaction()));
    return StopServiceDeploymentResponse.builder()
        .serviceDeploymentArn(deployment.serviceDeploymentArn())
        .build();
  }

  private ServiceDeployment running(String arn) {
    ServiceDeployment found =
        state
            .serviceDeployments()
            .find(arn == null ? "" : arn)
            .orElseThrow(() ->
                AwsError.of("ServiceDeploymentNotFoundException", "Service deployment not found."));
    if (found.status() != ServiceDeploymentStatus.IN_PROGRESS) {
      throw AwsError.of(
          "ConflictException",
          "The service deployment is in status " + found.statusAsString() + " already.");
    }
    return found;
  }
}
