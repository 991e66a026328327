package dev.slipway.twin.autoscaling;

import software.amazon.awssdk.services.applicationautoscaling.model.RegisterScalableTargetRequest;
import software.amazon.awssdk.services.ecs.model.DeploymentRolloutState;
import software.amazon.awssdk.services.ecs.model.DescribeServicesRequest;
import software.amazon.awssdk.services.ecs.model.DescribeServicesResponse;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.ecs.model.UpdateServiceRequest;
import software.amazon.awssdk.services.ecs.model.UpdateServiceResponse;

/** The service {@code s} of the cluster {@code c}, of which there is nothing but its count. */
final class CountedService {

  int desired;
  boolean deploying;

  CountedService(int desired) {
    this.desired = desired;
  }

  /** The service as something to scale. */
  static RegisterScalableTargetRequest.Builder target(int least, int most) {
    return RegisterScalableTargetRequest.builder()
        .serviceNamespace("ecs")
        .resourceId("service/c/s")
        .scalableDimension("ecs:service:DesiredCount")
        .minCapacity(least)
        .maxCapacity(most);
  }

  public DescribeServicesResponse describe(DescribeServicesRequest request) {
    DeploymentRolloutState state =
        deploying ? DeploymentRolloutState.IN_PROGRESS : DeploymentRolloutState.COMPLETED;
    return DescribeServicesResponse.builder()
        .services(
            Service.builder()
                .status("ACTIVE")
                .desiredCount(desired)
                .deployments(d -> d.rolloutState(state))
                .build())
        .build();
  }

  public UpdateServiceResponse update(UpdateServiceRequest request) {
    desired = request.desiredCount();
    return UpdateServiceResponse.builder().build();
  }
}
