package dev.slipway.twin.elbv2;

import dev.slipway.twin.world.AwsError;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Action;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.FixedResponseActionConfig;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ForwardActionConfig;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancer;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RedirectActionConfig;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroup;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroupStickinessConfig;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroupTuple;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetTypeEnum;

/** Checks actions and completes them as AWS shows them. Source: ELBv2 API reference, Action. */
final class ActionCheck {

  private static final Set<String> CONTENT_TYPES =
      Set.of("text/plain", "text/css", "text/html", "application/javascript", "application/json");
  private static final int MOST_GROUPS = 5;
  private static final int LONGEST_BODY = 1024;

  private final Store store;

  ActionCheck(Store store) {
    this.store = store;
  }

  /** The actions with their defaults filled in. */
  List<Action> complete(LoadBalancer lb, List<Action> actions) {
    if (actions.isEmpty()) {
      throw Refusal.validation("You must specify an action");
    }
    if (actions.size() > 1) {
      throw AwsError.of("InvalidLoadBalancerAction", "You must specify exactly one final action");
    }
    List<Action> complete = new ArrayList<>();
    for (Action action : actions) {
      complete.add(complete(lb, action));
    }
    return List.copyOf(complete);
  }

  private Action complete(LoadBalancer lb, Action action) {
    Refusal.missing("actions.1.member.type", action.type());
    return switch (action.type()) {
      case FORWARD -> forward(lb, action);
      case REDIRECT -> redirect(action);
      case FIXED_RESPONSE -> fixedResponse(action);
      default -> throw Refusal.unsupported("the action type " + action.typeAsString());
    };
  }

  private Action forward(LoadBalancer lb, Action action) {
    List<TargetGroupTuple> tuples = tuples(action);
    if (tuples.isEmpty() || tuples.size() > MOST_GROUPS) {
      throw Refusal.validation("A forward action must have 1 to 5 target groups");
    }
    if (tuples.stream().map(TargetGroupTuple::targetGroupArn).distinct().count() < tuples.size()) {
      throw Refusal.error(
          "InvalidLoadBalancerAction", "A target group can be specified only once in an action");
    }
    for (TargetGroupTuple tuple : tuples) {
      Refusal.outside("weight", tuple.weight(), 0, 999);
      check(lb, store.targetGroup(tuple.targetGroupArn()));
    }
    TargetGroupStickinessConfig stickiness =
        action.forwardConfig() == null
            ? null
            : action.forwardConfig().targetGroupStickinessConfig();
    if (stickiness != null) {
      Refusal.outside(
          "targetGroupStickinessConfig.durationSeconds", stickiness.durationSeconds(), 1, 604_800);
      if (Boolean.TRUE.equals(stickiness.enabled()) && stickiness.durationSeconds() == null) {
        throw Refusal.validation(
            "A duration must be specified when target group stickiness is enabled");
      }
    }
    return action.toBuilder()
        .targetGroupArn(tuples.size() == 1 ? tuples.getFirst().targetGroupArn() : null)
        .forwardConfig(
            ForwardActionConfig.builder()
                .targetGroups(tuples)
                .targetGroupStickinessConfig(
                    stickiness != null
                        ? stickiness
                        : TargetGroupStickinessConfig.builder().enabled(false).build())
                .build())
        .build();
  }

  private static List<TargetGroupTuple> tuples(Action action) {
    ForwardActionConfig config = action.forwardConfig();
    String arn = action.targetGroupArn();
    if (config == null || !config.hasTargetGroups()) {
      Refusal.missing("actions.1.member.targetGroupArn", arn);
      return List.of(TargetGroupTuple.builder().targetGroupArn(arn).weight(1).build());
    }
    if (arn != null
        && config.targetGroups().stream().noneMatch(t -> t.targetGroupArn().equals(arn))) {
      throw AwsError.of(
          "InvalidLoadBalancerAction",
          "The TargetGroupArn and the ForwardConfig must name the same target group");
    }
    return config.targetGroups().stream()
        .map(tuple -> tuple.weight() == null ? tuple.toBuilder().weight(1).build() : tuple)
        .toList();
  }

  private void check(LoadBalancer lb, TargetGroup group) {
    String arn = group.targetGroupArn();
    if (!group.vpcId().equals(lb.vpcId())) {
      throw AwsError.of(
          "InvalidConfigurationRequest",
          "The following target groups are not in the VPC of load balancer '"
              + lb.loadBalancerArn()
              + "': "
              + arn);
    }
    store
        .loadBalancerOf(arn)
        .filter(user -> !user.equals(lb.loadBalancerArn()))
        .ifPresent(user -> {
          throw AwsError.of(
              "TargetGroupAssociationLimit",
              "The following target groups cannot be associated with more than one load"
                  + " balancer: "
                  + arn);
        });
    if (group.targetType() == TargetTypeEnum.LAMBDA) {
      throw Refusal.unsupported("the target type lambda");
    }
  }

  private static Action redirect(Action action) {
    RedirectActionConfig config = action.redirectConfig();
    Refusal.missing("actions.1.member.redirectConfig", config);
    Refusal.missing("redirectConfig.statusCode", config.statusCode());
    RedirectActionConfig complete =
        config.toBuilder()
            .protocol(config.protocol() == null ? "#{protocol}" : config.protocol())
            .host(config.host() == null ? "#{host}" : config.host())
            .port(config.port() == null ? "#{port}" : config.port())
            .path(config.path() == null ? "/#{path}" : config.path())
            .query(config.query() == null ? "#{query}" : config.query())
            .build();
    if (!Set.of("HTTP", "HTTPS", "#{protocol}").contains(complete.protocol())) {
      throw Refusal.validation("The redirect protocol '" + complete.protocol() + "' is not valid");
    }
    if (!complete.path().startsWith("/")) {
      throw Refusal.validation("The redirect path '" + complete.path() + "' must begin with '/'");
    }
    boolean same =
        complete.protocol().equals("#{protocol}")
            && complete.host().equals("#{host}")
            && complete.port().equals("#{port}")
            && complete.path().equals("/#{path}");
    if (same) {
      throw AwsError.of(
          "InvalidLoadBalancerAction",
          "The redirect configuration is not valid because it creates a loop.");
    }
    return action.toBuilder().redirectConfig(complete).build();
  }

  private static Action fixedResponse(Action action) {
    FixedResponseActionConfig config = action.fixedResponseConfig();
    Refusal.missing("actions.1.member.fixedResponseConfig", config);
    Refusal.missing("fixedResponseConfig.statusCode", config.statusCode());
    if (!config.statusCode().matches("[245]\\d\\d")) {
      throw Refusal.validation(
          "1 validation error detected: Value '"
              + config.statusCode()
              + "' at 'fixedResponseConfig.statusCode' failed to satisfy constraint: Member must"
              + " satisfy regular expression pattern: ^(2|4|5)\\d\\d$");
    }
    if (config.contentType() != null && !CONTENT_TYPES.contains(config.contentType())) {
      throw Refusal.validation("The content type '" + config.contentType() + "' is not valid");
    }
    if (config.messageBody() != null && config.messageBody().length() > LONGEST_BODY) {
      throw Refusal.validation("The message body cannot be longer than 1024 characters");
    }
    return action;
  }
}
