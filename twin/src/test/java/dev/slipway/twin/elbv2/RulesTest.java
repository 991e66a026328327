package dev.slipway.twin.elbv2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.twin.world.AwsError;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Action;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ActionTypeEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateRuleRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateRuleResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DeleteRuleRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeRulesRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeRulesResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Listener;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancer;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Rule;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RuleCondition;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.SetRulePrioritiesRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroup;

class RulesTest {

  private final ScriptedDataPlane dataPlane = new ScriptedDataPlane();
  private final ElbWorld aws = new ElbWorld(dataPlane);
  private final LoadBalancer lb = aws.loadBalancer("front");
  private final TargetGroup group = aws.targetGroup("service");
  private final Listener listener = aws.listener(lb, 80, ElbWorld.forward(group));

  private static void refused(String code, String message, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(AwsError.class, e -> assertThat(e.code()).isEqualTo(code))
        .hasMessageContaining(message);
  }

  private CreateRuleRequest.Builder request(int priority, String path) {
    return CreateRuleRequest.builder()
        .listenerArn(listener.listenerArn())
        .priority(priority)
        .conditions(condition -> condition.field("path-pattern").values(path))
        .actions(ElbWorld.forward(group));
  }

  private Rule rule(int priority, String path) {
    return aws.call(request(priority, path).build(), CreateRuleResponse.class).rules().getFirst();
  }

  private List<String> prioritiesInOrder() {
    return aws
        .call(
            DescribeRulesRequest.builder().listenerArn(listener.listenerArn()).build(),
            DescribeRulesResponse.class)
        .rules()
        .stream()
        .map(Rule::priority)
        .toList();
  }

  @Test
  void showsAndPublishesRulesByPriorityWithTheDefaultLast() {
    rule(200, "/b");
    rule(30, "/a");

    assertThat(prioritiesInOrder()).containsExactly("30", "200", "default");
    assertThat(dataPlane.routings.get(lb.loadBalancerArn()).listeners().getFirst().rules())
        .extracting(Rule::priority)
        .containsExactly("30", "200", "default");
  }

  @Test
  void showsConditionsAndActionsInBothOfTheirForms() {
    Rule rule = rule(1, "/a/*");

    assertThat(rule.conditions().getFirst().values()).containsExactly("/a/*");
    assertThat(rule.conditions().getFirst().pathPatternConfig().values()).containsExactly("/a/*");
    Action action = rule.actions().getFirst();
    assertThat(action.targetGroupArn()).isEqualTo(group.targetGroupArn());
    assertThat(action.forwardConfig().targetGroups().getFirst().weight()).isEqualTo(1);
  }

  @Test
  void refusesAPriorityThatIsTakenAndSwapsTwo() {
    Rule first = rule(1, "/a");
    Rule second = rule(2, "/b");
    refused("PriorityInUse", "The specified priority is in use.", () -> rule(1, "/c"));
    refused(
        "PriorityInUse",
        "The specified priority is in use.",
        () ->
            aws.invoke(
                SetRulePrioritiesRequest.builder()
                    .rulePriorities(p -> p.ruleArn(first.ruleArn()).priority(2))
                    .build()));

    aws.invoke(
        SetRulePrioritiesRequest.builder()
            .rulePriorities(
                p -> p.ruleArn(first.ruleArn()).priority(2),
                p -> p.ruleArn(second.ruleArn()).priority(1))
            .build());

    assertThat(dataPlane.routings.get(lb.loadBalancerArn()).listeners().getFirst().rules())
        .extracting(Rule::ruleArn)
        .startsWith(second.ruleArn(), first.ruleArn());
  }

  @Test
  void keepsTheDefaultRule() {
    String arn =
        aws.call(
                DescribeRulesRequest.builder().listenerArn(listener.listenerArn()).build(),
                DescribeRulesResponse.class)
            .rules()
            .getLast()
            .ruleArn();

    refused(
        "OperationNotPermitted",
        "Default rule '" + arn + "' cannot be deleted",
        () -> aws.invoke(DeleteRuleRequest.builder().ruleArn(arn).build()));
  }

  @Test
  void refusesWhatAwsRefuses() {
    refused("ValidationError", "less than or equal to 50000", () -> rule(50_001, "/a"));
    refused("ValidationError", "at least one condition", () -> rule(1, "/a", List.of()));
    refused("ValidationError", "at most 5 condition wildcards", () -> rule(1, "/******"));
    refused(
        "ValidationError",
        "must be one of",
        () ->
            aws.invoke(request(1, "/a").conditions(c -> c.field("colour").values("red")).build()));
    refused(
        "TargetGroupNotFound",
        "One or more target groups not found",
        () ->
            aws.invoke(
                request(1, "/a")
                    .actions(
                        Action.builder()
                            .type(ActionTypeEnum.FORWARD)
                            .targetGroupArn("arn:none")
                            .build())
                    .build()));
    refused(
        "InvalidConfigurationRequest",
        "the action type authenticate-oidc is not supported by the twin",
        () ->
            aws.invoke(
                request(1, "/a")
                    .actions(Action.builder().type(ActionTypeEnum.AUTHENTICATE_OIDC).build())
                    .build()));
    assertThat(prioritiesInOrder()).containsExactly("default");
  }

  private void rule(int priority, String path, List<RuleCondition> none) {
    aws.invoke(request(priority, path).conditions(none).build());
  }
}
