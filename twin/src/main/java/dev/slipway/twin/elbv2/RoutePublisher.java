package dev.slipway.twin.elbv2;

import dev.slipway.twin.elbv2.Store.LbNode;
import dev.slipway.twin.world.Differs;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Listener;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancer;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancerStateEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ProtocolEnum;

/**
 * Derives what a load balancer's data plane decides by and publishes it when it differs from what
 * is published. Under the world's lock.
 */
@Differs(
    value = "a zone whose node has too few healthy targets still gets its share of clients",
    because = "AWS takes such a node out of DNS, and here one address stands for all nodes")
final class RoutePublisher {

  private final Store store;
  private final DataPlane dataPlane;
  private final Paths paths;
  private final Consumer<String> healthChecks;
  private final Transports transports;
  private final TrafficSettings settings;
  private final Map<String, Routing> published = new HashMap<>();
  private Predicate<String> blocked = arn -> false;

  /**
   * Publishes to a data plane.
   *
   * @param healthChecks told the load balancer whose targets or nodes may have changed
   */
  RoutePublisher(
      Store store,
      DataPlane dataPlane,
      Paths paths,
      Transports transports,
      Consumer<String> healthChecks) {
    this.transports = transports;
    this.store = store;
    this.dataPlane = dataPlane;
    this.paths = paths;
    this.healthChecks = healthChecks;
    this.settings = new TrafficSettings(store, arn -> blocked.test(arn));
  }

  /** Asks from now on whether a web ACL lets nothing through to a load balancer. */
  void blockedBy(Predicate<String> webAcls) {
    blocked = webAcls;
  }

  /** Publishes the routes of the load balancer that a target group belongs to, if any. */
  void publishGroup(String targetGroupArn) {
    store.loadBalancerOf(targetGroupArn).ifPresent(this::publish);
  }

  /** Publishes the routes of every load balancer. */
  void publishAll() {
    store.loadBalancers().all().forEach(lb -> publish(lb.loadBalancerArn()));
  }

  /** Publishes the routes of a load balancer once it is active. */
  void publish(String loadBalancerArn) {
    Optional<LoadBalancer> active =
        store
            .loadBalancers()
            .find(loadBalancerArn)
            .filter(lb -> lb.state().code() == LoadBalancerStateEnum.ACTIVE);
    if (active.isEmpty()) {
      return;
    }
    healthChecks.accept(loadBalancerArn);
    Routing routing = routing(active.get());
    if (!routing.equals(published.put(loadBalancerArn, routing))) {
      dataPlane.route(routing);
    }
  }

  /** Takes a load balancer out of service. */
  void withdraw(String loadBalancerArn) {
    published.remove(loadBalancerArn);
    dataPlane.release(loadBalancerArn);
  }

  /** After the state was replaced: releases what is gone and forgets what is published. */
  void restart() {
    for (String arn : List.copyOf(published.keySet())) {
      if (!store.loadBalancers().contains(arn)) {
        withdraw(arn);
      }
    }
    published.clear();
  }

  private Routing routing(LoadBalancer lb) {
    String arn = lb.loadBalancerArn();
    List<Listener> listeners = store.listenersOf(arn);
    Set<String> groups = store.groupsOfLoadBalancer(arn);
    List<Routing.Node> nodes = new ArrayList<>();
    for (LbNode node : store.nodesOf(arn)) {
      Set<Integer> openPorts = new HashSet<>();
      for (Listener listener : listeners) {
        if (paths.fromInternet(node.interfaceId(), listener.port())) {
          openPorts.add(listener.port());
        }
      }
      Map<String, List<Routing.Route>> targets = new HashMap<>();
      groups.forEach(group -> targets.put(group, routes(lb, node, group)));
      nodes.add(
          new Routing.Node(
              node.interfaceId(), node.zone(), Set.copyOf(openPorts), Map.copyOf(targets)));
    }
    Map<String, Routing.Group> spread = new HashMap<>();
    Set<Routing.Target> draining = new HashSet<>();
    for (String group : groups) {
      spread.put(group, settings.ofGroup(group));
      boolean tls = store.targetGroup(group).protocol() == ProtocolEnum.HTTPS;
      store.targetsOf(group).stream()
          .filter(RegisteredTarget::draining)
          .forEach(target -> draining.add(new Routing.Target(target.ip(), target.port(), tls)));
    }
    return new Routing(
        arn,
        List.copyOf(nodes),
        listeners.stream()
            .map(listener ->
                new Routing.Listener(
                    listener.listenerArn(),
                    listener.port(),
                    transports.of(listener),
                    store.rulesOf(listener.listenerArn()),
                    settings.ofListener(listener.listenerArn())))
            .toList(),
        Map.copyOf(spread),
        Set.copyOf(draining),
        settings.ofLoadBalancer(arn));
  }

  /**
   * Source: ELB user guide, target-group-health: too few healthy targets means all of them; and
   * edit-target-group-attributes: without cross-zone load balancing those of the node's own zone.
   */
  private List<Routing.Route> routes(LoadBalancer lb, LbNode node, String group) {
    boolean ownZone =
        AttributeSets.TARGET_GROUP.value(store, group, AttributeSets.CROSS_ZONE).equals("false");
    List<RegisteredTarget> registered =
        store.targetsOf(group).stream()
            .filter(target -> !target.draining() && Zones.serves(store, lb, target))
            .filter(target -> !ownZone || Zones.shared(node, target))
            .toList();
    List<RegisteredTarget> healthy =
        registered.stream()
            .filter(target -> target.healthAt(node.interfaceId()).healthy())
            .toList();
    boolean tls = store.targetGroup(group).protocol() == ProtocolEnum.HTTPS;
    boolean warms = SlowStart.duration(store, group).isPositive();
    boolean enough = healthy.size() >= leastHealthy(group, registered.size());
    return (enough ? healthy : registered)
        .stream()
            .map(target ->
                new Routing.Route(
                    new Routing.Target(target.ip(), target.port(), tls),
                    paths.fromNode(node.interfaceId(), lb.vpcId(), target.ip(), target.port()),
                    warms ? target.warmFromAt(node.interfaceId()) : Instant.MIN))
            .toList();
  }

  private int leastHealthy(String group, int registered) {
    AttributeSet attributes = AttributeSets.TARGET_GROUP;
    int count = attributes.number(store, group, AttributeSets.MINIMUM_HEALTHY_COUNT);
    String percentage = attributes.value(store, group, AttributeSets.MINIMUM_HEALTHY_PERCENTAGE);
    return percentage.equals("off")
        ? count
        : Math.max(count, Math.ceilDiv(registered * Integer.parseInt(percentage), 100));
  }
}
