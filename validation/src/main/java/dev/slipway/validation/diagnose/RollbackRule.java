package dev.slipway.validation.diagnose;

import dev.slipway.validation.diagnose.Cause.Fix;
import dev.slipway.validation.diagnose.Cause.Rank;
import dev.slipway.validation.observe.Arns;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.ecs.model.Deployment;
import software.amazon.awssdk.services.ecs.model.DeploymentRolloutState;
import software.amazon.awssdk.services.ecs.model.ServiceDeployment;

/**
 * What the scheduler did about a rollout that failed. That is an outcome: why it failed is for
 * other rules to say, and only when they see nothing is it a cause. An alarm that ended it is one.
 */
final class RollbackRule implements Rule {

  private static final String BREAKER =
      "deployment_circuit_breaker {\n  enable   = true\n  rollback = true\n}";

  @Override
  public List<Cause> look(Case seen) {
    List<Cause> causes = new ArrayList<>();
    alarm(seen).ifPresent(causes::add);
    rolledBack(seen).or(() -> failed(seen)).ifPresent(causes::add);
    return causes;
  }

  private static Optional<Cause> rolledBack(Case seen) {
    if (!seen.rolledBack()) {
      return Optional.empty();
    }
    Optional<ServiceDeployment> ours = seen.rollback();
    Optional<Deployment> primary = seen.snapshot().rollout().primary();
    String now = primary.map(p -> Arns.revision(p.taskDefinition())).orElse("the last one");
    boolean same = now.equals(seen.goal().revision());
    List<String> evidence = new ArrayList<>(seen.events("rolling back"));
    ours.ifPresent(d ->
        evidence.add(
            "service deployment %s: %s"
                .formatted(d.statusAsString(), String.valueOf(d.statusReason()))));
    evidence.addAll(new Starts(seen).failures());
    return Optional.of(
        new Cause(
            same ? "svc-rollback-same-revision" : "svc-silent-rollback",
            seen.service().serviceArn(),
            same
                ? "The new deployment of %s failed and was rolled back; service %s runs the tasks of the deployment before, of the same revision."
                    .formatted(now, seen.service().serviceName())
                : "The rollout of %s failed and was rolled back; service %s runs %s again."
                    .formatted(seen.goal().revision(), seen.service().serviceName(), now),
            new Fix(
                "correct what stopped the tasks of %s, then deploy again"
                    .formatted(seen.goal().revision()),
                BREAKER,
                "aws ecs describe-service-deployments --service-deployment-arns "
                    + ours.map(ServiceDeployment::serviceDeploymentArn)
                        .orElse("SERVICE_DEPLOYMENT")),
            List.copyOf(evidence),
            Rank.OUTCOME,
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
                    BREAKER,
                    "aws ecs describe-services --cluster %s --services %s"
                        .formatted(seen.goal().wanted().cluster(), seen.service().serviceName())),
                List.of(String.valueOf(p.rolloutStateReason())),
                Rank.OUTCOME,
                true));
  }

  /** Source: ECS API, ServiceDeploymentAlarms: the alarms that ended the deployment. */
  private static Optional<Cause> alarm(Case seen) {
    List<String> triggered =
        seen.rollback().map(d -> d.alarms()).map(a -> a.triggeredAlarmNames()).orElse(List.of());
    List<String> events = seen.events("deployment failed: alarm detected");
    if (triggered.isEmpty() && (events.isEmpty() || !seen.rolledBack())) {
      return Optional.empty();
    }
    List<String> names =
        triggered.isEmpty() && seen.service().deploymentConfiguration() != null
            ? Optional.ofNullable(seen.service().deploymentConfiguration().alarms())
                .map(a -> a.alarmNames())
                .orElse(List.of())
            : triggered;
    String alarm = names.isEmpty() ? "ALARM" : names.getFirst();
    List<String> evidence = new ArrayList<>(events);
    triggered.forEach(t -> evidence.add("triggered alarm " + t));
    return Optional.of(
        new Cause(
            "obs-alarm-ended-deployment",
            alarm,
            "Alarm %s fired during the rollout of %s, so ECS gave it up."
                .formatted(String.join(", ", names), seen.goal().revision()),
            new Fix(
                "find out what the alarm saw of %s, correct it, and deploy again"
                    .formatted(seen.goal().revision()),
                "alarms {\n  enable      = true\n  rollback    = true\n  alarm_names = [\"%s\"]\n}"
                    .formatted(alarm),
                "aws cloudwatch describe-alarm-history --alarm-name " + alarm),
            List.copyOf(evidence),
            Rank.SYMPTOM,
            true));
  }
}
