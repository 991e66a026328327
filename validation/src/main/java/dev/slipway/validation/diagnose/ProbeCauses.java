package dev.slipway.validation.diagnose;

import dev.slipway.validation.check.Severity;
import dev.slipway.validation.diagnose.Cause.Fix;
import dev.slipway.validation.diagnose.Cause.Rank;
import dev.slipway.validation.observe.Arns;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.ecs.model.DeploymentConfiguration;
import software.amazon.awssdk.services.ecs.model.LoadBalancer;

/** The words of causes that only steady requests bring to light. */
final class ProbeCauses {

  private ProbeCauses() {}

  /** How long a target group waits for requests on their way; empty when it is not known. */
  static Optional<Duration> drain(Case seen) {
    return group(seen)
        .map(arn -> seen.snapshot().posture().targetGroups().getOrDefault(arn, Map.of()))
        .map(a -> a.get("deregistration_delay.timeout_seconds"))
        .filter(v -> v.matches("\\d{1,4}"))
        .map(v -> Duration.ofSeconds(Long.parseLong(v)));
  }

  /** Every target was unfit at some moment: is the scheduler allowed to let that happen? */
  static Cause nobodyHealthy(Case seen, List<String> evidence) {
    DeploymentConfiguration configuration = seen.service().deploymentConfiguration();
    boolean allowed =
        configuration != null
            && configuration.minimumHealthyPercent() != null
            && configuration.minimumHealthyPercent() == 0;
    String service = seen.service().serviceName();
    return new Cause(
        allowed ? "svc-min-zero-downtime" : "alb-deploy-window-no-healthy-target",
        seen.service().serviceArn(),
        allowed
            ? "Requests failed because no target was healthy: minimumHealthyPercent of service %s is 0, so old tasks stop before new ones are fit."
                .formatted(service)
            : "Requests failed while service %s had no healthy target at all.".formatted(service),
        new Fix(
            "set minimumHealthyPercent 100 and maximumPercent 200, run two tasks or more, and give new tasks a grace period",
            "desired_count                      = 2\ndeployment_minimum_healthy_percent = 100\ndeployment_maximum_percent         = 200\nhealth_check_grace_period_seconds  = 60",
            "aws ecs update-service --cluster %s --service %s --deployment-configuration minimumHealthyPercent=100,maximumPercent=200"
                .formatted(cluster(seen), service)),
        evidence,
        allowed ? Rank.ROLLOUT : Rank.SYMPTOM,
        false,
        Severity.HIGH);
  }

  /** Source: containers-roadmap 708: targets get requests for a moment after SIGTERM. */
  static Cause exitsTooSoon(Case seen, List<String> evidence) {
    return new Cause(
        "app-exits-before-deregistered",
        seen.goal().taskDefinition(),
        "Requests failed whenever a task was stopped, while others were healthy: container %s ends before the load balancer has stopped sending it requests."
            .formatted(seen.goal().container()),
        new Fix(
            "let the application go on answering for some seconds after SIGTERM, and then end; stopTimeout must be longer than that",
            "environment = [{ name = \"QUARKUS_SHUTDOWN_DELAY\", value = \"10s\" }]\nstopTimeout = 30",
            "aws ecs describe-task-definition --task-definition %s --query 'taskDefinition.containerDefinitions[].stopTimeout'"
                .formatted(seen.goal().revision())),
        evidence,
        Rank.APPLICATION,
        false,
        Severity.HIGH);
  }

  /** Source: ELB user guide, troubleshooting HTTP 502. */
  static Cause keepAlive(Case seen, List<String> evidence) {
    return new Cause(
        "app-keepalive-shorter-than-alb",
        seen.goal().taskDefinition(),
        "Few requests failed at random with the load balancer's 502 while no task was stopped and all were healthy: container %s closes idle connections that the load balancer still uses."
            .formatted(seen.goal().container()),
        new Fix(
            "let the application keep idle connections for longer than the load balancer's idle timeout",
            "idle_timeout = 60 # and a keep-alive of 75 s or more in the application",
            seen.snapshot().frontDoor().loadBalancers().stream()
                .findFirst()
                .map(b ->
                    "aws elbv2 describe-load-balancer-attributes --load-balancer-arn "
                        + b.loadBalancerArn())
                .orElse("aws elbv2 describe-load-balancers")),
        evidence,
        Rank.APPLICATION,
        false,
        Severity.HIGH);
  }

  static Cause cutOff(Case seen, List<String> evidence) {
    String group = group(seen).orElse(seen.service().serviceArn());
    return new Cause(
        "app-request-longer-than-drain",
        group,
        "Requests that took longer than the deregistration delay of %d s were cut off when their task was stopped."
            .formatted(drain(seen).orElse(Duration.ZERO).toSeconds()),
        new Fix(
            "set a deregistration delay, and a stopTimeout, that outlast the longest request",
            "deregistration_delay = 60",
            "aws elbv2 modify-target-group-attributes --target-group-arn %s --attributes Key=deregistration_delay.timeout_seconds,Value=60"
                .formatted(group)),
        evidence,
        Rank.APPLICATION,
        false,
        Severity.MEDIUM);
  }

  static Cause shallowHealth(Case seen, List<String> evidence) {
    return new Cause(
        "app-shallow-health",
        seen.goal().taskDefinition(),
        "Targets of service %s are healthy, and yet the application in %s answers requests with errors: its health check does not test what users need."
            .formatted(seen.service().serviceName(), seen.goal().container()),
        new Fix(
            "correct the application, and let its health check fail when it cannot do its work",
            "health_check {\n  path    = \"/q/health/ready\"\n  matcher = \"200\"\n}",
            "aws ecs update-service --cluster %s --service %s --task-definition PREVIOUS"
                .formatted(cluster(seen), seen.service().serviceName())),
        evidence,
        Rank.APPLICATION,
        false,
        Severity.HIGH);
  }

  static Cause brokenByRollback(Case seen, List<String> evidence) {
    return new Cause(
        "app-schema-newer-than-code-after-rollback",
        seen.service().serviceArn(),
        "Since service %s was rolled back its healthy tasks answer with errors: what the failed revision changed, such as a schema, does not fit the older code."
            .formatted(seen.service().serviceName()),
        new Fix(
            "make the change of data fit both revisions, or undo it, before the old one serves again",
            "# expand first, deploy, contract later: no migration that the previous revision cannot live with",
            "aws ecs describe-service-deployments --service-deployment-arns $(aws ecs list-service-deployments --cluster %s --service %s --query 'serviceDeployments[0].serviceDeploymentArn' --output text)"
                .formatted(cluster(seen), seen.service().serviceName())),
        evidence,
        Rank.APPLICATION,
        false,
        Severity.HIGH);
  }

  static Cause oldTasksServe(Case seen, List<String> evidence) {
    String group = group(seen).orElse(seen.service().serviceArn());
    return new Cause(
        "alb-draining-old-tasks-still-serve",
        group,
        "Tasks of the previous revision still answer while they drain, though the rollout is complete.",
        new Fix(
            "wait until no target drains, or shorten the deregistration delay",
            "deregistration_delay = 30",
            "aws elbv2 wait target-deregistered --target-group-arn " + group),
        evidence,
        Rank.SYMPTOM,
        false,
        Severity.MEDIUM);
  }

  private static Optional<String> group(Case seen) {
    return seen.service().loadBalancers().stream()
        .map(LoadBalancer::targetGroupArn)
        .filter(a -> a != null)
        .findFirst();
  }

  private static String cluster(Case seen) {
    return Arns.last(seen.goal().wanted().cluster());
  }
}
