package dev.slipway.validation.diagnose;

import dev.slipway.validation.diagnose.Cause.Fix;
import dev.slipway.validation.diagnose.Cause.Rank;
import dev.slipway.validation.observe.Arns;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.ecs.model.Deployment;
import software.amazon.awssdk.services.ecs.model.DeploymentConfiguration;
import software.amazon.awssdk.services.ecs.model.DeploymentRolloutState;
import software.amazon.awssdk.services.ecs.model.ServiceDeployment;

/** What the scheduler was told, and what it did about a rollout that failed. */
final class RolloutRule implements Rule {

  /** The cause that a rollback is, as long as nothing else explains it. */
  static final String ROLLBACK = "svc-silent-rollback";

  private static final int RECENT = 10;

  @Override
  public List<Cause> look(Case seen) {
    List<Cause> causes = new ArrayList<>();
    if (seen.service().desiredCount() == 0) {
      causes.add(desiredZero(seen));
    }
    deadlock(seen).ifPresent(causes::add);
    capacity(seen).ifPresent(causes::add);
    rolledBack(seen).or(() -> superseded(seen)).or(() -> failed(seen)).ifPresent(causes::add);
    return causes;
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
    DeploymentConfiguration configuration = seen.service().deploymentConfiguration();
    int desired = seen.service().desiredCount();
    if (configuration == null
        || configuration.minimumHealthyPercent() == null
        || configuration.maximumPercent() == null
        || desired == 0
        || seen.service().deployments().size() < 2) {
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
            events(seen, "unable to stop or start tasks"),
            Rank.ROLLOUT,
            true));
  }

  private static Optional<Cause> capacity(Case seen) {
    List<String> quota = new ArrayList<>(events(seen, "reached the limit on the number of tasks"));
    quota.addAll(events(seen, "reached the limit on the number of vCPUs"));
    List<String> none = events(seen, "Capacity is unavailable at this time");
    boolean pending = new Starts(seen).unplaced().isEmpty();
    if (pending || (quota.isEmpty() && none.isEmpty())) {
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

  private static Optional<Cause> rolledBack(Case seen) {
    if (!seen.rolledBack()) {
      return Optional.empty();
    }
    Optional<ServiceDeployment> ours = seen.rollback();
    Optional<Deployment> primary = seen.snapshot().rollout().primary();
    List<String> evidence = new ArrayList<>(events(seen, "rolling back"));
    ours.ifPresent(d ->
        evidence.add(
            "service deployment %s: %s"
                .formatted(d.statusAsString(), String.valueOf(d.statusReason()))));
    evidence.addAll(new Starts(seen).failures());
    return Optional.of(
        new Cause(
            ROLLBACK,
            seen.service().serviceArn(),
            "The rollout of %s failed and was rolled back; service %s runs %s again."
                .formatted(
                    seen.goal().revision(),
                    seen.service().serviceName(),
                    primary.map(p -> Arns.revision(p.taskDefinition())).orElse("the last one")),
            new Fix(
                "correct what stopped the tasks of %s, then deploy again"
                    .formatted(seen.goal().revision()),
                "deployment_circuit_breaker {\n  enable   = true\n  rollback = true\n}",
                "aws ecs describe-service-deployments --service-deployment-arns "
                    + ours.map(ServiceDeployment::serviceDeploymentArn)
                        .orElse("SERVICE_DEPLOYMENT")),
            List.copyOf(evidence),
            Rank.SYMPTOM,
            true));
  }

  private static Optional<Cause> superseded(Case seen) {
    return seen.snapshot()
        .rollout()
        .primary()
        .map(p -> Arns.revision(p.taskDefinition()))
        .filter(r -> Arns.family(r).equals(Arns.family(seen.goal().revision())))
        .filter(r -> Arns.number(r) > Arns.number(seen.goal().revision()))
        .map(r ->
            new Cause(
                "svc-deployment-superseded",
                seen.service().serviceArn(),
                "A newer deployment brought %s while %s was wanted."
                    .formatted(r, seen.goal().revision()),
                new Fix(
                    "let one pipeline deploy at a time, and verify the newest revision",
                    "# workflow: concurrency: { group: deploy, cancel-in-progress: false }",
                    "aws ecs list-service-deployments --cluster %s --service %s"
                        .formatted(seen.goal().wanted().cluster(), seen.service().serviceName())),
                List.of("primary deployment is " + r),
                Rank.ROLLOUT,
                true));
  }

  private static Optional<Cause> failed(Case seen) {
    return seen.snapshot()
        .rollout()
        .primary()
        .filter(p -> p.rolloutState() == DeploymentRolloutState.FAILED)
        .map(p ->
            new Cause(
                "svc-breaker-no-rollback",
                seen.service().serviceArn(),
                "The rollout of %s failed and was not rolled back; no further task is started."
                    .formatted(Arns.revision(p.taskDefinition())),
                new Fix(
                    "correct what stopped the tasks, then deploy again",
                    "deployment_circuit_breaker {\n  enable   = true\n  rollback = true\n}",
                    "aws ecs describe-services --cluster %s --services %s"
                        .formatted(seen.goal().wanted().cluster(), seen.service().serviceName())),
                List.of(String.valueOf(p.rolloutStateReason())),
                Rank.SYMPTOM,
                true));
  }

  private static List<String> events(Case seen, String words) {
    return seen.service().events().stream()
        .limit(RECENT)
        .map(e -> e.message())
        .filter(m -> m.contains(words))
        .map(m -> "event: " + m)
        .distinct()
        .toList();
  }
}
