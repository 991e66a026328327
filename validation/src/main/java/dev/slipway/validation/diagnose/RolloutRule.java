package dev.slipway.validation.diagnose;

import dev.slipway.validation.diagnose.Cause.Fix;
import dev.slipway.validation.diagnose.Cause.Rank;
import dev.slipway.validation.observe.Arns;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.ecs.model.Deployment;
import software.amazon.awssdk.services.ecs.model.DeploymentConfiguration;
import software.amazon.awssdk.services.ecs.model.ServiceDeployment;
import software.amazon.awssdk.services.ecs.model.ServiceDeploymentStatus;
import software.amazon.awssdk.services.ecs.model.ServiceRevision;

/** What the scheduler was told, and what keeps it from doing so. */
final class RolloutRule implements Rule {

  @Override
  public List<Cause> look(Case seen) {
    List<Cause> causes = new ArrayList<>();
    if (seen.service().desiredCount() == 0) {
      causes.add(desiredZero(seen));
    }
    deadlock(seen).ifPresent(causes::add);
    capacity(seen).ifPresent(causes::add);
    if (!seen.rolledBack()) {
      superseded(seen).or(() -> behind(seen)).or(() -> overtaken(seen)).ifPresent(causes::add);
    }
    return causes;
  }

  /** A service that runs another revision now and could not replace a single task. */
  @Override
  public List<Cause> foretell(Case seen) {
    boolean another =
        seen.snapshot()
            .rollout()
            .primary()
            .filter(p -> !seen.goal().taskDefinition().equals(p.taskDefinition()))
            .isPresent();
    return another ? locked(seen).stream().toList() : List.of();
  }

  private static Cause desiredZero(Case seen) {
    String service = seen.service().serviceName();
    return new Cause(
        "svc-desired-zero",
        seen.service().serviceArn(),
        "The desired count of service %s is 0, so nothing runs and every count agrees with it."
            .formatted(service),
        new Fix(
            "set the desired count to at least 1",
            "desired_count = 2",
            "aws ecs update-service --cluster %s --service %s --desired-count 2"
                .formatted(seen.goal().wanted().cluster(), service)),
        List.of("desiredCount 0, runningCount " + seen.service().runningCount()),
        Rank.START,
        true);
  }

  /** Source: ECS API, DeploymentConfiguration: the lower limit is rounded up, the upper down. */
  private static Optional<Cause> deadlock(Case seen) {
    return seen.service().deployments().size() < 2 ? Optional.empty() : locked(seen);
  }

  private static Optional<Cause> locked(Case seen) {
    DeploymentConfiguration configuration = seen.service().deploymentConfiguration();
    int desired = seen.service().desiredCount();
    if (configuration == null
        || configuration.minimumHealthyPercent() == null
        || configuration.maximumPercent() == null
        || desired == 0) {
      return Optional.empty();
    }
    int lower = Math.ceilDiv(desired * configuration.minimumHealthyPercent(), 100);
    int upper = desired * configuration.maximumPercent() / 100;
    if (lower < desired || upper > desired) {
      return Optional.empty();
    }
    return Optional.of(
        new Cause(
            "svc-min-max-deadlock",
            seen.service().serviceArn(),
            "With %d desired tasks, minimumHealthyPercent %d keeps %d and maximumPercent %d allows %d, so no task may be started or stopped."
                .formatted(
                    desired,
                    configuration.minimumHealthyPercent(),
                    lower,
                    configuration.maximumPercent(),
                    upper),
            new Fix(
                "set minimumHealthyPercent 100 and maximumPercent 200",
                "deployment_minimum_healthy_percent = 100\ndeployment_maximum_percent         = 200",
                "aws ecs update-service --cluster %s --service %s --deployment-configuration minimumHealthyPercent=100,maximumPercent=200"
                    .formatted(seen.goal().wanted().cluster(), seen.service().serviceName())),
            seen.events("unable to stop or start tasks"),
            Rank.ROLLOUT,
            true));
  }

  private static Optional<Cause> capacity(Case seen) {
    Starts starts = new Starts(seen);
    List<String> quota = starts.evidence(StopReason.QUOTA);
    List<String> none = new ArrayList<>(starts.evidence(StopReason.NO_CAPACITY));
    none.addAll(seen.events("tasks provisioning capacity limit"));
    if (quota.isEmpty() && none.isEmpty()) {
      return Optional.empty();
    }
    boolean limited = !quota.isEmpty();
    return Optional.of(
        new Cause(
            limited ? "svc-fargate-quota" : "svc-capacity-unavailable",
            seen.service().serviceArn(),
            limited
                ? "The account's Fargate quota is used up, so no further task is placed."
                : "Fargate has no capacity for the task in its zones at this time.",
            new Fix(
                limited
                    ? "raise the Fargate quota, counting twice the tasks during a rollout"
                    : "wait, or add subnets in further zones",
                "desired_count = 1",
                limited
                    ? "aws service-quotas list-service-quotas --service-code fargate"
                    : "aws ecs update-service --cluster %s --service %s --force-new-deployment"
                        .formatted(seen.goal().wanted().cluster(), seen.service().serviceName())),
            limited ? quota : none,
            Rank.SYMPTOM,
            false));
  }

  private static Optional<Cause> superseded(Case seen) {
    return seen.snapshot()
        .rollout()
        .primary()
        .map(p -> Arns.revision(p.taskDefinition()))
        .filter(r -> Arns.family(r).equals(Arns.family(seen.goal().revision())))
        .filter(r -> Arns.number(r) > Arns.number(seen.goal().revision()))
        .map(r -> superseding(seen, r));
  }

  private static Cause superseding(Case seen, String revision) {
    return new Cause(
        "svc-deployment-superseded",
        seen.service().serviceArn(),
        "A newer deployment brought %s while %s was wanted."
            .formatted(revision, seen.goal().revision()),
        new Fix(
            "let one pipeline deploy at a time, and verify the newest revision",
            "# workflow: concurrency: { group: deploy, cancel-in-progress: false }",
            "aws ecs list-service-deployments --cluster %s --service %s"
                .formatted(seen.goal().wanted().cluster(), seen.service().serviceName())),
        List.of("primary deployment is " + revision),
        Rank.ROLLOUT,
        true);
  }

  /**
   * Another revision is on its way, and ECS stopped the wanted one's deployment for it, or it had
   * ended before. Source: ECS API, ServiceDeployment, status STOPPED.
   */
  private static Optional<Cause> overtaken(Case seen) {
    var rollout = seen.snapshot().rollout();
    String wanted = seen.goal().taskDefinition();
    Optional<ServiceDeployment> ours = rollout.to(wanted).findFirst();
    boolean stopped = ours.filter(d -> d.status() == ServiceDeploymentStatus.STOPPED).isPresent();
    // As long as ours is the newest of all, the service just has not been told yet.
    Optional<String> next =
        ours.isEmpty()
            ? Optional.empty()
            : rollout.newest().flatMap(rollout::target).map(ServiceRevision::taskDefinition);
    return rollout
        .primary()
        .map(Deployment::taskDefinition)
        .filter(p -> !wanted.equals(p) && (stopped || next.filter(p::equals).isPresent()))
        .map(p -> superseding(seen, Arns.revision(p)));
  }

  /**
   * An older revision is rolled out to its end: it was deployed after the wanted one, or the wanted
   * one never was.
   */
  private static Optional<Cause> behind(Case seen) {
    var rollout = seen.snapshot().rollout();
    String wanted = seen.goal().revision();
    boolean deployed = rollout.to(seen.goal().taskDefinition()).findAny().isPresent();
    return rollout
        .completed()
        .map(p -> Arns.revision(p.taskDefinition()))
        .filter(r -> !r.equals(wanted))
        .map(r ->
            new Cause(
                deployed ? "svc-completed-but-previous-revision" : "svc-not-updated",
                seen.service().serviceArn(),
                deployed
                    ? "Service %s is COMPLETED on %s, which was deployed after %s."
                        .formatted(seen.service().serviceName(), r, wanted)
                    : "Service %s is COMPLETED on %s and was never told to run %s."
                        .formatted(seen.service().serviceName(), r, wanted),
                new Fix(
                    "update the service to " + wanted,
                    "task_definition = aws_ecs_task_definition.this.arn",
                    "aws ecs update-service --cluster %s --service %s --task-definition %s"
                        .formatted(
                            seen.goal().wanted().cluster(), seen.service().serviceName(), wanted)),
                List.of("primary deployment is %s, COMPLETED".formatted(r)),
                Rank.ROLLOUT,
                deployed));
  }
}
