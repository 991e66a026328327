package dev.slipway.rehearsal.catalogue;

import dev.slipway.rehearsal.fault.Fault;
import dev.slipway.rehearsal.fault.Layer;
import dev.slipway.rehearsal.fault.Need;
import dev.slipway.rehearsal.stage.Kind;
import dev.slipway.rehearsal.stage.Stage;
import dev.slipway.validation.check.Severity;
import java.util.List;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Action;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RulePriorityPair;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroup;

/** Faults of the load balancer: its rules, target groups and listeners. */
final class FrontDoorFaults {

  static final List<Fault> ALL =
      List.of(
          Fault.of("alb-probe-answered-by-fixed-response", Layer.ALB, Severity.HIGH)
              .wrong("The probed path is answered by a fixed response, not by the service")
              .on(Kind.STANDING)
              .make(stage ->
                  rule(
                      stage,
                      Action.builder()
                          .type("fixed-response")
                          .fixedResponseConfig(
                              f -> f.statusCode("200").contentType("text/plain").messageBody("ok"))
                          .build()))
              .seenBy("front-door")
              .named("alb-probe-answered-by-fixed-response")
              .source(
                  "https://github.com/aws/aws-cdk/issues/30412",
                  "https://github.com/kubernetes-sigs/aws-load-balancer-controller/issues/2519")
              .build(),
          Fault.of("alb-rule-shadowed", Layer.ALB, Severity.HIGH)
              .wrong("A rule of a smaller number sends the service's requests to other targets")
              .on(Kind.STANDING)
              .make(stage -> {
                TargetGroup other = emptyGroup(stage, "ip");
                rule(
                    stage,
                    Action.builder()
                        .type("forward")
                        .targetGroupArn(other.targetGroupArn())
                        .build());
              })
              .seenBy("front-door")
              .named("alb-rule-shadowed")
              .build(),
          Fault.of("alb-listener-deleted", Layer.ALB, Severity.CRITICAL)
              .wrong("The listener was deleted by hand; tasks and targets are as healthy as before")
              .on(Kind.STANDING)
              .make(stage ->
                  stage
                      .elb()
                      .deleteListener(r -> r.listenerArn(stage.its().listener().listenerArn())))
              .seenBy("front-door")
              .named("alb-tg-without-lb", "alb-no-rule-for-service")
              .build(),
          Fault.of("alb-weight-zero", Layer.ALB, Severity.HIGH)
              .wrong("The listener forwards to the service's target group with weight 0")
              .on(Kind.STANDING)
              .make(stage -> {
                TargetGroup other = emptyGroup(stage, "ip");
                stage
                    .elb()
                    .modifyListener(r ->
                        r.listenerArn(stage.its().listener().listenerArn())
                            .defaultActions(a ->
                                a.type("forward")
                                    .forwardConfig(f ->
                                        f.targetGroups(
                                            g ->
                                                g.targetGroupArn(
                                                        stage.its().targetGroup().targetGroupArn())
                                                    .weight(0),
                                            g ->
                                                g.targetGroupArn(other.targetGroupArn())
                                                    .weight(1)))));
              })
              .seenBy("front-door")
              .named("alb-rule-shadowed", "alb-no-rule-for-service")
              .needs(Need.BY_DEFAULT)
              .build(),
          Fault.of("alb-waf-or-auth-blocks-users", Layer.ALB, Severity.MEDIUM)
              .wrong("A web ACL before the load balancer blocks whatever no rule lets through")
              .on(Kind.STANDING)
              .make(WebAcl::blocking)
              .seenBy("front-door")
              .named("alb-waf-or-auth-blocks-users")
              .build(),
          Fault.of("alb-http-not-redirected", Layer.ALB, Severity.MEDIUM)
              .wrong("There is an HTTPS listener, and port 80 goes on to serve in plain text")
              .on(Kind.STANDING)
              .make(stage -> Https.listener(stage, 365))
              .seenBy("front-door-posture")
              .named("alb-http-not-redirected")
              .needs(Need.PLAIN_HTTP)
              .build(),
          Fault.of("alb-cert-wrong-or-expiring", Layer.ALB, Severity.HIGH)
              .wrong("The certificate of the HTTPS listener ends in five days")
              .on(Kind.STANDING)
              .make(stage -> {
                Https.listener(stage, 5);
                stage
                    .elb()
                    .modifyListener(r ->
                        r.listenerArn(stage.its().listener().listenerArn())
                            .defaultActions(a ->
                                a.type("redirect")
                                    .redirectConfig(c ->
                                        c.protocol("HTTPS").port("443").statusCode("HTTP_301"))));
              })
              .seenBy("front-door-posture", "front-door")
              .named("alb-cert-wrong-or-expiring")
              .needs(Need.PLAIN_HTTP, Need.BY_DEFAULT)
              .build(),
          Fault.of("alb-deletion-protection-blocks-destroy", Layer.ALB, Severity.LOW)
              .wrong("The load balancer is protected, and destroying the stack stops half-way")
              .on(Kind.DESTROY)
              .make(stage -> {
                String arn = stage.its().loadBalancer().loadBalancerArn();
                stage.leaves(arn);
                stage
                    .elb()
                    .modifyLoadBalancerAttributes(r ->
                        r.loadBalancerArn(arn)
                            .attributes(a -> a.key("deletion_protection.enabled").value("true")));
              })
              .seenBy("sweep")
              .named("load-balancer")
              .build());

  private FrontDoorFaults() {}

  /** A first rule, for every path; others move back for it. */
  private static void rule(Stage stage, Action action) {
    String listener = stage.its().listener().listenerArn();
    List<RulePriorityPair> moved =
        stage.elb().describeRules(r -> r.listenerArn(listener)).rules().stream()
            .filter(r -> !r.isDefault())
            .map(r ->
                RulePriorityPair.builder()
                    .ruleArn(r.ruleArn())
                    .priority(Integer.parseInt(r.priority()) + 1)
                    .build())
            .toList();
    if (!moved.isEmpty()) {
      stage.elb().setRulePriorities(r -> r.rulePriorities(moved));
    }
    stage
        .elb()
        .createRule(r ->
            r.listenerArn(listener)
                .priority(1)
                .conditions(c -> c.field("path-pattern").values("/*"))
                .actions(action));
  }

  /** Another target group, with nothing in it. */
  static TargetGroup emptyGroup(Stage stage, String type) {
    return stage
        .elb()
        .createTargetGroup(r ->
            r.name("other-" + type)
                .targetType(type)
                .protocol("HTTP")
                .port(stage.its().targetGroup().port())
                .vpcId(stage.its().vpc()))
        .targetGroups()
        .getFirst();
  }
}
