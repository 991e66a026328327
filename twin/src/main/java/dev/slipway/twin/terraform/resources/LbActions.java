package dev.slipway.twin.terraform.resources;

import dev.slipway.twin.terraform.value.Attributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Action;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ActionTypeEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.FixedResponseActionConfig;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ForwardActionConfig;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RedirectActionConfig;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroupStickinessConfig;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroupTuple;

/** The actions of listeners and rules, between Terraform's blocks and ELBv2's classes. */
final class LbActions {

  private LbActions() {}

  /** Actions for a request; where no order is given they run as they stand. */
  static List<Action> toActions(List<Attributes> blocks) {
    List<Action> actions = new ArrayList<>();
    for (Attributes block : blocks) {
      Integer order = block.positive("order");
      actions.add(toAction(block, order == null ? actions.size() + 1 : order));
    }
    return actions;
  }

  /**
   * Blocks for the state.
   *
   * @param before the blocks so far: a target group stays in the spelling that it has there
   */
  static List<Attributes> toBlocks(List<Action> actions, List<Attributes> before) {
    List<Action> sorted = new ArrayList<>(actions);
    sorted.sort(Comparator.comparingInt(action -> action.order() == null ? 0 : action.order()));
    List<Attributes> blocks = new ArrayList<>();
    for (int i = 0; i < sorted.size(); i++) {
      Attributes old = i < before.size() ? before.get(i) : new Attributes();
      blocks.add(toBlock(sorted.get(i), old));
    }
    return blocks;
  }

  private static Action toAction(Attributes block, int order) {
    String type = block.text("type", "");
    Action.Builder action = Action.builder().type(type).order(order);
    switch (type) {
      case "forward" -> forward(block, action);
      case "redirect" ->
          block
              .block("redirect")
              .ifPresent(to ->
                  action.redirectConfig(c ->
                      c.host(to.text("host"))
                          .path(to.text("path"))
                          .port(to.text("port"))
                          .protocol(to.text("protocol"))
                          .query(to.text("query"))
                          .statusCode(to.text("status_code"))));
      case "fixed-response" ->
          block
              .block("fixed_response")
              .ifPresent(fixed ->
                  action.fixedResponseConfig(c ->
                      c.contentType(fixed.text("content_type"))
                          .messageBody(fixed.text("message_body"))
                          .statusCode(fixed.text("status_code"))));
      default -> throw new UnsupportedOperationException("a listener's action of type " + type);
    }
    return action.build();
  }

  private static void forward(Attributes block, Action.Builder action) {
    if (block.has("target_group_arn")) {
      action.targetGroupArn(block.text("target_group_arn"));
      return;
    }
    Attributes forward = block.block("forward").orElseGet(Attributes::new);
    List<TargetGroupTuple> groups =
        forward.blocks("target_group").stream()
            .map(group ->
                TargetGroupTuple.builder()
                    .targetGroupArn(group.text("arn"))
                    .weight(group.integer("weight"))
                    .build())
            .toList();
    action.forwardConfig(config -> {
      config.targetGroups(groups);
      forward
          .block("stickiness")
          .ifPresent(sticky ->
              config.targetGroupStickinessConfig(c ->
                  c.enabled(sticky.flag("enabled")).durationSeconds(sticky.positive("duration"))));
    });
  }

  private static Attributes toBlock(Action action, Attributes old) {
    Attributes block =
        new Attributes()
            .set("type", action.typeAsString())
            .set("order", action.order())
            .setEmpty("target_group_arn")
            .setNoBlocks(
                "authenticate_cognito",
                "authenticate_oidc",
                "fixed_response",
                "forward",
                "redirect");
    FixedResponseActionConfig fixed = action.fixedResponseConfig();
    RedirectActionConfig redirect = action.redirectConfig();
    if (fixed != null) {
      block.setBlock(
          "fixed_response",
          new Attributes()
              .set("content_type", fixed.contentType())
              .setText("message_body", fixed.messageBody())
              .set("status_code", fixed.statusCode()));
    } else if (redirect != null) {
      block.setBlock(
          "redirect",
          new Attributes()
              .set("host", redirect.host())
              .set("path", redirect.path())
              .set("port", redirect.port())
              .set("protocol", redirect.protocol())
              .set("query", redirect.query())
              .set("status_code", redirect.statusCodeAsString()));
    } else if (action.type() == ActionTypeEnum.FORWARD) {
      setForward(block, action, old);
    }
    return block;
  }

  private static void setForward(Attributes block, Action action, Attributes old) {
    ForwardActionConfig config = action.forwardConfig();
    boolean simple = config == null || config.targetGroups().size() == 1;
    boolean spelledOut = !old.blocks("forward").isEmpty() && !old.has("target_group_arn");
    if (simple && !spelledOut) {
      String arn = action.targetGroupArn();
      block.set(
          "target_group_arn",
          arn != null || config == null ? arn : config.targetGroups().getFirst().targetGroupArn());
      return;
    }
    List<TargetGroupTuple> groups =
        config == null
            ? List.of(TargetGroupTuple.builder().targetGroupArn(action.targetGroupArn()).build())
            : config.targetGroups();
    Attributes forward =
        new Attributes()
            .setBlocks(
                "target_group",
                groups.stream()
                    .map(group ->
                        new Attributes()
                            .set("arn", group.targetGroupArn())
                            .set("weight", group.weight() == null ? 1 : group.weight()))
                    .toList())
            .setNoBlocks("stickiness");
    TargetGroupStickinessConfig sticky =
        config == null ? null : config.targetGroupStickinessConfig();
    if (sticky != null && sticky.durationSeconds() != null) {
      forward.setBlock(
          "stickiness",
          new Attributes()
              .set("enabled", Boolean.TRUE.equals(sticky.enabled()))
              .set("duration", sticky.durationSeconds()));
    }
    block.setBlock("forward", forward);
  }
}
