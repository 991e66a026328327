package dev.slipway.validation.observe;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import software.amazon.awssdk.services.cloudwatch.model.MetricAlarm;
import software.amazon.awssdk.services.cloudwatchlogs.model.LogGroup;
import software.amazon.awssdk.services.ecs.model.Cluster;
import software.amazon.awssdk.services.ecs.model.ClusterField;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.ecs.model.Task;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;

/** Reads a deployment's {@link Posture}. */
final class PostureReader {

  private static final String ELB = "elasticloadbalancing:";

  private final Aws aws;
  private final NetworkReader network;
  private final RoleReader roles;
  private final ShelfReader shelves;
  private final CertificateReader certificates;
  private final MetricReader metrics;

  PostureReader(Aws aws) {
    this.aws = aws;
    this.network = new NetworkReader(aws);
    this.roles = new RoleReader(aws);
    this.shelves = new ShelfReader(aws);
    this.certificates = new CertificateReader(aws);
    this.metrics = new MetricReader(aws);
  }

  Posture posture(Ask ask, Rollout rollout, List<Task> tasks, FrontDoor front, Registry registry) {
    Service service = rollout.service();
    Collection<TaskDefinition> definitions = rollout.taskDefinitions().values();
    Instant now = aws.time().instant();
    return new Posture(
        true,
        cluster(ask, service),
        newestRevision(ask, service),
        loadBalancers(ask, front),
        targetGroups(ask, front),
        certificates.of(ask, front),
        logGroups(ask, definitions),
        logged(ask, definitions, tasks),
        alarms(ask, service, front),
        shelves.shelves(ask, registry, tasks),
        network.network(ask, subnets(service)),
        roles(ask, definitions),
        roles.deployers(ask),
        metrics.metrics(ask, rollout, front, now),
        now);
  }

  private Optional<Cluster> cluster(Ask ask, Service service) {
    return ask.optional(
        "ecs:DescribeClusters",
        Optional.empty(),
        () ->
            aws
                .ecs()
                .describeClusters(
                    r -> r.clusters(service.clusterArn()).include(ClusterField.SETTINGS))
                .clusters()
                .stream()
                .findFirst());
  }

  private String newestRevision(Ask ask, Service service) {
    if (service.taskDefinition() == null) {
      return "";
    }
    String family = Arns.family(service.taskDefinition());
    return ask.optional(
        "ecs:ListTaskDefinitions",
        "",
        () ->
            aws
                .ecs()
                .listTaskDefinitions(r -> r.familyPrefix(family).sort("DESC").maxResults(1))
                .taskDefinitionArns()
                .stream()
                .findFirst()
                .orElse(""));
  }

  private Map<String, Map<String, String>> loadBalancers(Ask ask, FrontDoor front) {
    Map<String, Map<String, String>> all = new HashMap<>();
    front
        .loadBalancers()
        .forEach(balancer -> {
          Map<String, String> attributes = new HashMap<>();
          boolean read =
              ask.optional(
                  ELB + "DescribeLoadBalancerAttributes",
                  false,
                  () -> {
                    aws.elb()
                        .describeLoadBalancerAttributes(
                            r -> r.loadBalancerArn(balancer.loadBalancerArn()))
                        .attributes()
                        .forEach(a -> attributes.put(a.key(), String.valueOf(a.value())));
                    return true;
                  });
          if (read) {
            all.put(balancer.loadBalancerArn(), Map.copyOf(attributes));
          }
        });
    return Map.copyOf(all);
  }

  private Map<String, Map<String, String>> targetGroups(Ask ask, FrontDoor front) {
    Map<String, Map<String, String>> all = new HashMap<>();
    front
        .targetGroups()
        .forEach(group -> {
          Map<String, String> attributes = new HashMap<>();
          boolean read =
              ask.optional(
                  ELB + "DescribeTargetGroupAttributes",
                  false,
                  () -> {
                    aws.elb()
                        .describeTargetGroupAttributes(
                            r -> r.targetGroupArn(group.targetGroupArn()))
                        .attributes()
                        .forEach(a -> attributes.put(a.key(), String.valueOf(a.value())));
                    return true;
                  });
          if (read) {
            all.put(group.targetGroupArn(), Map.copyOf(attributes));
          }
        });
    return Map.copyOf(all);
  }

  private Map<String, LogGroup> logGroups(Ask ask, Collection<TaskDefinition> definitions) {
    Map<String, LogGroup> all = new HashMap<>();
    definitions.stream()
        .flatMap(d -> d.containerDefinitions().stream())
        .flatMap(c -> LogReader.group(c).stream())
        .distinct()
        .forEach(name ->
            ask
                .optional(
                    "logs:DescribeLogGroups",
                    List.<LogGroup>of(),
                    () -> aws.logs().describeLogGroups(r -> r.logGroupNamePrefix(name)).logGroups())
                .stream()
                .filter(g -> name.equals(g.logGroupName()))
                .forEach(g -> all.put(name, g)));
    return Map.copyOf(all);
  }

  /** Streams are named {@code prefix/container/task}. Source: ECS developer guide, awslogs. */
  private Optional<Set<String>> logged(
      Ask ask, Collection<TaskDefinition> definitions, List<Task> tasks) {
    Set<String> prefixes = new LinkedHashSet<>();
    for (TaskDefinition definition : definitions) {
      for (ContainerDefinition container : definition.containerDefinitions()) {
        LogReader.group(container)
            .ifPresent(group ->
                prefixes.add(
                    group
                        + "\n"
                        + container.logConfiguration().options().get("awslogs-stream-prefix")
                        + "/"
                        + container.name()
                        + "/"));
      }
    }
    Set<String> running = new HashSet<>();
    tasks.stream().filter(Tasks::runs).forEach(t -> running.add(Tasks.id(t)));
    Set<String> found = new HashSet<>();
    for (String each : prefixes) {
      String[] parts = each.split("\n", 2);
      boolean read =
          ask.optional(
              "logs:DescribeLogStreams",
              false,
              () -> {
                aws
                    .logs()
                    .describeLogStreamsPaginator(
                        r -> r.logGroupName(parts[0]).logStreamNamePrefix(parts[1]))
                    .logStreams()
                    .stream()
                    .filter(s -> s.lastIngestionTime() != null)
                    .map(s -> Arns.last(s.logStreamName()))
                    .filter(running::contains)
                    .forEach(found::add);
                return true;
              });
      if (!read) {
        return Optional.empty();
      }
    }
    return Optional.of(Set.copyOf(found));
  }

  /** An alarm concerns the service when a dimension of its metrics names it or its front door. */
  private List<MetricAlarm> alarms(Ask ask, Service service, FrontDoor front) {
    Set<String> names = new HashSet<>();
    front.loadBalancers().forEach(b -> names.add(afterKind(b.loadBalancerArn(), "loadbalancer/")));
    front.targetGroups().forEach(g -> names.add(afterKind(g.targetGroupArn(), "targetgroup/")));
    return ask
        .optional(
            "cloudwatch:DescribeAlarms",
            List.<MetricAlarm>of(),
            () -> aws.cloudWatch().describeAlarmsPaginator().metricAlarms().stream().toList())
        .stream()
        .filter(a -> concerns(a, service, names))
        .toList();
  }

  private static boolean concerns(MetricAlarm alarm, Service service, Set<String> names) {
    return Stream.concat(
            alarm.dimensions().stream(),
            alarm.metrics().stream()
                .filter(m -> m.metricStat() != null)
                .flatMap(m -> m.metricStat().metric().dimensions().stream()))
        .anyMatch(d ->
            ("ServiceName".equals(d.name()) && service.serviceName().equals(d.value()))
                || names.contains(d.value())
                || names.contains("targetgroup/" + d.value()));
  }

  /** CloudWatch names a load balancer {@code app/name/id} and a group {@code targetgroup/…}. */
  private static String afterKind(String arn, String kind) {
    int at = arn.indexOf(kind);
    return at < 0
        ? arn
        : kind.startsWith("l") ? arn.substring(at + kind.length()) : arn.substring(at);
  }

  private Map<String, Surroundings.Role> roles(Ask ask, Collection<TaskDefinition> definitions) {
    Map<String, Surroundings.Role> found = new HashMap<>();
    List<String> arns = new ArrayList<>();
    definitions.forEach(d -> {
      arns.add(d.executionRoleArn());
      arns.add(d.taskRoleArn());
    });
    arns.stream()
        .filter(arn -> arn != null)
        .distinct()
        .forEach(arn -> roles.role(ask, arn).ifPresent(r -> found.put(arn, r)));
    return Map.copyOf(found);
  }

  private static List<String> subnets(Service service) {
    return service.networkConfiguration() == null
            || service.networkConfiguration().awsvpcConfiguration() == null
        ? List.of()
        : service.networkConfiguration().awsvpcConfiguration().subnets();
  }
}
