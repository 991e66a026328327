package dev.slipway.twin.emulators;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.ecs.model.Deployment;
import software.amazon.awssdk.services.ecs.model.DesiredStatus;
import software.amazon.awssdk.services.ecs.model.KeyValuePair;
import software.amazon.awssdk.services.ecs.model.Task;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetHealthStateEnum;

/** A good service: its start and its update. */
final class StartRows {

  private StartRows() {}

  static List<Row> rows() {
    return List.of(
        new Row(
            "a good service",
            "tasks with interfaces in the subnets, targets that are those tasks, an answer through"
                + " the balancer, events, COMPLETED when the targets are healthy",
            "xxxx",
            List.of(
                "rollout COMPLETED: ECS deployment ecs-svc/N completed.",
                "2 tasks RUNNING whose interfaces EC2 lists in the service's subnets",
                "the healthy targets are the tasks' addresses",
                "the balancer answers 200 one",
                "(service web) has reached a steady state."),
            StartRows::good),
        new Row(
            "its logs",
            "a stream for each task in the group of the task definition",
            "x=xx",
            List.of("streams in /compare/web: web/app/ID, web/app/ID", "line: up one"),
            StartRows::logs),
        new Row(
            "wait services-stable",
            "passes",
            "==xx",
            List.of("the waiter passes"),
            account -> {
              Watch watch = started(account);
              return List.of(watch.isStable(200, FAST) ? "the waiter passes" : "it gives up");
            }),
        new Row(
            "rolling update",
            "new tasks first, old targets drain for the whole delay, COMPLETED, no failed request",
            "xxxx",
            List.of(
                "rollout COMPLETED: ECS deployment ecs-svc/N completed.",
                "running tasks: web:2, web:2",
                "answers: one, then two; failed: 0",
                "old targets drained",
                "ServiceSchedulerInitiated: Scaling activity initiated by (deployment ecs-svc/N)"),
            StartRows::update));
  }

  static final Duration FAST = Duration.ofMillis(50);

  /** A stack whose first image answers {@code one}. */
  static Stack stack(Account account) {
    Stack stack = new Stack(account, new Network(account.ec2, true, true));
    stack.push("one", "{\"log\":[\"up one\"],\"answers\":[{\"body\":\"one\"}]}");
    stack.push("two", "{\"log\":[\"up two\"],\"answers\":[{\"body\":\"two\"}]}");
    return stack;
  }

  private static Watch started(Account account) {
    Stack stack = stack(account);
    stack.create(stack.define("one"));
    return new Watch(stack);
  }

  /** A stack whose service is steady. */
  static Stack steady(Account account) {
    Stack stack = stack(account);
    stack.create(stack.define("one"));
    new Watch(stack).steady();
    return stack;
  }

  private static List<String> good(Account account) {
    Stack stack = steady(account);
    Watch watch = new Watch(stack);
    watch.until(watch::events, e -> e.getLast().contains("steady state"), "steady state");
    List<Task> tasks = watch.tasks(DesiredStatus.RUNNING);
    Set<String> addresses = tasks.stream().map(StartRows::address).collect(Collectors.toSet());
    Set<String> interfaces =
        account
            .ec2
            .describeNetworkInterfaces(r ->
                r.filters(
                    f -> f.name("subnet-id").values(stack.network.subnets),
                    f -> f.name("group-id").values(stack.network.taskGroup)))
            .networkInterfaces()
            .stream()
            .map(i -> i.privateIpAddress())
            .collect(Collectors.toSet());
    Set<String> targets =
        watch.targets().stream()
            .filter(t -> t.targetHealth().state() == TargetHealthStateEnum.HEALTHY)
            .map(t -> t.target().id())
            .collect(Collectors.toSet());
    List<String> seen = new ArrayList<>();
    seen.add(rollout(watch.primary()));
    long running = tasks.stream().filter(t -> t.lastStatus().equals("RUNNING")).count();
    seen.add(
        interfaces.equals(addresses)
            ? running + " tasks RUNNING whose interfaces EC2 lists in the service's subnets"
            : "interfaces " + interfaces + " and tasks " + addresses);
    seen.add(
        targets.equals(addresses)
            ? "the healthy targets are the tasks' addresses"
            : "targets " + targets);
    seen.add("the balancer answers " + watch.get("/"));
    seen.addAll(watch.events().stream().map(e -> "event `" + e + "`").distinct().toList());
    return seen;
  }

  private static List<String> logs(Account account) {
    steady(account);
    List<String> streams =
        account.logs.describeLogStreams(r -> r.logGroupName(Stack.LOG_GROUP)).logStreams().stream()
            .map(s -> s.logStreamName())
            .toList();
    return List.of(
        "streams in /compare/web: "
            + String.join(", ", streams.stream().map(Words::plain).toList()),
        "line: "
            + account
                .logs
                .getLogEvents(r ->
                    r.logGroupName(Stack.LOG_GROUP)
                        .logStreamName(streams.getFirst())
                        .startFromHead(true))
                .events()
                .getFirst()
                .message());
  }

  private static List<String> update(Account account) {
    Stack stack = steady(account);
    account.elb.modifyTargetGroupAttributes(r ->
        r.targetGroupArn(stack.targetGroup)
            .attributes(a -> a.key("deregistration_delay.timeout_seconds").value("30")));
    Watch watch = new Watch(stack);
    List<String> answers = new ArrayList<>();
    Set<TargetHealthStateEnum> states = ConcurrentHashMap.newKeySet();
    stack.update(stack.define("two"));
    Deployment done =
        watch.until(
            () -> {
              answers.add(watch.get("/"));
              watch.targets().forEach(t -> states.add(t.targetHealth().state()));
              return watch.primary();
            },
            d -> d.rolloutStateAsString().equals("COMPLETED"),
            "the update");
    answers.add(watch.get("/"));
    Task old =
        watch
            .until(
                () -> watch.tasks(DesiredStatus.STOPPED),
                tasks -> tasks.stream().filter(t -> t.stoppedAt() != null).count() == 2,
                "the old tasks' end")
            .getFirst();
    List<String> versions = answers.stream().map(a -> a.replace("200 ", "")).distinct().toList();
    long failed = answers.stream().filter(a -> !a.startsWith("200 ")).count();
    return List.of(
        rollout(done),
        "running tasks: "
            + watch.tasks(DesiredStatus.RUNNING).stream()
                .map(t -> t.taskDefinitionArn().replaceAll(".*/", ""))
                .collect(Collectors.joining(", ")),
        "answers: "
            + (versions.contains("one") ? "one, then " : "")
            + versions.getLast()
            + "; failed: "
            + failed,
        states.contains(TargetHealthStateEnum.DRAINING) ? "old targets drained" : "no draining",
        "an old task ended with " + end(old));
  }

  static String rollout(Deployment deployment) {
    return "rollout "
        + deployment.rolloutStateAsString()
        + ": "
        + Words.plain(deployment.rolloutStateReason());
  }

  static String end(Task task) {
    return task.stopCodeAsString() + ": " + Words.plain(task.stoppedReason());
  }

  private static String address(Task task) {
    return task.attachments().getFirst().details().stream()
        .filter(d -> d.name().equals("privateIPv4Address"))
        .map(KeyValuePair::value)
        .findFirst()
        .orElse("none");
  }
}
