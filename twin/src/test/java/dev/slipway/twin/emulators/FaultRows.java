package dev.slipway.twin.emulators;

import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.ecs.model.Deployment;
import software.amazon.awssdk.services.ecs.model.DesiredStatus;
import software.amazon.awssdk.services.ecs.model.EcsException;
import software.amazon.awssdk.services.ecs.model.LaunchType;
import software.amazon.awssdk.services.ecs.model.LogDriver;
import software.amazon.awssdk.services.ecs.model.Task;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetHealth;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetHealthStateEnum;

/** A service that cannot become what it was meant to be. */
final class FaultRows {

  /** A wait of ten minutes, as the AWS CLI's, at the scale of the run. */
  private static final int LOOKS = 200;

  private static final String TRIPPED =
      "rollout FAILED: ECS deployment circuit breaker: tasks failed to start.";

  private FaultRows() {}

  static List<Row> rows() {
    return List.of(
        new Row(
            "(a) no NAT and no endpoints",
            "ResourceInitializationError after its time-outs, then the breaker",
            "xx--",
            List.of(
                TRIPPED,
                "TaskFailedToStart: ResourceInitializationError: unable to pull secrets or registry"
                    + " auth: The task cannot pull registry auth from Amazon ECR: There is a"
                    + " connection issue between the task and Amazon ECR.",
                "i/o timeout",
                "services-stable: never"),
            account -> {
              Stack stack = new Stack(account, new Network(account.ec2, false, true));
              stack.push("one", "{}");
              return fails(stack, stack.define("one"));
            }),
        new Row(
            "(b) a tag that is not there",
            "CannotPullContainerError, TaskFailedToStart, events, breaker",
            "x=x-",
            List.of(
                TRIPPED,
                "TaskFailedToStart: CannotPullContainerError: pull image manifest has been retried"
                    + " 7 time(s): failed to resolve ref REGISTRY/web:missing: not found",
                "services-stable: never"),
            account -> {
              Stack stack = StartRows.stack(account);
              return fails(stack, stack.define("missing"));
            }),
        new Row(
            "(c) /health answers 503",
            "unhealthy with the code; ECS stops the tasks; breaker",
            "xx--",
            List.of(
                TRIPPED,
                "a target is unhealthy: Target.ResponseCodeMismatch: Health checks failed with"
                    + " these codes: [503]",
                "ServiceSchedulerInitiated: Task failed ELB health checks in (target-group"
                    + " arn:targetgroup/compare/ID)"),
            account -> sick(account, "{\"answers\":[{\"path\":\"/health\",\"status\":503}]}")),
        new Row(
            "(c2) an update to such an image",
            "rolled back; the old tasks serve throughout",
            "xx--",
            List.of(
                "rolled back to web:1: rollout COMPLETED",
                "service deployments: ROLLBACK_SUCCESSFUL, SUCCESSFUL",
                "answers during the update: one; failed: 0"),
            account -> rollsBack(account, "{\"answers\":[{\"path\":\"/health\",\"status\":503}]}")),
        new Row(
            "(d) the task's group does not let the balancer in",
            "Target.Timeout; ECS stops the tasks",
            "xx--",
            List.of(
                TRIPPED,
                "a target is unhealthy: Target.Timeout: Request timed out",
                "Task failed ELB health checks in (target-group arn:targetgroup/compare/ID)"),
            account -> {
              Stack stack = new Stack(account, new Network(account.ec2, true, false));
              stack.push("one", "{}");
              return unhealthy(stack, stack.define("one"));
            }),
        new Row(
            "(e) an execution role that is not there",
            "no task at all; an event, or RunTask's exception, says that the role cannot be assumed",
            "xx--",
            List.of(
                "RunTask: ClientException: ECS was unable to assume the role",
                "ECS was unable to assume the role 'arn:role/nobody' that was provided for this"
                    + " task.",
                "stopped tasks: 0",
                "services-stable: never"),
            FaultRows::roleMissing),
        new Row(
            "(e2) Fargate, ECR and awslogs without an execution role",
            "ClientException at registration",
            "xxxx",
            List.of("RegisterTaskDefinition: ClientException: "),
            account -> {
              Stack stack = StartRows.stack(account);
              return List.of(
                  "RegisterTaskDefinition: "
                      + refused(() -> stack.define("one", t -> t.executionRoleArn(null), c -> {})));
            }),
        new Row(
            "(f) an update to a container that exits with 1",
            "three failures, FAILED, rollback",
            "xx--",
            List.of(
                "rolled back to web:1: rollout COMPLETED",
                "service deployments: ROLLBACK_SUCCESSFUL, SUCCESSFUL",
                "answers during the update: one; failed: 0"),
            account -> rollsBack(account, "{\"exit\":{\"after\":1,\"code\":1}}")),
        new Row(
            "(f0) the first deployment exits with 1",
            "breaker: FAILED, for there is nothing to roll back to",
            "xxx-",
            List.of(
                TRIPPED,
                "EssentialContainerExited: Essential container in task exited; exit code 1"),
            account -> {
              Stack stack = StartRows.stack(account);
              stack.push("bad", "{\"exit\":{\"after\":1,\"code\":1}}");
              stack.create(stack.define("bad"));
              Watch watch = new Watch(stack);
              Task stopped = watch.firstStopped();
              return List.of(
                  StartRows.rollout(watch.ended()),
                  "a task ended with "
                      + StartRows.end(stopped)
                      + "; exit code "
                      + stopped.containers().getFirst().exitCode());
            }),
        new Row(
            "(g) listens on 127.0.0.1",
            "unhealthy; ECS stops the tasks",
            "xx--",
            List.of(TRIPPED, "a target is unhealthy: Target.FailedHealthChecks: "),
            account -> sick(account, "{\"bind\":\"loopback\"}")),
        new Row(
            "(h) listens on another port",
            "unhealthy; ECS stops the tasks",
            "xx--",
            List.of(TRIPPED, "a target is unhealthy: Target.FailedHealthChecks: "),
            account -> sick(account, "{\"port\":5001}")),
        new Row(
            "(h2) the service's port is not in the task definition",
            "InvalidParameterException",
            "xxxx",
            List.of("CreateService: InvalidParameterException: ", "did not have a container port"),
            account -> {
              Stack stack = StartRows.stack(account);
              String definition = stack.define("one");
              return List.of(
                  "CreateService: "
                      + refused(() ->
                          account.ecs.createService(
                              stack
                                  .service(definition)
                                  .loadBalancers(l ->
                                      l.targetGroupArn(stack.targetGroup)
                                          .containerName("app")
                                          .containerPort(6000))
                                  .build())));
            }),
        new Row(
            "(i) the log group is missing",
            "ResourceInitializationError: the log group does not exist",
            "xx--",
            List.of(
                TRIPPED,
                "TaskFailedToStart: ResourceInitializationError: failed to validate logger args:"
                    + " create stream has been retried 1 times: failed to create Cloudwatch log"
                    + " stream: ResourceNotFoundException: The specified log group does not exist.",
                "services-stable: never"),
            account -> {
              Stack stack = StartRows.stack(account);
              return fails(
                  stack,
                  stack.define(
                      "one",
                      t -> {},
                      c ->
                          c.logConfiguration(l ->
                              l.logDriver(LogDriver.AWSLOGS)
                                  .options(Stack.logOptions("/compare/none")))));
            }),
        new Row(
            "(j) cpu and memory that Fargate does not offer",
            "ClientException for each pair",
            "=xxx",
            List.of(
                "256/4096: ClientException: No Fargate configuration exists for given values",
                "512/8192: ClientException: No Fargate configuration exists for given values",
                "1024/1024: ClientException: No Fargate configuration exists for given values",
                "4096/4096: ClientException: No Fargate configuration exists for given values"),
            FaultRows::sizes));
  }

  /** Creates a service whose tasks do not start. */
  private static List<String> fails(Stack stack, String definition) {
    stack.create(definition);
    Watch watch = new Watch(stack);
    boolean stable = watch.isStable(LOOKS, StartRows.FAST);
    Task stopped = watch.firstStopped();
    Deployment ended = watch.ended();
    return List.of(
        StartRows.rollout(ended),
        "a task ended with " + StartRows.end(stopped),
        "services-stable: " + (stable ? "passes" : "never"));
  }

  private static List<String> sick(Account account, String behaviour) {
    Stack stack = StartRows.stack(account);
    stack.push("sick", behaviour);
    return unhealthy(stack, stack.define("sick"));
  }

  /** Creates a service whose tasks run and whose targets are never healthy. */
  private static List<String> unhealthy(Stack stack, String definition) {
    stack.create(definition);
    Watch watch = new Watch(stack);
    boolean stable = watch.isStable(LOOKS, StartRows.FAST);
    TargetHealth health =
        watch
            .until(
                watch::targets,
                targets ->
                    targets.stream()
                        .anyMatch(t -> t.targetHealth().state() == TargetHealthStateEnum.UNHEALTHY),
                "an unhealthy target")
            .stream()
            .map(t -> t.targetHealth())
            .filter(t -> t.state() == TargetHealthStateEnum.UNHEALTHY)
            .findFirst()
            .orElseThrow();
    Task stopped = watch.firstStopped();
    return List.of(
        "a target is unhealthy: " + health.reasonAsString() + ": " + health.description(),
        "a task ended with " + StartRows.end(stopped),
        StartRows.rollout(watch.ended()),
        "services-stable: "
            + (stable ? "passes while both tasks run, for it does not look at targets" : "never"));
  }

  private static List<String> rollsBack(Account account, String behaviour) {
    Stack stack = StartRows.steady(account);
    stack.push("bad", behaviour);
    Watch watch = new Watch(stack);
    List<String> answers = new ArrayList<>();
    stack.update(stack.define("bad"));
    watch.until(
        () -> {
          answers.add(watch.get("/"));
          return watch.primary();
        },
        d ->
            d.taskDefinition().endsWith("web:1")
                && d.rolloutStateAsString().equals("COMPLETED")
                && watch.service().deployments().size() == 1,
        "the rollback");
    List<String> statuses =
        account
            .ecs
            .listServiceDeployments(r -> r.cluster(Stack.CLUSTER).service(Stack.SERVICE))
            .serviceDeployments()
            .stream()
            .map(d -> d.statusAsString())
            .toList();
    long failed = answers.stream().filter(a -> !a.equals("200 one")).count();
    return List.of(
        "rolled back to web:1: " + StartRows.rollout(watch.primary()),
        "service deployments: " + String.join(", ", statuses),
        "answers during the update: "
            + String.join(
                ", ", answers.stream().map(a -> a.replace("200 ", "")).distinct().toList())
            + "; failed: "
            + failed);
  }

  private static List<String> roleMissing(Account account) {
    Stack stack = StartRows.stack(account);
    String definition =
        stack.define(
            "one",
            t -> t.executionRoleArn(stack.roleArn.replace("/execution", "/nobody")),
            c -> {});
    String task =
        refused(() ->
            account.ecs.runTask(r ->
                r.cluster(Stack.CLUSTER)
                    .taskDefinition(definition)
                    .launchType(LaunchType.FARGATE)
                    .networkConfiguration(
                        n -> n.awsvpcConfiguration(v -> v.subnets(stack.network.subnets)))));
    stack.create(definition);
    Watch watch = new Watch(stack);
    boolean stable = watch.isStable(LOOKS, StartRows.FAST);
    String event =
        watch
            .until(
                watch::events,
                e -> e.stream().anyMatch(m -> m.contains("unable to assume")),
                "the event")
            .stream()
            .filter(m -> m.contains("unable to assume"))
            .findFirst()
            .orElseThrow();
    return List.of(
        "RunTask: " + task,
        "event `" + event + "`",
        "stopped tasks: " + watch.tasks(DesiredStatus.STOPPED).size(),
        "services-stable: " + (stable ? "passes" : "never"));
  }

  private static List<String> sizes(Account account) {
    Stack stack = StartRows.stack(account);
    List<String> seen = new ArrayList<>();
    for (String pair : List.of("256/4096", "512/8192", "1024/1024", "4096/4096")) {
      String[] size = pair.split("/", 2);
      seen.add(
          pair
              + ": "
              + refused(() -> stack.define("one", t -> t.cpu(size[0]).memory(size[1]), c -> {})));
    }
    return seen;
  }

  /** How ECS refuses a call. */
  static String refused(Runnable call) {
    try {
      call.run();
      return "OK";
    } catch (EcsException e) {
      return e.awsErrorDetails().errorCode()
          + ": "
          + Words.plain(e.awsErrorDetails().errorMessage());
    }
  }
}
