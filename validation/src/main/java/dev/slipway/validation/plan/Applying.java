package dev.slipway.validation.plan;

import dev.slipway.validation.diagnose.Cause;
import dev.slipway.validation.diagnose.Cause.Fix;
import dev.slipway.validation.diagnose.Cause.Rank;
import dev.slipway.validation.observe.Arns;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What goes wrong while a plan is applied: a resource is taken away that others still use, one is
 * made that is there already, the load balancer may not write its logs, Terraform waits for what
 * never comes, or tasks are stopped that the auto scaler has started. Only what is sure is said.
 */
final class Applying {

  private static final String GROUP = "aws_lb_target_group";
  private static final String SECURITY_GROUP = "aws_security_group";

  /** What keeps its network interfaces in a security group, by the attribute that names it. */
  private static final Map<String, String> HOLDERS =
      Map.of(
          "aws_ecs_service", "network_configuration",
          "aws_lb", "security_groups",
          "aws_instance", "vpc_security_group_ids",
          "aws_network_interface", "security_groups",
          "aws_vpc_endpoint", "security_group_ids",
          "aws_db_instance", "vpc_security_group_ids",
          "aws_elasticache_replication_group", "security_group_ids");

  private final PlanFile plan;
  private final Account account;

  Applying(PlanFile plan, Account account) {
    this.plan = plan;
    this.account = account;
  }

  /** What would go wrong with the service at an address, or with all of the plan. */
  List<Cause> causes(Planned service) {
    List<Cause> causes = new ArrayList<>();
    plan.changes().stream().flatMap(c -> existing(c).stream()).forEach(causes::add);
    plan.changes().stream().flatMap(c -> groupInUse(c).stream()).forEach(causes::add);
    plan.changes().stream().flatMap(c -> heldGroup(c).stream()).forEach(causes::add);
    causes.addAll(new AccessLogs(plan, new References(plan)).denied());
    plan.changes().stream()
        .filter(c -> c.address().equals(service.address()))
        .flatMap(c -> scaledBack(c).stream())
        .forEach(causes::add);
    endless(service).ifPresent(causes::add);
    return List.copyOf(causes);
  }

  /**
   * Terraform waits for one deployment of ECS, and a service of CodeDeploy has none. Source:
   * Terraform AWS provider, aws_ecs_service: wait_for_steady_state; ECS API reference, Service.
   */
  private Optional<Cause> endless(Planned service) {
    boolean blueGreen =
        service.blocks("deployment_controller").stream()
            .anyMatch(c -> c.text("type").equals("CODE_DEPLOY"));
    boolean touched =
        plan.changes().stream()
            .anyMatch(c -> c.address().equals(service.address()) && !c.actions().contains("no-op"));
    if (!blueGreen || !touched || !service.flag("wait_for_steady_state", false)) {
      return Optional.empty();
    }
    return Optional.of(
        new Cause(
            "tf-codedeploy-wait-hangs",
            service.address(),
            "%s is deployed by CodeDeploy, and Terraform is to wait for a deployment of ECS, which it never has: the apply ends with its time-out."
                .formatted(service.address()),
            new Fix(
                "let nobody but CodeDeploy wait",
                "wait_for_steady_state = false",
                "aws deploy wait deployment-successful --deployment-id ID"),
            List.of("deployment_controller CODE_DEPLOY with wait_for_steady_state"),
            Rank.ROLLOUT,
            false));
  }

  /** Source: ELB API reference, DeleteTargetGroup: not while an action refers to it. */
  private Optional<Cause> groupInUse(Change group) {
    String arn = group.was("arn");
    if (!group.type().equals(GROUP) || !group.deletesFirst() || arn.isEmpty()) {
      return Optional.empty();
    }
    return plan.changes().stream()
        .filter(Change::stays)
        .filter(c ->
            c.type().equals("aws_lb_listener") && c.holds("default_action", arn)
                || c.type().equals("aws_lb_listener_rule") && c.holds("action", arn))
        .findFirst()
        .map(user ->
            stopping(
                "alb-tg-in-use-on-replace",
                group,
                "%s is deleted before the new one is made, and %s forwards to it until then: AWS refuses to delete it."
                    .formatted(group.address(), user.address()),
                "create_before_destroy = true"));
  }

  /** Source: EC2 API reference, DeleteSecurityGroup: DependencyViolation. */
  private Optional<Cause> heldGroup(Change group) {
    String id = group.was("id");
    if (!group.type().equals(SECURITY_GROUP) || !group.deletesFirst() || id.isEmpty()) {
      return Optional.empty();
    }
    return plan.changes().stream()
        .filter(Change::stays)
        .filter(c -> c.holds(HOLDERS.getOrDefault(c.type(), "none"), id))
        .filter(c -> !c.type().equals("aws_ecs_service") || !c.was("desired_count").equals("0"))
        .findFirst()
        .map(user ->
            stopping(
                "tf-sg-replace-dependency",
                group,
                "%s is deleted before the new one is made, and network interfaces of %s are in it until then: AWS refuses to delete it."
                    .formatted(group.address(), user.address()),
                "create_before_destroy = true"));
  }

  private static Cause stopping(String id, Change of, String explanation, String lifecycle) {
    return new Cause(
        id,
        of.address(),
        explanation,
        new Fix(
            "make the new one first, under another name",
            "name_prefix = \"app-\"\n\nlifecycle {\n  %s\n}".formatted(lifecycle),
            "terraform plan -out=tfplan && terraform show tfplan"),
        List.of("%s: %s".formatted(of.address(), String.join(", then ", of.actions()))),
        Rank.START,
        true);
  }

  /**
   * Tasks above the scaler's lower bound are there because it started them. Who lowers the bound
   * too means it, and who asks for more stops nobody's tasks.
   */
  private Optional<Cause> scaledBack(Change service) {
    Optional<Integer> now = number(service.was("desired_count"));
    Optional<Integer> then = number(service.becomes("desired_count"));
    if (!service.updates() || now.isEmpty() || then.isEmpty() || then.get() >= now.get()) {
      return Optional.empty();
    }
    String id = "service/%s/%s".formatted(Arns.last(service.was("cluster")), service.was("name"));
    return plan.changes().stream()
        .filter(c -> c.type().equals("aws_appautoscaling_target") && c.stays())
        .filter(c -> c.was("resource_id").equals(id))
        .filter(c -> number(c.was("min_capacity")).filter(m -> m < now.get()).isPresent())
        .filter(c -> number(c.becomes("max_capacity")).filter(m -> m >= now.get()).isPresent())
        .findFirst()
        .map(scaler ->
            new Cause(
                "tf-desired-count-fights-autoscaling",
                service.address(),
                "Auto scaling runs %d tasks of service %s now, and the apply sets desired_count to %d, which stops the others."
                    .formatted(now.get(), service.was("name"), then.get()),
                new Fix(
                    "leave the number to the auto scaler",
                    "lifecycle {\n  ignore_changes = [desired_count]\n}",
                    "aws application-autoscaling describe-scalable-targets --service-namespace ecs --resource-ids "
                        + id),
                List.of(
                    "%s: desired_count %d, then %d"
                        .formatted(service.address(), now.get(), then.get()),
                    scaler.address()),
                Rank.ROLLOUT,
                false));
  }

  private static Optional<Integer> number(String text) {
    return text.matches("\\d{1,9}") ? Optional.of(Integer.valueOf(text)) : Optional.empty();
  }

  /**
   * A name that only one may have, and has. What the plan takes away may have it still, and be gone
   * in time.
   */
  private Optional<Cause> existing(Change made) {
    String name = made.becomes("name");
    boolean given = Stream.of(GROUP, "aws_lb", "aws_ecs_service").anyMatch(made.type()::equals);
    if (!given || !made.creates() || name.isEmpty()) {
      return Optional.empty();
    }
    boolean leaving =
        plan.removed().stream()
            .anyMatch(r ->
                r.type().replace("aws_alb", "aws_lb").equals(made.type())
                    && r.text("name").equals(name));
    return leaving
        ? Optional.empty()
        : account
            .existing(made.type(), name, cluster(made))
            .map(arn ->
                new Cause(
                    "tf-stale-or-local-state",
                    made.address(),
                    "%s is to be made, and %s is there already: the state does not know it, so it is an old one or another's."
                        .formatted(made.address(), arn),
                    new Fix(
                        "plan with the state of what is there, kept in a shared backend, or import it",
                        "import {\n  to = %s\n  id = \"%s\"\n}".formatted(made.address(), arn),
                        "terraform state list"),
                    List.of("AWS has " + arn),
                    Rank.START,
                    true));
  }

  /** The cluster that a service is to be in: known, or made by the plan under a known name. */
  private String cluster(Change service) {
    String known = Arns.last(service.becomes("cluster"));
    if (!known.isEmpty() || !service.type().equals("aws_ecs_service")) {
      return known;
    }
    return plan.all("aws_ecs_service").stream()
        .filter(s -> s.address().equals(service.address()))
        .findFirst()
        .flatMap(s -> new References(plan).of(s, List.of("cluster"), "aws_ecs_cluster").one())
        .map(c -> c.text("name"))
        .orElse("");
  }
}
