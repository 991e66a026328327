package dev.slipway.validation.observe;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ecs.model.Deployment;
import software.amazon.awssdk.services.ecs.model.DeploymentRolloutState;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.ecs.model.ServiceDeployment;
import software.amazon.awssdk.services.ecs.model.ServiceRevision;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;

/**
 * A service and how it got where it is.
 *
 * @param service as DescribeServices
 * @param serviceDeployments as DescribeServiceDeployments, newest first; empty where there are none
 * @param revisions as DescribeServiceRevisions, by ARN
 * @param taskDefinitions as DescribeTaskDefinition, by ARN: those of deployments and of what is
 *     wanted
 */
public record Rollout(
    Service service,
    List<ServiceDeployment> serviceDeployments,
    Map<String, ServiceRevision> revisions,
    Map<String, TaskDefinition> taskDefinitions) {

  /** The newest deployment, which gets new tasks. */
  public Optional<Deployment> primary() {
    return service.deployments().stream().filter(d -> "PRIMARY".equals(d.status())).findFirst();
  }

  /** The newest deployment, when it is complete. */
  public Optional<Deployment> completed() {
    return primary().filter(p -> p.rolloutState() == DeploymentRolloutState.COMPLETED);
  }

  /** The newest service deployment. */
  public Optional<ServiceDeployment> newest() {
    return serviceDeployments.stream().max(Comparator.comparing(ServiceDeployment::createdAt));
  }

  /** The revision that a service deployment leads to. */
  public Optional<ServiceRevision> target(ServiceDeployment deployment) {
    return Optional.ofNullable(deployment.targetServiceRevision()).map(r -> revisions.get(r.arn()));
  }

  /** The service deployments that lead to a task definition, newest first. */
  public Stream<ServiceDeployment> to(String taskDefinition) {
    return serviceDeployments.stream()
        .filter(d -> target(d).filter(r -> taskDefinition.equals(r.taskDefinition())).isPresent());
  }

  /** A task definition by its ARN. */
  public Optional<TaskDefinition> taskDefinition(String arn) {
    return Optional.ofNullable(taskDefinitions.get(arn));
  }
}
