package dev.slipway.validation.check.posture;

import dev.slipway.validation.check.Finding;
import dev.slipway.validation.check.Goal;
import dev.slipway.validation.check.Severity;
import dev.slipway.validation.observe.Entrance;
import dev.slipway.validation.observe.FrontDoor;
import dev.slipway.validation.observe.Metrics;
import dev.slipway.validation.observe.Snapshot;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroup;

/** What CloudWatch counted during the rollout. */
final class MetricAspects {

  private static final String DATA = "cloudwatch:GetMetricData";

  static final List<Aspect> ALL =
      List.of(
          Aspect.of(MetricAspects::balancerErrors, DATA, "elasticloadbalancing:DescribeRules"),
          Aspect.of(MetricAspects::targetErrors, DATA),
          Aspect.of(MetricAspects::emptyZone, DATA),
          Aspect.of(MetricAspects::memory, DATA));

  /** So many errors, and so large a part of all requests, are more than a stumble. */
  private static final int MANY = 10;

  private static final double SHARE = 0.01;

  private static final double FULL = 95;
  private static final double NEARLY_FULL = 90;

  private MetricAspects() {}

  /** Errors that the application never sees. A balancer that serves others counts theirs too. */
  private static List<Finding> balancerErrors(Snapshot snapshot, Goal goal) {
    Metrics metrics = snapshot.posture().metrics();
    if (metrics.served().isEmpty() || shared(snapshot.frontDoor())) {
      return List.of();
    }
    Instant since = metrics.served().get();
    Map<Integer, Long> counts = new TreeMap<>();
    metrics
        .byBalancer()
        .forEach((status, counted) -> {
          long sum = Math.round(Metrics.sum(counted, since));
          if (sum > 0) {
            counts.put(status, sum);
          }
        });
    long sum = counts.values().stream().mapToLong(Long::longValue).sum();
    if (sum == 0) {
      return List.of();
    }
    String arn = snapshot.frontDoor().loadBalancers().getFirst().loadBalancerArn();
    String each =
        counts.entrySet().stream()
            .map(e -> e.getValue() + " times " + e.getKey())
            .collect(Collectors.joining(", "));
    return List.of(
        new Finding(
            "obs-elb-5xx-invisible-to-app",
            grave(sum, Metrics.sum(metrics.requests(), since)) ? Severity.MEDIUM : Severity.LOW,
            arn,
            "During the rollout the load balancer itself answered %s, which no log of the application shows."
                .formatted(each),
            "run the verification of the next rollout with --probe, which tells why; raise an alarm on HTTPCode_ELB_5XX_Count",
            "metric_name = \"HTTPCode_ELB_5XX_Count\"",
            "slipway verify --cluster %s --service %s --probe"
                .formatted(goal.wanted().cluster(), snapshot.rollout().service().serviceName()),
            List.of("HTTPCode_ELB_50x_Count since " + since + ": " + each)));
  }

  private static List<Finding> targetErrors(Snapshot snapshot, Goal goal) {
    Metrics metrics = snapshot.posture().metrics();
    if (metrics.served().isEmpty()) {
      return List.of();
    }
    Instant since = metrics.served().get();
    long sum = Math.round(Metrics.sum(metrics.byTargets(), since));
    if (sum == 0) {
      return List.of();
    }
    return List.of(
        new Finding(
            "app-shallow-health",
            grave(sum, Metrics.sum(metrics.requests(), since)) ? Severity.MEDIUM : Severity.LOW,
            goal.taskDefinition(),
            "During the rollout tasks of service %s answered %d requests with 5xx, healthy as they were."
                .formatted(snapshot.rollout().service().serviceName(), sum),
            "read the application's log, and let its health check fail when it cannot do its work",
            "health_check {\n  matcher = \"200\"\n}",
            "aws logs tail LOG_GROUP --since 1h",
            List.of("HTTPCode_Target_5XX_Count since " + since + ": " + sum)));
  }

  /** Source: ELB user guide, CloudWatch metrics: HealthyHostCount by AvailabilityZone. */
  private static List<Finding> emptyZone(Snapshot snapshot, Goal goal) {
    Metrics metrics = snapshot.posture().metrics();
    Integer desired = snapshot.rollout().service().desiredCount();
    List<String> empty =
        metrics.healthy().keySet().stream()
            .sorted()
            .filter(z -> metrics.last(z, 2).equals(List.of(0.0, 0.0)))
            .toList();
    boolean elsewhere =
        metrics.healthy().keySet().stream()
            .anyMatch(z -> metrics.last(z, 1).stream().anyMatch(v -> v > 0));
    if (desired == null || desired < 2 || empty.isEmpty() || !elsewhere) {
      return List.of();
    }
    String group = snapshot.frontDoor().targetGroups().getFirst().targetGroupArn();
    return List.of(
        new Finding(
            "net-single-az",
            Severity.MEDIUM,
            group,
            "The load balancer has no healthy target in %s.".formatted(String.join(", ", empty)),
            "place tasks in every zone of the load balancer",
            "subnets = module.network.private_subnet_ids",
            "aws elbv2 describe-target-health --target-group-arn " + group,
            empty.stream().map(z -> "HealthyHostCount 0 in " + z).toList()));
  }

  private static List<Finding> memory(Snapshot snapshot, Goal goal) {
    double used = snapshot.posture().metrics().memory().orElse(0);
    if (used < NEARLY_FULL) {
      return List.of();
    }
    return List.of(
        new Finding(
            "td-memory-too-small",
            used >= FULL ? Severity.MEDIUM : Severity.LOW,
            goal.taskDefinition(),
            String.format(
                Locale.ROOT,
                "A task of service %s used %.0f %% of its memory: a little more and it is killed.",
                snapshot.rollout().service().serviceName(),
                used),
            "give the task more memory, or let the application use less",
            "memory = 1024",
            "aws ecs register-task-definition --family %s --memory 1024 …"
                .formatted(goal.revision().replaceFirst(":\\d+$", "")),
            List.of(String.format(Locale.ROOT, "MemoryUtilization at most %.1f", used))));
  }

  private static boolean grave(double errors, double requests) {
    return errors >= MANY && errors >= SHARE * requests;
  }

  /** Whether the load balancer forwards to target groups that are not the service's. */
  private static boolean shared(FrontDoor front) {
    Set<String> own =
        front.targetGroups().stream().map(TargetGroup::targetGroupArn).collect(Collectors.toSet());
    List<String> all = new ArrayList<>();
    front.rules().values().forEach(rules -> rules.forEach(r -> all.addAll(Entrance.forwardsTo(r))));
    return !own.containsAll(all);
  }
}
