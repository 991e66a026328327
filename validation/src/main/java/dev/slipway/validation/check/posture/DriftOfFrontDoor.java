package dev.slipway.validation.check.posture;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.validation.check.Finding;
import dev.slipway.validation.check.Goal;
import dev.slipway.validation.observe.Snapshot;
import dev.slipway.validation.observe.TerraformState.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Action;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Listener;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Rule;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroup;

/** Where listeners, rules and health checks differ from Terraform's state. */
final class DriftOfFrontDoor {

  static final List<Aspect> ALL =
      List.of(
          Aspect.of(DriftOfFrontDoor::listeners, "elasticloadbalancing:DescribeListeners"),
          Aspect.of(DriftOfFrontDoor::rules, "elasticloadbalancing:DescribeRules"),
          Aspect.of(DriftOfFrontDoor::health, "elasticloadbalancing:DescribeTargetGroups"));

  private DriftOfFrontDoor() {}

  private static List<Finding> listeners(Snapshot snapshot, Goal goal) {
    List<Finding> found = new ArrayList<>();
    for (Listener listener : snapshot.frontDoor().listeners()) {
      snapshot
          .state()
          .find("aws_lb_listener", "arn", listener.listenerArn())
          .ifPresent(written -> {
            differ(found, listener.listenerArn(), written, "The port", "port", listener.port());
            differ(
                found,
                listener.listenerArn(),
                written,
                "The protocol",
                "protocol",
                listener.protocolAsString());
            actions(
                found,
                listener.listenerArn(),
                written,
                written.values().path("default_action"),
                listener.defaultActions());
          });
    }
    return List.copyOf(found);
  }

  private static List<Finding> rules(Snapshot snapshot, Goal goal) {
    List<Finding> found = new ArrayList<>();
    List<Rule> all = snapshot.frontDoor().rules().values().stream().flatMap(List::stream).toList();
    for (Rule rule : all) {
      snapshot
          .state()
          .find("aws_lb_listener_rule", "arn", rule.ruleArn())
          .ifPresent(written -> {
            differ(found, rule.ruleArn(), written, "The priority", "priority", rule.priority());
            actions(
                found, rule.ruleArn(), written, written.values().path("action"), rule.actions());
          });
    }
    List<String> arns = all.stream().map(Rule::ruleArn).toList();
    List<String> listeners =
        snapshot.frontDoor().listeners().stream().map(Listener::listenerArn).toList();
    snapshot.state().of("aws_lb_listener_rule").stream()
        .filter(r -> listeners.contains(r.text("listener_arn")) && !arns.contains(r.text("arn")))
        .forEach(r ->
            found.add(
                DriftAspects.differs(
                    "drift-front-door", r.text("arn"), r, "The rule", "there", "gone")));
    return List.copyOf(found);
  }

  private static List<Finding> health(Snapshot snapshot, Goal goal) {
    List<Finding> found = new ArrayList<>();
    for (TargetGroup group : snapshot.frontDoor().targetGroups()) {
      Optional<Resource> state =
          snapshot.state().find("aws_lb_target_group", "arn", group.targetGroupArn());
      JsonNode check = state.map(r -> r.block("health_check")).orElse(null);
      if (check == null || check.isMissingNode()) {
        continue;
      }
      Resource written = new Resource(state.get().address(), "aws_lb_target_group", check);
      String arn = group.targetGroupArn();
      differ(found, arn, written, "The health check's path", "path", group.healthCheckPath());
      differ(found, arn, written, "The health check's port", "port", group.healthCheckPort());
      differ(
          found,
          arn,
          written,
          "The health check's matcher",
          "matcher",
          group.matcher() == null ? null : group.matcher().httpCode());
      differ(
          found,
          arn,
          written,
          "The health check's interval",
          "interval",
          group.healthCheckIntervalSeconds());
      differ(
          found,
          arn,
          written,
          "The health check's timeout",
          "timeout",
          group.healthCheckTimeoutSeconds());
      differ(
          found,
          arn,
          written,
          "The health check's healthy threshold",
          "healthy_threshold",
          group.healthyThresholdCount());
      differ(
          found,
          arn,
          written,
          "The health check's unhealthy threshold",
          "unhealthy_threshold",
          group.unhealthyThresholdCount());
    }
    return List.copyOf(found);
  }

  private static void actions(
      List<Finding> found, String arn, Resource written, JsonNode state, List<Action> seen) {
    Set<String> wanted = new TreeSet<>();
    state.forEach(a -> wanted.add(action(a)));
    Set<String> actual = new TreeSet<>();
    seen.forEach(a -> actual.add(action(a)));
    if (!wanted.isEmpty() && !wanted.equals(actual)) {
      found.add(
          DriftAspects.differs(
              "drift-front-door",
              arn,
              written,
              "The action",
              String.join(" ", wanted),
              String.join(" ", actual)));
    }
  }

  /** Terraform keeps a forward to one group in an attribute, one to several in a block. */
  private static String action(JsonNode action) {
    Set<String> groups = new TreeSet<>();
    action
        .path("forward")
        .path(0)
        .path("target_group")
        .forEach(g -> groups.add(g.path("arn").asText()));
    String one = action.path("target_group_arn").asText("");
    if (groups.isEmpty() && !one.isEmpty() && !"null".equals(one)) {
      groups.add(one);
    }
    return action.path("type").asText() + " " + String.join(",", groups);
  }

  private static String action(Action action) {
    Set<String> groups = new TreeSet<>();
    if (action.forwardConfig() != null) {
      action.forwardConfig().targetGroups().forEach(g -> groups.add(g.targetGroupArn()));
    }
    if (groups.isEmpty() && action.targetGroupArn() != null) {
      groups.add(action.targetGroupArn());
    }
    return action.typeAsString() + " " + String.join(",", groups);
  }

  /** What the state does not say, and what AWS does not show, differs from nothing. */
  private static void differ(
      List<Finding> found,
      String resource,
      Resource written,
      String what,
      String attribute,
      Object seen) {
    String wanted = written.text(attribute);
    if (!wanted.isEmpty() && seen != null && !wanted.equals(seen.toString())) {
      found.add(
          DriftAspects.differs(
              "drift-front-door", resource, written, what, wanted, seen.toString()));
    }
  }
}
