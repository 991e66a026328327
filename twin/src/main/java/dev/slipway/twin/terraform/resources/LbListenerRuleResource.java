package dev.slipway.twin.terraform.resources;

import dev.slipway.twin.terraform.engine.Context;
import dev.slipway.twin.terraform.engine.ResourceHandler;
import dev.slipway.twin.terraform.engine.TagChanges;
import dev.slipway.twin.terraform.plan.Traits;
import dev.slipway.twin.terraform.value.Attributes;
import java.time.Duration;
import java.util.Optional;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateRuleRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateRuleResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DeleteRuleRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DeleteRuleResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeRulesRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeRulesResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ModifyRuleRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ModifyRuleResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Rule;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RulePriorityPair;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.SetRulePrioritiesRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.SetRulePrioritiesResponse;

/** {@code aws_lb_listener_rule}. */
final class LbListenerRuleResource implements ResourceHandler {

  private static final Duration TIMEOUT = Duration.ofMinutes(5);

  @Override
  public String type() {
    return "aws_lb_listener_rule";
  }

  @Override
  public String label() {
    return "ELBv2 Listener Rule";
  }

  @Override
  public Traits traits() {
    return new Traits().keep("action.forward.stickiness");
  }

  @Override
  public void create(Context context, Attributes planned) {
    CreateRuleRequest.Builder request =
        CreateRuleRequest.builder()
            .listenerArn(planned.text("listener_arn"))
            .actions(LbActions.toActions(planned.blocks("action")))
            .conditions(LbConditions.toConditions(planned.blocks("condition")))
            .tags(TagChanges.all(planned, ElbCalls::tag));
    boolean chosen = planned.has("priority");
    // Where the priority is left open, somebody else may take the next one first.
    CreateRuleResponse response =
        context
            .waiter()
            .retry(
                TIMEOUT,
                e -> !chosen && e.is("PriorityInUse"),
                () ->
                    context.call(
                        request
                            .priority(
                                chosen
                                    ? planned.integer("priority")
                                    : nextPriority(context, planned))
                            .build(),
                        CreateRuleResponse.class));
    planned.set("id", response.rules().getFirst().ruleArn());
  }

  @Override
  public boolean read(Context context, Attributes state) {
    DescribeRulesRequest request = DescribeRulesRequest.builder().ruleArns(state.id()).build();
    Optional<Rule> found =
        context.findFirst(() -> context.call(request, DescribeRulesResponse.class).rules());
    if (found.isEmpty()) {
      return false;
    }
    Rule rule = found.get();
    String listener =
        rule.ruleArn().replace("listener-rule/", "listener/").replaceFirst("/[^/]+$", "");
    state
        .set("arn", rule.ruleArn())
        .set("listener_arn", listener)
        .set(
            "priority",
            rule.priority().equals("default") ? 99999 : Integer.valueOf(rule.priority()))
        .setBlocks("action", LbActions.toBlocks(rule.actions(), state.blocks("action")))
        .setBlocks("condition", LbConditions.toBlocks(rule.conditions()));
    ElbCalls.setTags(context, state, rule.ruleArn());
    return true;
  }

  @Override
  public void update(Context context, Attributes prior, Attributes planned) {
    if (planned.differs(prior, "priority")) {
      context.call(
          SetRulePrioritiesRequest.builder()
              .rulePriorities(
                  RulePriorityPair.builder()
                      .ruleArn(planned.id())
                      .priority(planned.integer("priority"))
                      .build())
              .build(),
          SetRulePrioritiesResponse.class);
    }
    if (planned.differs(prior, "action", "condition")) {
      context.call(
          ModifyRuleRequest.builder()
              .ruleArn(planned.id())
              .actions(LbActions.toActions(planned.blocks("action")))
              .conditions(LbConditions.toConditions(planned.blocks("condition")))
              .build(),
          ModifyRuleResponse.class);
    }
    ElbCalls.updateTags(context, prior, planned);
  }

  @Override
  public void delete(Context context, Attributes state) {
    context.call(DeleteRuleRequest.builder().ruleArn(state.id()).build(), DeleteRuleResponse.class);
  }

  private static int nextPriority(Context context, Attributes planned) {
    DescribeRulesRequest request =
        DescribeRulesRequest.builder().listenerArn(planned.text("listener_arn")).build();
    return 1
        + context.call(request, DescribeRulesResponse.class).rules().stream()
            .map(Rule::priority)
            .filter(priority -> !priority.equals("default"))
            .mapToInt(Integer::parseInt)
            .max()
            .orElse(0);
  }
}
