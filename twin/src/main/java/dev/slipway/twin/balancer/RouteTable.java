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
  record CompiledRule(RuleMatcher matcher, Action action) {}

  private final Routing routing;
  private final Map<Integer, List<CompiledRule>> rulesByPort = new HashMap<>();
  private final Set<Routing.Target> known = new HashSet<>();

  RouteTable(Routing routing) {
    this.routing = routing;
    for (Routing.Listener listener : routing.listeners()) {
      rulesByPort.put(
          listener.port(),
          listener.rules().stream()
              .map(rule -> new CompiledRule(new RuleMatcher(rule), rule.actions().getLast()))
              .toList());
    }
    for (Routing.Node node : routing.nodes()) {
      node.targets().values().forEach(routes -> routes.forEach(route -> known.add(route.target())));
    }
  }

  Routing.Settings settings() {
    return routing.settings();
  }

  Set<Integer> ports() {
    return rulesByPort.keySet();
  }

  /** The action of the first rule that a request meets. */
  Action actionFor(int port, RuleMatcher.Subject subject) {
    for (CompiledRule rule : rulesByPort.get(port)) {
      if (rule.matcher().matches(subject)) {
        return rule.action();
      }
    }
    throw new IllegalStateException("a listener without a default rule");
  }

  /** The node with a number; numbers wrap around. */
  Routing.Node node(int number) {
    List<Routing.Node> nodes = routing.nodes();
    return nodes.get(Math.floorMod(number, nodes.size()));
  }

  Routing.Algorithm algorithm(String group) {
    return routing.groups().getOrDefault(group, Routing.Algorithm.ROUND_ROBIN);
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
