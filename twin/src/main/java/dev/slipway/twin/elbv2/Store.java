package dev.slipway.twin.elbv2;

import dev.slipway.twin.world.Table;
import dev.slipway.twin.world.World;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Action;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Listener;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancer;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Rule;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Tag;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroup;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroupTuple;

/**
 * The state of load balancing in a world, and how its parts refer to one another. A table is looked
 * up at each use, because restoring a world replaces its tables. Under the world's lock.
 */
record Store(World world) {

  /** A node of a load balancer and its network interface. */
  record LbNode(
      String loadBalancerArn, String interfaceId, String subnetId, String zone, String privateIp) {}

  /** A network interface that outlives its load balancer until an instant. */
  record LeavingInterface(String interfaceId, Instant deleteAt) {}

  /** A rule and the listener that it belongs to. */
  record ListenerRule(String listenerArn, Rule rule) {}

  /** The certificates of a listener beside its default one. */
  record ListenerCertificates(List<String> arns) {}

  /** The attributes of a load balancer, listener or target group that differ from the default. */
  record Attributes(Map<String, String> values) {}

  /** The tags of a resource. */
  record Tags(List<Tag> tags) {}

  Table<LoadBalancer> loadBalancers() {
    return world.table("elbv2.loadBalancers");
  }

  Table<LbNode> nodes() {
    return world.table("elbv2.nodes");
  }

  Table<LeavingInterface> leavingInterfaces() {
    return world.table("elbv2.leavingInterfaces");
  }

  Table<TargetGroup> targetGroups() {
    return world.table("elbv2.targetGroups");
  }

  Table<RegisteredTarget> targets() {
    return world.table("elbv2.targets");
  }

  Table<Listener> listeners() {
    return world.table("elbv2.listeners");
  }

  Table<ListenerRule> rules() {
    return world.table("elbv2.rules");
  }

  Table<ListenerCertificates> listenerCertificates() {
    return world.table("elbv2.listenerCertificates");
  }

  Table<Attributes> attributes() {
    return world.table("elbv2.attributes");
  }

  Table<Tags> tags() {
    return world.table("elbv2.tags");
  }

  LoadBalancer loadBalancer(String arn) {
    return loadBalancers().find(arn).orElseThrow(Refusal::noLoadBalancer);
  }

  TargetGroup targetGroup(String arn) {
    return targetGroups().find(arn).orElseThrow(Refusal::noTargetGroup);
  }

  Listener listener(String arn) {
    return listeners().find(arn).orElseThrow(Refusal::noListener);
  }

  ListenerRule rule(String arn) {
    return rules().find(arn).orElseThrow(Refusal::noRule);
  }

  List<LbNode> nodesOf(String loadBalancerArn) {
    return nodes()
        .grouped("loadBalancer", node -> List.of(node.loadBalancerArn()), loadBalancerArn);
  }

  /** Whether an address in the VPC of a target group is that of a load balancer's node. */
  boolean isBalancer(String targetGroupArn, String ip) {
    return nodes().grouped("address", node -> List.of(node.privateIp()), ip).stream()
        .anyMatch(node ->
            loadBalancer(node.loadBalancerArn())
                .vpcId()
                .equals(targetGroup(targetGroupArn).vpcId()));
  }

  List<Listener> listenersOf(String loadBalancerArn) {
    return listeners().grouped("loadBalancer", l -> List.of(l.loadBalancerArn()), loadBalancerArn);
  }

  /** The rules of a listener in the order of evaluation, the default rule last. */
  List<Rule> rulesOf(String listenerArn) {
    return rules().grouped("listener", rule -> List.of(rule.listenerArn()), listenerArn).stream()
        .map(ListenerRule::rule)
        .sorted(Comparator.comparingInt(Store::order))
        .toList();
  }

  private static int order(Rule rule) {
    return rule.isDefault() ? Integer.MAX_VALUE : Integer.parseInt(rule.priority());
  }

  List<RegisteredTarget> targetsOf(String targetGroupArn) {
    return targets().grouped("group", t -> List.of(t.targetGroupArn()), targetGroupArn);
  }

  /** The load balancer whose listeners forward to a target group; a group has at most one. */
  Optional<String> loadBalancerOf(String targetGroupArn) {
    return rules()
        .grouped("targetGroup", rule -> groupsOf(rule.rule().actions()), targetGroupArn)
        .stream()
        .map(rule -> listener(rule.listenerArn()).loadBalancerArn())
        .findFirst();
  }

  /** The target groups that a load balancer's rules forward to. */
  Set<String> groupsOfLoadBalancer(String loadBalancerArn) {
    Set<String> groups = new LinkedHashSet<>();
    for (Listener listener : listenersOf(loadBalancerArn)) {
      rulesOf(listener.listenerArn()).forEach(rule -> groups.addAll(groupsOf(rule.actions())));
    }
    return groups;
  }

  /** The target groups that actions forward to. */
  static Set<String> groupsOf(List<Action> actions) {
    Set<String> groups = new LinkedHashSet<>();
    actions.stream().flatMap(Store::groupsOf).forEach(groups::add);
    return groups;
  }

  private static Stream<String> groupsOf(Action action) {
    if (action.forwardConfig() != null && action.forwardConfig().hasTargetGroups()) {
      return action.forwardConfig().targetGroups().stream().map(TargetGroupTuple::targetGroupArn);
    }
    return Stream.ofNullable(action.targetGroupArn());
  }

  void putTags(String arn, List<Tag> tags) {
    tags().put(arn, new Tags(List.copyOf(tags)));
  }

  /** Forgets what hangs on a resource that is deleted. */
  void forget(String arn) {
    tags().remove(arn);
    listenerCertificates().remove(arn);
    attributes().remove(arn);
  }
}
