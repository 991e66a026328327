package dev.slipway.validation.check.posture;

import dev.slipway.validation.check.Finding;
import dev.slipway.validation.check.Goal;
import dev.slipway.validation.check.Policies;
import dev.slipway.validation.check.Severity;
import dev.slipway.validation.observe.Arns;
import dev.slipway.validation.observe.Snapshot;
import dev.slipway.validation.observe.Surroundings.Role;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.cloudwatch.model.MetricAlarm;
import software.amazon.awssdk.services.cloudwatch.model.StateValue;
import software.amazon.awssdk.services.ecs.model.ClusterSetting;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.LogDriver;

/** Whether anybody would notice. */
final class ObservabilityAspects {

  static final List<Aspect> ALL =
      List.of(
          Aspect.of(ObservabilityAspects::alarms, "cloudwatch:DescribeAlarms"),
          Aspect.of(
              ObservabilityAspects::unheard,
              "ecs:DescribeTaskDefinition",
              "iam:GetRole",
              "iam:ListRolePolicies",
              "iam:GetRolePolicy",
              "iam:ListAttachedRolePolicies",
              "iam:GetPolicy",
              "iam:GetPolicyVersion",
              "logs:DescribeLogStreams"),
          Aspect.of(
              ObservabilityAspects::lost, "ecs:DescribeTaskDefinition", "logs:DescribeLogGroups"),
          Aspect.of(ObservabilityAspects::retention, "logs:DescribeLogGroups"),
          Aspect.of(ObservabilityAspects::insights, "ecs:DescribeClusters"));

  /** By then an alarm that looks at minutes has seen the end of the rollout. */
  private static final Duration EVALUATION = Duration.ofMinutes(5);

  private ObservabilityAspects() {}

  private static List<Finding> alarms(Snapshot snapshot, Goal goal) {
    List<Finding> found = new ArrayList<>();
    for (MetricAlarm alarm : snapshot.posture().alarms()) {
      if (scales(alarm)) {
        continue;
      }
      if (alarm.stateValue() == StateValue.ALARM) {
        found.add(firing(snapshot, alarm));
      } else if (!Boolean.TRUE.equals(alarm.actionsEnabled())
          || !alarm.hasAlarmActions()
          || alarm.alarmActions().isEmpty()) {
        found.add(
            new Finding(
                "obs-alarm-not-wired",
                Severity.LOW,
                alarm.alarmArn() == null ? alarm.alarmName() : alarm.alarmArn(),
                "Alarm %s tells nobody.".formatted(alarm.alarmName()),
                "give it an action",
                "alarm_actions = [aws_sns_topic.alarms.arn]",
                "aws cloudwatch enable-alarm-actions --alarm-names " + alarm.alarmName(),
                List.of("no alarm action, or actions disabled")));
      }
    }
    return found;
  }

  /**
   * Whether an alarm does nothing but scale: target tracking's lower one rings for as long as a
   * service is idle. Source: Application Auto Scaling user guide, target tracking policies.
   */
  private static boolean scales(MetricAlarm alarm) {
    return !alarm.alarmActions().isEmpty()
        && alarm.alarmActions().stream()
            .allMatch(arn -> arn.contains(":autoscaling:") && arn.contains(":scalingPolicy:"));
  }

  private static Finding firing(Snapshot snapshot, MetricAlarm alarm) {
    String name = alarm.alarmName();
    boolean grave = !passing(snapshot, alarm);
    return new Finding(
        "obs-alarm-firing",
        grave ? Severity.HIGH : Severity.LOW,
        Aspects.text(alarm.alarmArn()).isEmpty() ? name : alarm.alarmArn(),
        "Alarm %s, which watches the service, is in ALARM%s: %s"
            .formatted(
                name,
                grave ? "" : ", which may end with the rollout",
                Aspects.text(alarm.stateReason())),
        "find out what it tells, before anything else is deployed",
        "# nothing to change: the alarm does its work",
        "aws cloudwatch describe-alarm-history --alarm-name " + name,
        List.of("state ALARM since " + alarm.stateUpdatedTimestamp()));
  }

  /**
   * Whether an alarm may come from the rollout itself: a metric that has no data yet, or a state
   * that it took while tasks were replaced, or while there was no service. Source: CloudWatch user
   * guide, alarms and missing data.
   */
  private static boolean passing(Snapshot snapshot, MetricAlarm alarm) {
    if (Aspects.text(alarm.stateReason()).contains("no datapoints were received")) {
      return true;
    }
    Instant since = alarm.stateUpdatedTimestamp();
    if (since == null) {
      return false;
    }
    if (isOlderThanTheService(snapshot, since)) {
      return true;
    }
    return snapshot
        .rollout()
        .primary()
        .filter(p -> p.createdAt() != null && p.updatedAt() != null)
        .filter(p -> since.isAfter(p.createdAt()))
        .filter(p -> since.isBefore(p.updatedAt().plus(EVALUATION)))
        .isPresent();
  }

  /** Whether a new service has had no time yet to end an alarm that rang before it was made. */
  private static boolean isOlderThanTheService(Snapshot snapshot, Instant since) {
    Instant made = snapshot.rollout().service().createdAt();
    return made != null
        && since.isBefore(made)
        && snapshot
            .rollout()
            .primary()
            .filter(p -> p.updatedAt() != null)
            .filter(p -> snapshot.observedAt().isBefore(p.updatedAt().plus(EVALUATION)))
            .isPresent();
  }

  /** A task whose role may not write its log runs on in silence, and no error tells of it. */
  private static List<Finding> unheard(Snapshot snapshot, Goal goal) {
    boolean logs =
        Aspects.containers(snapshot, goal).stream().anyMatch(ObservabilityAspects::toCloudWatch);
    Optional<Role> role =
        Aspects.definition(snapshot, goal)
            .map(d -> Aspects.text(d.executionRoleArn()))
            .map(arn -> snapshot.posture().roles().get(arn))
            .filter(Role::exists);
    if (!logs || role.isEmpty() || Policies.allow(role.get().policies().values(), PUT)) {
      return List.of();
    }
    String name = Arns.last(role.get().arn());
    return List.of(
        new Finding(
            "iam-execution-role-missing-logs",
            Severity.HIGH,
            role.get().arn(),
            "Execution role %s may not write log events, so the tasks' output is lost without an error."
                .formatted(name),
            "allow logs:CreateLogStream and logs:PutLogEvents on the log group",
            "statement {\n  actions   = [\"logs:CreateLogStream\", \"logs:PutLogEvents\"]\n  resources = [\"${aws_cloudwatch_log_group.this.arn}:*\"]\n}",
            "aws iam attach-role-policy --role-name %s --policy-arn arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy"
                .formatted(name),
            List.of("no policy of " + name + " allows " + PUT)));
  }

  private static final String PUT = "logs:PutLogEvents";

  private static boolean toCloudWatch(ContainerDefinition container) {
    return container.logConfiguration() != null
        && container.logConfiguration().logDriver() == LogDriver.AWSLOGS;
  }

  /**
   * Tasks run on when their log group is deleted; what they say is lost, and the next ones do not
   * start. A task that makes its group itself makes it again. Source: ECS developer guide,
   * using_awslogs.
   */
  private static List<Finding> lost(Snapshot snapshot, Goal goal) {
    String home = Arns.region(Aspects.text(snapshot.rollout().service().serviceArn()));
    return Aspects.containers(snapshot, goal).stream()
        .filter(ObservabilityAspects::toCloudWatch)
        .filter(c -> {
          Map<String, String> options = c.logConfiguration().options();
          return options.containsKey("awslogs-group")
              && home.equals(options.get("awslogs-region"))
              && !"true".equals(options.get("awslogs-create-group"))
              && !snapshot.posture().logGroups().containsKey(options.get("awslogs-group"));
        })
        .map(c -> lost(c.name(), c.logConfiguration().options().get("awslogs-group"), goal))
        .toList();
  }

  private static Finding lost(String container, String group, Goal goal) {
    return new Finding(
        "td-log-group-missing",
        Severity.MEDIUM,
        group,
        "Container %s of %s logs to log group %s, which does not exist: its output is lost, and no further task starts."
            .formatted(container, goal.revision(), group),
        "create the log group again",
        "resource \"aws_cloudwatch_log_group\" \"service\" {\n  name              = \"%s\"\n  retention_in_days = 30\n}"
            .formatted(group),
        "aws logs create-log-group --log-group-name " + group,
        List.of("no log group " + group));
  }

  private static List<Finding> retention(Snapshot snapshot, Goal goal) {
    return snapshot.posture().logGroups().values().stream()
        .filter(g -> g.retentionInDays() == null)
        .map(g ->
            new Finding(
                "obs-log-group-no-retention",
                Severity.LOW,
                g.logGroupName(),
                "Log group %s keeps everything for ever.".formatted(g.logGroupName()),
                "set a retention",
                "retention_in_days = 30",
                "aws logs put-retention-policy --log-group-name %s --retention-in-days 30"
                    .formatted(g.logGroupName()),
                List.of("retentionInDays is not set")))
        .toList();
  }

  private static List<Finding> insights(Snapshot snapshot, Goal goal) {
    List<Finding> found = new ArrayList<>();
    snapshot
        .posture()
        .cluster()
        .filter(c ->
            c.settings().stream()
                .filter(s -> "containerInsights".equals(s.nameAsString()))
                .map(ClusterSetting::value)
                .noneMatch(v -> !"disabled".equals(v)))
        .ifPresent(c ->
            found.add(
                new Finding(
                    "obs-no-container-insights",
                    Severity.LOW,
                    c.clusterArn(),
                    "Cluster %s has no Container Insights.".formatted(c.clusterName()),
                    "turn Container Insights on, or accept ECS's own metrics",
                    "setting {\n  name  = \"containerInsights\"\n  value = \"enabled\"\n}",
                    "aws ecs update-cluster-settings --cluster %s --settings name=containerInsights,value=enabled"
                        .formatted(c.clusterName()),
                    List.of("containerInsights disabled"))));
    return found;
  }
}
