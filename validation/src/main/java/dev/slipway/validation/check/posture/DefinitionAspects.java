package dev.slipway.validation.check.posture;

import dev.slipway.validation.check.Finding;
import dev.slipway.validation.check.Goal;
import dev.slipway.validation.check.Severity;
import dev.slipway.validation.observe.Arns;
import dev.slipway.validation.observe.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;
import software.amazon.awssdk.services.ecs.model.TaskDefinitionStatus;

/** What the task definition says, and whether the service is on the right one. */
final class DefinitionAspects {

  private static final String DEFINITION = "ecs:DescribeTaskDefinition";
  private static final Set<String> ROOT = Set.of("", "0", "root");

  static final List<Aspect> ALL =
      List.of(
          Aspect.of(DefinitionAspects::silent, DEFINITION),
          Aspect.of(DefinitionAspects::root, DEFINITION),
          Aspect.of(DefinitionAspects::writable, DEFINITION),
          Aspect.of(DefinitionAspects::inactive, DEFINITION),
          Aspect.of(DefinitionAspects::behind, "ecs:ListTaskDefinitions"),
          Aspect.of(DefinitionAspects::exec),
          Aspect.of(DefinitionAspects::oldPlatform));

  private DefinitionAspects() {}

  private static List<Finding> each(
      Snapshot snapshot,
      Goal goal,
      Predicate<ContainerDefinition> wrong,
      java.util.function.Function<ContainerDefinition, Finding> finding) {
    return Aspects.containers(snapshot, goal).stream().filter(wrong).map(finding).toList();
  }

  private static String register(Goal goal) {
    return "aws ecs register-task-definition --family %s --container-definitions FILE"
        .formatted(Arns.family(goal.revision()));
  }

  private static List<Finding> silent(Snapshot snapshot, Goal goal) {
    return each(
        snapshot,
        goal,
        c -> c.logConfiguration() == null,
        c ->
            new Finding(
                "td-no-logging",
                Severity.MEDIUM,
                goal.taskDefinition(),
                "Container %s of %s has no log configuration: when it fails, nothing tells why."
                    .formatted(c.name(), goal.revision()),
                "send its output to a log group",
                "logConfiguration = { logDriver = \"awslogs\", options = { awslogs-group = aws_cloudwatch_log_group.this.name, awslogs-region = data.aws_region.current.id, awslogs-stream-prefix = \"app\" } }",
                register(goal),
                List.of("logConfiguration of " + c.name() + " is not set")));
  }

  private static List<Finding> root(Snapshot snapshot, Goal goal) {
    return each(
        snapshot,
        goal,
        c -> ROOT.contains(Aspects.text(c.user()).split(":", 2)[0]),
        c ->
            new Finding(
                "td-root-user",
                Severity.MEDIUM,
                goal.taskDefinition(),
                "Container %s of %s names no user, so it runs as root unless its image says otherwise."
                    .formatted(c.name(), goal.revision()),
                "name a user that is not root",
                "user = \"10001\"",
                register(goal),
                List.of("user of " + c.name() + ": " + Aspects.text(c.user()))));
  }

  private static List<Finding> writable(Snapshot snapshot, Goal goal) {
    return each(
        snapshot,
        goal,
        c -> !Boolean.TRUE.equals(c.readonlyRootFilesystem()),
        c ->
            new Finding(
                "td-writable-rootfs",
                Severity.LOW,
                goal.taskDefinition(),
                "Container %s of %s may write to its root file system."
                    .formatted(c.name(), goal.revision()),
                "make the root file system read-only and mount volumes where it writes",
                "readonlyRootFilesystem = true",
                register(goal),
                List.of("readonlyRootFilesystem of " + c.name() + " is not true")));
  }

  private static List<Finding> inactive(Snapshot snapshot, Goal goal) {
    Service service = snapshot.rollout().service();
    List<Finding> found = new ArrayList<>();
    String arn = Aspects.text(service.taskDefinition());
    boolean gone =
        snapshot
            .rollout()
            .taskDefinition(arn)
            .map(TaskDefinition::status)
            .filter(TaskDefinitionStatus.INACTIVE::equals)
            .isPresent();
    if (gone) {
      found.add(
          new Finding(
              "td-revision-inactive",
              Severity.HIGH,
              arn,
              "Service %s runs %s, which is deregistered: it cannot be deployed or rolled back to again."
                  .formatted(service.serviceName(), Arns.revision(arn)),
              "register the definition again and deploy that revision",
              "# never deregister a revision that a service runs: skip_destroy = true",
              Aspects.updateService(snapshot, goal) + " --task-definition NEW_REVISION",
              List.of("status of " + Arns.revision(arn) + ": INACTIVE")));
    }
    return found;
  }

  /** Only when nobody says which revision is wanted and the last rollout is done. */
  private static List<Finding> behind(Snapshot snapshot, Goal goal) {
    Service service = snapshot.rollout().service();
    String runs = Aspects.text(service.taskDefinition());
    String newest = snapshot.posture().newestRevision();
    boolean settled =
        snapshot.rollout().completed().filter(p -> runs.equals(p.taskDefinition())).isPresent();
    if (!goal.wanted().revision().isEmpty()
        || newest.isEmpty()
        || !settled
        || !goal.taskDefinition().equals(runs)
        || Arns.number(newest) <= Arns.number(runs)) {
      return List.of();
    }
    return List.of(
        new Finding(
            "svc-not-updated",
            Severity.HIGH,
            service.serviceArn(),
            "%s is registered, but service %s still runs %s: it was never told."
                .formatted(Arns.revision(newest), service.serviceName(), Arns.revision(runs)),
            "update the service to the newest revision, or deregister it",
            "task_definition = aws_ecs_task_definition.this.arn",
            Aspects.updateService(snapshot, goal) + " --task-definition " + Arns.revision(newest),
            List.of("newest active revision " + Arns.revision(newest))));
  }

  private static List<Finding> exec(Snapshot snapshot, Goal goal) {
    Service service = snapshot.rollout().service();
    if (!Boolean.TRUE.equals(service.enableExecuteCommand())) {
      return List.of();
    }
    return List.of(
        new Finding(
            "svc-exec-left-enabled",
            Severity.LOW,
            service.serviceArn(),
            "ECS Exec is on for service %s: whoever may call ExecuteCommand gets a shell in it."
                .formatted(service.serviceName()),
            "turn ECS Exec off",
            "enable_execute_command = false",
            Aspects.updateService(snapshot, goal) + " --no-enable-execute-command",
            List.of("enableExecuteCommand true")));
  }

  private static List<Finding> oldPlatform(Snapshot snapshot, Goal goal) {
    Service service = snapshot.rollout().service();
    String version = Aspects.text(service.platformVersion());
    if (version.isEmpty() || version.equals("LATEST") || version.startsWith("1.4")) {
      return List.of();
    }
    return List.of(
        new Finding(
            "svc-old-platform-version",
            Severity.LOW,
            service.serviceArn(),
            "Service %s is pinned to Fargate platform version %s."
                .formatted(service.serviceName(), version),
            "use the platform version LATEST",
            "platform_version = \"LATEST\"",
            Aspects.updateService(snapshot, goal) + " --platform-version LATEST",
            List.of("platformVersion " + version)));
  }
}
