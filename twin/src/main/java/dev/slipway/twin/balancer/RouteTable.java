package dev.slipway.twin.balancer;

import dev.slipway.twin.elbv2.Routing;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Action;

/** A {@link Routing} made ready for requests. Immutable. */
final class RouteTable {

  /** A rule that is ready to match. */
  record CompiledRule(String priority, RuleMatcher matcher, Action action, Rewrites rewrites) {}

  /** A listener whose rules are ready to match. */
  record Listener(
      int port,
      Routing.Transport transport,
      Routing.Responses responses,
      List<CompiledRule> rules) {

    /** The first rule that a request meets. */
    CompiledRule ruleFor(RuleMatcher.Subject subject) {
      for (CompiledRule rule : rules) {
        if (rule.matcher().matches(subject)) {
          return rule;
        }
      }
      throw new IllegalStateException("a listener without a default rule");
    }
  }

  private final Routing routing;
  private final Map<Integer, Listener> listeners = new HashMap<>();
  private final Set<Routing.Target> known = new HashSet<>();

  RouteTable(Routing routing) {
    this.routing = routing;
    for (Routing.Listener listener : routing.listeners()) {
      listeners.put(
          listener.port(),
          new Listener(
              listener.port(),
              listener.transport(),
              listener.responses(),
              listener.rules().stream()
                  .map(rule ->
                      new CompiledRule(
                          rule.priority(),
                          new RuleMatcher(rule),
                          rule.actions().getLast(),
                          Rewrites.of(rule.transforms())))
                  .toList()));
    }
    for (Routing.Node node : routing.nodes()) {
      node.targets().values().forEach(routes -> routes.forEach(route -> known.add(route.target())));
    }
  }

  Routing.Settings settings() {
    return routing.settings();
  }

  Set<Integer> ports() {
    return listeners.keySet();
  }

  /** The listener on a port, or null. */
  Listener listener(int port) {
    return listeners.get(port);
  }

  Routing.Transport transport(int port) {
    return listeners.get(port).transport();
  }

  /** The node with a number; numbers wrap around. */
  Routing.Node node(int number) {
    List<Routing.Node> nodes = routing.nodes();
    return nodes.get(Math.floorMod(number, nodes.size()));
  }

  Routing.Group group(String arn) {
    return routing.groups().getOrDefault(arn, Routing.Group.PLAIN);
  }

  /** Whether a target may get new requests. */
  boolean inService(Routing.Target target) {
    return known.contains(target);
  }

  /** Whether a target finishes what it has. */
  boolean draining(Routing.Target target) {
    return routing.draining().contains(target);
  }
}
