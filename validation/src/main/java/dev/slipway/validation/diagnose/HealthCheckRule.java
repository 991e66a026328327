package dev.slipway.validation.diagnose;

import dev.slipway.validation.diagnose.Cause.Fix;
import dev.slipway.validation.diagnose.Cause.Rank;
import dev.slipway.validation.observe.Arns;
import dev.slipway.validation.observe.Tasks;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.HealthStatus;
import software.amazon.awssdk.services.ecs.model.Task;

/**
 * Tasks that were replaced, or are about to be, because a health check failed, while network, path
 * and port are right: the application is too slow, answers nothing, says itself that it is not
 * well, or the container's own check is wrong. Named when nothing more particular is seen.
 */
final class HealthCheckRule implements Rule {

  @Override
  public List<Cause> look(Case seen) {
    List<Unhealthy> targets = Unhealthy.in(seen);
    Starts starts = new Starts(seen);
    List<Task> stopped = starts.stopped(StopReason.UNHEALTHY);
    List<Cause> causes = new ArrayList<>();
    container(seen, starts, stopped, targets).ifPresent(causes::add);
    if (!targets.isEmpty()) {
      balancer(seen, stopped, targets).ifPresent(causes::add);
    }
    return causes;
  }

  /** The check that runs in the container fails, and the load balancer's does not. */
  private static Optional<Cause> container(
      Case seen, Starts starts, List<Task> stopped, List<Unhealthy> targets) {
    List<Task> failed =
        new ArrayList<>(
            stopped.stream()
                .filter(t -> String.valueOf(t.stoppedReason()).contains("container health check"))
                .toList());
    starts.running().stream()
        .filter(t -> t.healthStatus() == HealthStatus.UNHEALTHY)
        .forEach(failed::add);
    Optional<ContainerDefinition> checked =
        seen.definition().stream()
            .flatMap(d -> d.containerDefinitions().stream())
            .filter(c -> c.healthCheck() != null)
            .findFirst();
    if (failed.isEmpty() || checked.isEmpty() || !targets.isEmpty()) {
      return Optional.empty();
    }
    String command = String.join(" ", checked.get().healthCheck().command());
    boolean balanced = !seen.service().loadBalancers().isEmpty();
    List<String> evidence =
        new ArrayList<>(failed.stream().filter(Tasks::stopped).map(Starts::line).toList());
    failed.stream()
        .filter(t -> !Tasks.stopped(t))
        .forEach(t -> evidence.add("task " + Tasks.id(t) + " is UNHEALTHY"));
    evidence.addAll(seen.events("failed container health checks"));
    return Optional.of(
        new Cause(
            balanced ? "td-healthcheck-binary-missing" : "app-container-check-fails",
            seen.goal().taskDefinition(),
            balanced
                ? "The health check \"%s\" in container %s of %s fails, while the load balancer's own check does not: the command is wrong, or the image lacks it."
                    .formatted(command, checked.get().name(), seen.goal().revision())
                : "The health check \"%s\" in container %s of %s fails."
                    .formatted(command, checked.get().name(), seen.goal().revision()),
            new Fix(
                "name a command that the image holds and that ends with 0 when the service is well, or leave the check to the load balancer",
                "healthCheck = { command = [\"CMD\", \"/app/healthy\"], startPeriod = 30 }",
                "aws ecs register-task-definition --family %s --container-definitions FILE"
                    .formatted(Arns.family(seen.goal().revision()))),
            evidence,
            Rank.SYMPTOM,
            repeated(seen, failed)));
  }

  private static Optional<Cause> balancer(Case seen, List<Task> stopped, List<Unhealthy> targets) {
    Unhealthy target = targets.getFirst();
    List<String> evidence =
        new ArrayList<>(targets.stream().map(Unhealthy::evidence).distinct().toList());
    stopped.forEach(t -> evidence.add(Starts.line(t)));
    if (target.code() >= 500) {
      return Optional.of(unwell(seen, target, stopped, evidence));
    }
    if (target.timeout() && LoadBalancerPath.blocked(seen, target).isEmpty()) {
      return Optional.of(silent(seen, target, stopped, evidence));
    }
    if (target.refused()) {
      return stopped.isEmpty()
          ? Optional.empty()
          : Optional.of(slow(seen, target, stopped, evidence));
    }
    return target.timeout() || !target.codes().isEmpty()
        ? Optional.empty()
        : Optional.of(unknown(seen, target, evidence));
  }

  private static Cause unknown(Case seen, Unhealthy target, List<String> evidence) {
    return new Cause(
        "alb-target-unhealthy",
        target.targetGroup(),
        "Targets of group %s are unhealthy. ELB says: %s"
            .formatted(TargetRule.name(target.targetGroup()), target.reason()),
        new Fix(
            "put right what ELB names",
            "# what ELB names decides: health check, network or application",
            "aws elbv2 describe-target-health --target-group-arn " + target.targetGroup()),
        log(seen, target, evidence),
        Rank.WORDS,
        false);
  }

  private static Cause unwell(
      Case seen, Unhealthy target, List<Task> stopped, List<String> evidence) {
    return new Cause(
        "app-health-check-fails",
        seen.goal().taskDefinition(),
        "The application of %s answers its health check with %s: it says itself that it is not well."
            .formatted(seen.goal().revision(), target.codes()),
        new Fix(
            "read the container's log for what it lacks, often a database or a variable, and correct that",
            "environment = []  # what the application needs to be ready",
            "aws elbv2 describe-target-health --target-group-arn " + target.targetGroup()),
        log(seen, target, evidence),
        Rank.SYMPTOM,
        repeated(seen, stopped));
  }

  private static Cause silent(
      Case seen, Unhealthy target, List<Task> stopped, List<String> evidence) {
    return new Cause(
        "app-does-not-answer",
        seen.goal().taskDefinition(),
        "The application of %s takes connections on port %d and does not answer the health check in time, though the network is open."
            .formatted(seen.goal().revision(), target.port()),
        new Fix(
            "find out what the application waits for; if it is only slow, give the health check a longer timeout",
            "health_check {\n  timeout  = 10\n  interval = 30\n}",
            "aws elbv2 modify-target-group --target-group-arn %s --health-check-timeout-seconds 10"
                .formatted(target.targetGroup())),
        log(seen, target, evidence),
        Rank.SYMPTOM,
        repeated(seen, stopped));
  }

  private static Cause slow(
      Case seen, Unhealthy target, List<Task> stopped, List<String> evidence) {
    int grace =
        seen.service().healthCheckGracePeriodSeconds() == null
            ? 0
            : seen.service().healthCheckGracePeriodSeconds();
    Optional<Duration> lived = Lives.middle(stopped);
    long longer = Math.max(60, lived.map(d -> 2 * d.toSeconds()).orElse(0L) + grace);
    return new Cause(
        "app-slow-start-grace-short",
        seen.service().serviceArn(),
        "Tasks of %s are stopped%s because nothing accepts connections on port %d yet; the health check grace period is %d s."
            .formatted(
                seen.goal().revision(),
                lived.map(d -> " " + Lives.words(d) + " after their start").orElse(""),
                target.port(),
                grace),
        new Fix(
            "give the service a grace period longer than its start takes; if it never listens, its log says why",
            "health_check_grace_period_seconds = " + longer,
            "aws ecs update-service --cluster %s --service %s --health-check-grace-period-seconds %d"
                .formatted(seen.goal().wanted().cluster(), seen.service().serviceName(), longer)),
        log(seen, target, evidence),
        Rank.SYMPTOM,
        repeated(seen, stopped));
  }

  /** A slow task may be replaced by one that makes it; three of them tell otherwise. */
  private static boolean repeated(Case seen, List<Task> stopped) {
    return stopped.size() >= Math.max(3, Math.ceilDiv(seen.service().desiredCount(), 2));
  }

  private static List<String> log(Case seen, Unhealthy target, List<String> evidence) {
    List<String> lines = new ArrayList<>(evidence);
    target
        .task()
        .map(Task::taskArn)
        .map(a -> seen.snapshot().surroundings().logTails().getOrDefault(a, List.of()))
        .ifPresent(log ->
            log.stream()
                .skip(Math.max(0, log.size() - 5))
                .forEach(l -> lines.add("log: " + l.strip())));
    return List.copyOf(lines);
  }
}
