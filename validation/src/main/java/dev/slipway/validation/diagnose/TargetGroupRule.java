package dev.slipway.validation.diagnose;

import dev.slipway.validation.diagnose.Cause.Fix;
import dev.slipway.validation.diagnose.Cause.Rank;
import dev.slipway.validation.observe.Entrance;
import dev.slipway.validation.observe.Tasks;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.ecs.model.LoadBalancer;
import software.amazon.awssdk.services.ecs.model.Task;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetHealthDescription;

/** Are the targets of the service's groups its own, healthy, and in use? */
final class TargetGroupRule implements Rule {

  /** Source: ELB user guide, target-group-health-checks, reason code Target.NotInUse. */
  private static final String ZONE =
      "Target is in an Availability Zone that is not enabled for the load balancer";

  @Override
  public List<Cause> look(Case seen) {
    List<Cause> causes = new ArrayList<>();
    for (LoadBalancer attached : seen.service().loadBalancers()) {
      String group = attached.targetGroupArn();
      if (group == null || attached.containerPort() == null) {
        continue;
      }
      List<TargetHealthDescription> targets = seen.snapshot().frontDoor().targets(group);
      missing(seen, group).ifPresent(causes::add);
      zone(seen, group, targets).ifPresent(causes::add);
      foreign(seen, group, targets).ifPresent(causes::add);
      absent(seen, group, targets).ifPresent(causes::add);
      unused(seen, group).ifPresent(causes::add);
      failOpen(seen, group, targets).ifPresent(causes::add);
    }
    return causes;
  }

  private static String state(TargetHealthDescription target) {
    return String.valueOf(target.targetHealth().stateAsString());
  }

  private static String line(TargetHealthDescription target) {
    String description = target.targetHealth().description();
    return "target %s:%d %s%s"
        .formatted(
            target.target().id(),
            target.target().port(),
            state(target),
            description == null ? "" : ": " + description);
  }

  /** Source: ECS developer guide, service-event-messages-list. */
  private static Optional<Cause> missing(Case seen, String group) {
    boolean known = seen.snapshot().frontDoor().targetGroup(group).isPresent();
    List<String> events = new ArrayList<>(seen.events("TARGET GROUP IS NOT FOUND"));
    events.addAll(seen.events("failed to register targets in"));
    if (known
        || seen.snapshot().gap("elasticloadbalancing:DescribeTargetGroups").isPresent()
        || seen.snapshot().frontDoor().targetGroups().isEmpty() && events.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Cause(
            "alb-target-group-missing",
            group,
            "Service %s registers its tasks in target group %s, which does not exist."
                .formatted(seen.service().serviceName(), TargetRule.name(group)),
            new Fix(
                "create the target group with its listener rule, and name it in the service",
                "load_balancer {\n  target_group_arn = aws_lb_target_group.this.arn\n}",
                "aws ecs update-service --cluster %s --service %s --load-balancers targetGroupArn=TARGET_GROUP,containerName=%s,containerPort=PORT"
                    .formatted(
                        seen.goal().wanted().cluster(),
                        seen.service().serviceName(),
                        seen.goal().container())),
            events,
            Rank.FRONT_DOOR,
            !events.isEmpty()));
  }

  private static Optional<Cause> zone(
      Case seen, String group, List<TargetHealthDescription> targets) {
    List<TargetHealthDescription> outside =
        targets.stream()
            .filter(t -> ZONE.equals(t.targetHealth().description()))
            .filter(t -> !state(t).equals("draining"))
            .toList();
    if (outside.isEmpty()) {
      return Optional.empty();
    }
    String balancer =
        seen.snapshot()
            .frontDoor()
            .targetGroup(group)
            .flatMap(g -> g.loadBalancerArns().stream().findFirst())
            .orElse(group);
    return Optional.of(
        new Cause(
            "alb-zone-not-enabled",
            balancer,
            "%d of %d targets of group %s lie in a zone that the load balancer does not serve, so they get no request."
                .formatted(outside.size(), targets.size(), TargetRule.name(group)),
            new Fix(
                "give the load balancer a subnet in every zone of the service's tasks",
                "resource \"aws_lb\" \"this\" {\n  subnets = module.network.public_subnet_ids\n}",
                "aws elbv2 set-subnets --load-balancer-arn %s --subnets PUBLIC_SUBNETS_OF_ALL_ZONES"
                    .formatted(balancer)),
            outside.stream().map(TargetGroupRule::line).toList(),
            Rank.FRONT_DOOR,
            true));
  }

  /** An address that no task of the service has or had, as far as AWS still knows them. */
  private static Optional<Cause> foreign(
      Case seen, String group, List<TargetHealthDescription> targets) {
    if (seen.snapshot().gap("ecs:DescribeTasks").isPresent()
        || seen.snapshot().gap("ecs:ListTasks").isPresent()) {
      return Optional.empty();
    }
    Set<String> own =
        seen.snapshot().tasks().stream()
            .flatMap(t -> Tasks.ip(t).stream())
            .collect(Collectors.toSet());
    List<TargetHealthDescription> strangers =
        targets.stream()
            .filter(t -> !own.contains(t.target().id()) && !state(t).equals("draining"))
            .toList();
    if (strangers.isEmpty() || own.isEmpty()) {
      return Optional.empty();
    }
    var stranger = strangers.getFirst().target();
    return Optional.of(
        new Cause(
            "alb-foreign-target",
            group,
            "%s in target group %s is no task of service %s; requests may reach it."
                .formatted(
                    stranger.id() + ":" + stranger.port(),
                    TargetRule.name(group),
                    seen.service().serviceName()),
            new Fix(
                "deregister %s:%d; no other service or person may use this target group"
                    .formatted(stranger.id(), stranger.port()),
                "# remove the aws_lb_target_group_attachment of %s; ECS registers its tasks itself"
                    .formatted(stranger.id()),
                "aws elbv2 deregister-targets --target-group-arn %s --targets Id=%s,Port=%d"
                    .formatted(group, stranger.id(), stranger.port())),
            strangers.stream().map(TargetGroupRule::line).toList(),
            Rank.FRONT_DOOR,
            false));
  }

  /**
   * Whether a task was there when the rollout ended; a younger one may be about to be registered.
   */
  private static boolean rolledOut(Case seen, Task task) {
    return seen.snapshot()
        .rollout()
        .completed()
        .filter(p -> p.updatedAt() != null && task.createdAt() != null)
        .filter(p -> !task.createdAt().isAfter(p.updatedAt()))
        .isPresent();
  }

  /**
   * A running task of the wanted revision that is no target: ECS registered it, others took it out.
   */
  private static Optional<Cause> absent(
      Case seen, String group, List<TargetHealthDescription> targets) {
    boolean readable =
        seen.snapshot().gap("elasticloadbalancing:DescribeTargetHealth").isEmpty()
            && seen.snapshot().frontDoor().targetGroup(group).isPresent();
    // One that drains may belong to a task that ECS is about to stop; all of them never do.
    boolean leaving =
        !targets.isEmpty() && targets.stream().allMatch(t -> state(t).equals("draining"));
    Set<String> listed =
        leaving ? Set.of() : targets.stream().map(t -> t.target().id()).collect(Collectors.toSet());
    List<Task> absent =
        seen.running().stream()
            .filter(t -> rolledOut(seen, t))
            .filter(t -> Tasks.ip(t).filter(ip -> !listed.contains(ip)).isPresent())
            .toList();
    if (!readable || absent.isEmpty()) {
      return Optional.empty();
    }
    Task task = absent.getFirst();
    return Optional.of(
        new Cause(
            "alb-target-missing",
            group,
            "Task %s of service %s runs and is no target of group %s, so it gets no request."
                .formatted(Tasks.id(task), seen.service().serviceName(), TargetRule.name(group)),
            new Fix(
                "replace the task, and let nobody but ECS register and deregister targets of this group",
                "# nothing to change: ECS registers the tasks of a service with a load_balancer block itself",
                "aws ecs stop-task --cluster %s --task %s"
                    .formatted(seen.goal().wanted().cluster(), Tasks.id(task))),
            absent.stream()
                .map(t -> "task %s at %s".formatted(Tasks.id(t), Tasks.ip(t).orElse("")))
                .toList(),
            Rank.FRONT_DOOR,
            false));
  }

  private static Optional<Cause> unused(Case seen, String group) {
    var front = seen.snapshot().frontDoor();
    boolean readable =
        seen.snapshot().gap("elasticloadbalancing:DescribeRules").isEmpty()
            && seen.snapshot().gap("elasticloadbalancing:DescribeListeners").isEmpty()
            && seen.snapshot().gap("elasticloadbalancing:DescribeLoadBalancers").isEmpty();
    boolean led =
        front.rules().values().stream()
            .flatMap(List::stream)
            .anyMatch(r -> Entrance.forwardsTo(r).contains(group));
    boolean network =
        front.loadBalancers().stream().anyMatch(b -> "network".equals(b.typeAsString()));
    if (!readable || led || network || front.targetGroup(group).isEmpty()) {
      return Optional.empty();
    }
    boolean weightless =
        front.rules().values().stream()
            .flatMap(List::stream)
            .flatMap(r -> r.actions().stream())
            .anyMatch(a ->
                a.forwardConfig() != null
                    && a.forwardConfig().targetGroups().stream()
                        .anyMatch(t -> group.equals(t.targetGroupArn())));
    return Optional.of(
        new Cause(
            "alb-no-rule-for-service",
            group,
            weightless
                ? "The only rule that forwards to target group %s gives it the weight 0, so it gets no request."
                    .formatted(TargetRule.name(group))
                : "No listener rule forwards to target group %s, so the service gets no request."
                    .formatted(TargetRule.name(group)),
            new Fix(
                "let a listener rule forward to target group " + TargetRule.name(group),
                "resource \"aws_lb_listener_rule\" \"this\" {\n  action {\n    type             = \"forward\"\n    target_group_arn = aws_lb_target_group.this.arn\n  }\n}",
                "aws elbv2 create-rule --listener-arn LISTENER --priority 1 --conditions Field=path-pattern,Values='/*' --actions Type=forward,TargetGroupArn="
                    + group),
            List.of("rules of all listeners of the load balancer"),
            Rank.FRONT_DOOR,
            false));
  }

  /** Source: ELB user guide, target-group-health: with no healthy target all get requests. */
  private static Optional<Cause> failOpen(
      Case seen, String group, List<TargetHealthDescription> targets) {
    boolean none =
        !targets.isEmpty()
            && targets.stream()
                .allMatch(t -> state(t).equals("unhealthy") || state(t).equals("draining"))
            && targets.stream().anyMatch(t -> state(t).equals("unhealthy"));
    var answers = seen.snapshot().probe().answers();
    boolean answering = answers.stream().anyMatch(a -> a.status() == 200);
    if (!none || !answering) {
      return Optional.empty();
    }
    List<String> evidence = new ArrayList<>(targets.stream().map(TargetGroupRule::line).toList());
    answers.stream()
        .filter(a -> a.status() == 200)
        .findFirst()
        .ifPresent(a -> evidence.add("GET " + seen.snapshot().probe().url() + ": " + a.outcome()));
    return Optional.of(
        new Cause(
            "alb-fail-open",
            group,
            "Every target of group %s is unhealthy, so the load balancer sends requests to all of them: that it answers does not show that the service is well."
                .formatted(TargetRule.name(group)),
            new Fix(
                "make the health check pass, in the application or in the target group's settings",
                "health_check {\n  path    = \"/health\"\n  matcher = \"200\"\n}",
                "aws elbv2 describe-target-health --target-group-arn " + group),
            evidence,
            Rank.SYMPTOM,
            seen.snapshot().rollout().completed().isPresent()));
  }
}
