package dev.slipway.twin.elbv2;

import dev.slipway.twin.elbv2.Store.ListenerRule;
import dev.slipway.twin.world.AwsError;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateRuleRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateRuleResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DeleteRuleRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DeleteRuleResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeRulesRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeRulesResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Listener;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancer;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ModifyRuleRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ModifyRuleResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Rule;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RulePriorityPair;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RuleTransform;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.SetRulePrioritiesRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.SetRulePrioritiesResponse;

/** The rules of listeners. Source: ELBv2 API reference. */
final class Rules {

  private static final int MOST_RULES = 100;

  private final Store store;
  private final ActionCheck actions;
  private final RoutePublisher routes;

  Rules(Store store, ActionCheck actions, RoutePublisher routes) {
    this.store = store;
    this.actions = actions;
    this.routes = routes;
  }

  static String newArn(Store store, String listenerArn) {
    return listenerArn.replace(":listener/", ":listener-rule/") + "/" + store.world().ids().hex(16);
  }

  /** CreateRule. */
  public CreateRuleResponse createRule(CreateRuleRequest request) {
    Refusal.unlessOnly(
        request, Set.of("ListenerArn", "Conditions", "Priority", "Actions", "Transforms", "Tags"));
    Listener listener = store.listener(request.listenerArn());
    LoadBalancer lb = store.loadBalancer(listener.loadBalancerArn());
    Refusal.missing("priority", request.priority());
    Refusal.outside("priority", request.priority(), 1, 50_000);
    requireFree(store.rulesOf(listener.listenerArn()), request.priority());
    if (count(lb.loadBalancerArn()) >= MOST_RULES) {
      throw AwsError.of(
          "TooManyRules", "The maximum number of rules has been reached on the load balancer");
    }
    Rule rule =
        Rule.builder()
            .ruleArn(newArn(store, listener.listenerArn()))
            .priority(String.valueOf(request.priority()))
            .conditions(ConditionCheck.complete(request.conditions()))
            .actions(actions.complete(lb, request.actions()))
            .transforms(
                request.hasTransforms() ? TransformCheck.checked(request.transforms()) : null)
            .isDefault(false)
            .build();
    store.rules().put(rule.ruleArn(), new ListenerRule(listener.listenerArn(), rule));
    store.putTags(rule.ruleArn(), request.tags());
    routes.publish(lb.loadBalancerArn());
    return CreateRuleResponse.builder().rules(rule).build();
  }

  private long count(String loadBalancerArn) {
    return store.listenersOf(loadBalancerArn).stream()
        .flatMap(listener -> store.rulesOf(listener.listenerArn()).stream())
        .filter(rule -> !rule.isDefault())
        .count();
  }

  private static void requireFree(List<Rule> rules, int priority) {
    if (rules.stream().anyMatch(rule -> rule.priority().equals(String.valueOf(priority)))) {
      throw AwsError.of("PriorityInUse", "The specified priority is in use.");
    }
  }

  /** DescribeRules. */
  public DescribeRulesResponse describeRules(DescribeRulesRequest request) {
    if (request.listenerArn() == null && !request.hasRuleArns()) {
      throw Refusal.validation("You must specify either listener ARNs or rule ARNs");
    }
    List<Rule> found =
        request.hasRuleArns()
            ? request.ruleArns().stream().map(arn -> store.rule(arn).rule()).toList()
            : store.rulesOf(store.listener(request.listenerArn()).listenerArn());
    Page<Rule> page = Page.of(found, request.marker(), request.pageSize());
    return DescribeRulesResponse.builder()
        .rules(page.items())
        .nextMarker(page.nextMarker())
        .build();
  }

  /** ModifyRule. */
  public ModifyRuleResponse modifyRule(ModifyRuleRequest request) {
    Refusal.unlessOnly(
        request, Set.of("RuleArn", "Conditions", "Actions", "Transforms", "ResetTransforms"));
    ListenerRule before = store.rule(request.ruleArn());
    if (before.rule().isDefault()) {
      throw AwsError.of(
          "OperationNotPermitted", "Default rule '" + request.ruleArn() + "' cannot be modified");
    }
    LoadBalancer lb = loadBalancer(before);
    Rule.Builder after = before.rule().toBuilder();
    if (request.hasConditions()) {
      after.conditions(ConditionCheck.complete(request.conditions()));
    }
    if (request.hasActions()) {
      after.actions(actions.complete(lb, request.actions()));
    }
    boolean reset = Boolean.TRUE.equals(request.resetTransforms());
    if (reset && request.hasTransforms()) {
      throw Refusal.validation("You cannot specify both transforms and reset transforms");
    }
    if (reset) {
      after.transforms((List<RuleTransform>) null);
    } else if (request.hasTransforms()) {
      after.transforms(TransformCheck.checked(request.transforms()));
    }
    Rule rule = after.build();
    store.rules().put(rule.ruleArn(), new ListenerRule(before.listenerArn(), rule));
    routes.publish(lb.loadBalancerArn());
    return ModifyRuleResponse.builder().rules(rule).build();
  }

  private LoadBalancer loadBalancer(ListenerRule rule) {
    return store.loadBalancer(store.listener(rule.listenerArn()).loadBalancerArn());
  }

  /** DeleteRule. */
  public DeleteRuleResponse deleteRule(DeleteRuleRequest request) {
    ListenerRule rule = store.rule(request.ruleArn());
    if (rule.rule().isDefault()) {
      throw AwsError.of(
          "OperationNotPermitted", "Default rule '" + request.ruleArn() + "' cannot be deleted");
    }
    String loadBalancerArn = loadBalancer(rule).loadBalancerArn();
    store.rules().remove(request.ruleArn());
    store.forget(request.ruleArn());
    routes.publish(loadBalancerArn);
    return DeleteRuleResponse.builder().build();
  }

  /** SetRulePriorities; all or none. */
  public SetRulePrioritiesResponse setRulePriorities(SetRulePrioritiesRequest request) {
    Map<String, Integer> wanted = new HashMap<>();
    Set<String> listeners = new HashSet<>();
    for (RulePriorityPair pair : request.rulePriorities()) {
      ListenerRule rule = store.rule(pair.ruleArn());
      if (rule.rule().isDefault()) {
        throw AwsError.of(
            "OperationNotPermitted",
            "The priority of default rule '" + pair.ruleArn() + "' cannot be changed");
      }
      Refusal.missing("rulePriorities.1.member.priority", pair.priority());
      Refusal.outside("priority", pair.priority(), 1, 50_000);
      wanted.put(pair.ruleArn(), pair.priority());
      listeners.add(rule.listenerArn());
    }
    listeners.forEach(listener -> requireDistinct(listener, wanted));
    wanted.forEach((arn, priority) ->
        store
            .rules()
            .update(
                arn,
                rule ->
                    new ListenerRule(
                        rule.listenerArn(),
                        rule.rule().toBuilder().priority(String.valueOf(priority)).build())));
    listeners.forEach(arn -> routes.publish(store.listener(arn).loadBalancerArn()));
    return SetRulePrioritiesResponse.builder()
        .rules(
            request.rulePriorities().stream()
                .map(pair -> store.rule(pair.ruleArn()).rule())
                .toList())
        .build();
  }

  private void requireDistinct(String listenerArn, Map<String, Integer> wanted) {
    Set<String> taken = new HashSet<>();
    for (Rule rule : store.rulesOf(listenerArn)) {
      Integer changed = wanted.get(rule.ruleArn());
      if (!taken.add(changed == null ? rule.priority() : changed.toString())) {
        throw AwsError.of("PriorityInUse", "The specified priority is in use.");
      }
    }
  }
}
