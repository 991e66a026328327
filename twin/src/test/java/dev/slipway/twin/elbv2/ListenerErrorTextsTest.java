package dev.slipway.twin.elbv2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.slipway.twin.world.AwsError;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Action;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ActionTypeEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.AddListenerCertificatesRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateListenerRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateRuleRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DeleteRuleRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeListenersRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeRulesRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeRulesResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Listener;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancer;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ModifyRuleRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ProtocolEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RedirectActionStatusCodeEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RuleTransform;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroup;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TransformTypeEnum;

/** What is refused of listeners and rules, word by word. */
class ListenerErrorTextsTest {

  private final ElbWorld aws = new ElbWorld(new ScriptedDataPlane());
  private final LoadBalancer lb = aws.loadBalancer("front");
  private final TargetGroup group = aws.targetGroup("service");
  private final Listener listener = aws.listener(lb, 80, ElbWorld.forward(group));

  private static Arguments row(
      String name, String code, String text, Consumer<ListenerErrorTextsTest> mistake) {
    return Arguments.of(name, code, text, mistake);
  }

  private static Arguments listen(
      String name, String code, String text, Consumer<CreateListenerRequest.Builder> mistake) {
    return row(
        name,
        code,
        text,
        t -> {
          CreateListenerRequest.Builder request =
              CreateListenerRequest.builder()
                  .loadBalancerArn(t.lb.loadBalancerArn())
                  .protocol(ProtocolEnum.HTTP)
                  .port(81)
                  .defaultActions(ElbWorld.forward(t.group));
          mistake.accept(request);
          t.aws.invoke(request.build());
        });
  }

  private static Arguments rule(
      String name, String code, String text, Consumer<CreateRuleRequest.Builder> mistake) {
    return row(
        name,
        code,
        text,
        t -> {
          CreateRuleRequest.Builder request = t.rule(5);
          mistake.accept(request);
          t.aws.invoke(request.build());
        });
  }

  static Stream<Arguments> listeners() {
    return Stream.of(
        listen(
            "a port that is taken",
            "DuplicateListener",
            "A listener already exists on this port for this load balancer '{lb}'",
            r -> r.port(80)),
        listen(
            "a protocol of Network Load Balancers",
            "UnsupportedProtocol",
            "Listener protocol 'TCP' must be one of 'HTTP, HTTPS'",
            r -> r.protocol(ProtocolEnum.TCP)),
        listen(
            "HTTPS without a certificate",
            "ValidationError",
            "A certificate must be specified for HTTPS listeners",
            r -> r.protocol(ProtocolEnum.HTTPS)),
        listen(
            "an unknown certificate",
            "CertificateNotFound",
            "Certificate 'arn:aws:acm:eu-west-1:123456789012:certificate/none' not found",
            r ->
                r.protocol(ProtocolEnum.HTTPS)
                    .certificates(c ->
                        c.certificateArn("arn:aws:acm:eu-west-1:123456789012:certificate/none"))),
        listen(
            "no action",
            "ValidationError",
            "You must specify an action",
            r -> r.defaultActions(none())),
        listen(
            "an unknown load balancer",
            "LoadBalancerNotFound",
            "One or more load balancers not found",
            r -> r.loadBalancerArn("arn:none")),
        row(
            "an unknown listener",
            "ListenerNotFound",
            "One or more listeners not found",
            t -> t.aws.invoke(DescribeListenersRequest.builder().listenerArns("arn:none").build())),
        row(
            "certificates in the clear",
            "UnsupportedProtocol",
            "Certificates cannot be added to a listener with the protocol HTTP",
            t ->
                t.aws.invoke(
                    AddListenerCertificatesRequest.builder()
                        .listenerArn(t.listener.listenerArn())
                        .certificates(
                            c -> c.certificateArn("arn:aws:acm:eu-west-1:1:certificate/a"))
                        .build())));
  }

  static Stream<Arguments> rules() {
    return Stream.of(
        row(
            "a priority that is taken",
            "PriorityInUse",
            "The specified priority is in use.",
            t -> {
              t.aws.invoke(t.rule(5).build());
              t.aws.invoke(t.rule(5).build());
            }),
        rule(
            "priority 0",
            "ValidationError",
            "1 validation error detected: Value '0' at 'priority' failed to satisfy constraint:"
                + " Member must have value greater than or equal to 1",
            r -> r.priority(0)),
        rule(
            "a pattern that is too long",
            "ValidationError",
            "Condition value '/{long}' cannot be longer than '128' characters",
            r -> r.conditions(c -> c.field("path-pattern").values("/" + "a".repeat(128)))),
        rule(
            "six wildcards",
            "ValidationError",
            "A rule can have at most 5 condition wildcards",
            r -> r.conditions(c -> c.field("path-pattern").values("/??????"))),
        rule(
            "six values",
            "ValidationError",
            "A rule can have at most 5 condition values",
            r -> r.conditions(c -> c.field("path-pattern").values("1", "2", "3", "4", "5", "6"))),
        rule(
            "two of a kind",
            "ValidationError",
            "A rule can have only one 'path-pattern' condition",
            r ->
                r.conditions(
                    c -> c.field("path-pattern").values("/a"),
                    c -> c.field("path-pattern").values("/b"))),
        rule(
            "an expression that is none",
            "ValidationError",
            "The regular expression '(' is not valid",
            r -> r.conditions(c -> c.field("path-pattern").regexValues("("))),
        rule(
            "two final actions",
            "InvalidLoadBalancerAction",
            "You must specify exactly one final action",
            r -> r.actions(fixed("200"), fixed("404"))),
        rule(
            "a fixed 301",
            "ValidationError",
            "1 validation error detected: Value '301' at 'fixedResponseConfig.statusCode' failed to"
                + " satisfy constraint: Member must satisfy regular expression pattern:"
                + " ^(2|4|5)\\d\\d$",
            r -> r.actions(fixed("301"))),
        rule(
            "a redirect to itself",
            "InvalidLoadBalancerAction",
            "The redirect configuration is not valid because it creates a loop.",
            r ->
                r.actions(a ->
                    a.type(ActionTypeEnum.REDIRECT)
                        .redirectConfig(c -> c.statusCode(RedirectActionStatusCodeEnum.HTTP_301)))),
        rule(
            "a transform twice",
            "ValidationError",
            "A rule can have only one 'url-rewrite' transform",
            r -> r.transforms(rewrite("^/a"), rewrite("^/b"))),
        rule(
            "a transform without an expression",
            "ValidationError",
            "A regular expression must have 1 to 128 characters",
            r -> r.transforms(rewrite(""))),
        row(
            "an unknown rule",
            "RuleNotFound",
            "One or more rules not found",
            t -> t.aws.invoke(DeleteRuleRequest.builder().ruleArn("arn:none").build())),
        row(
            "the default rule is deleted",
            "OperationNotPermitted",
            "Default rule '{default}' cannot be deleted",
            t -> t.aws.invoke(DeleteRuleRequest.builder().ruleArn(t.defaultRule()).build())),
        row(
            "the default rule is changed",
            "OperationNotPermitted",
            "Default rule '{default}' cannot be modified",
            t -> t.aws.invoke(ModifyRuleRequest.builder().ruleArn(t.defaultRule()).build())),
        row(
            "more than a hundred",
            "TooManyRules",
            "The maximum number of rules has been reached on the load balancer",
            t -> {
              for (int priority = 1; priority <= 101; priority++) {
                t.aws.invoke(t.rule(priority).build());
              }
            }));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource({"listeners", "rules"})
  void isRefusedInTheseWords(
      String name, String code, String text, Consumer<ListenerErrorTextsTest> mistake) {
    AwsError refused = catchThrowableOfType(AwsError.class, () -> mistake.accept(this));

    assertThat(refused).as(name).isNotNull();
    assertThat(refused.code()).isEqualTo(code);
    assertThat(refused.getMessage())
        .isEqualTo(
            text.replace("{lb}", lb.loadBalancerArn())
                .replace("{long}", "a".repeat(128))
                .replace("{default}", defaultRule()));
  }

  private CreateRuleRequest.Builder rule(int priority) {
    return CreateRuleRequest.builder()
        .listenerArn(listener.listenerArn())
        .priority(priority)
        .conditions(condition -> condition.field("path-pattern").values("/a"))
        .actions(ElbWorld.forward(group));
  }

  private String defaultRule() {
    return aws.call(
            DescribeRulesRequest.builder().listenerArn(listener.listenerArn()).build(),
            DescribeRulesResponse.class)
        .rules()
        .getLast()
        .ruleArn();
  }

  private static Action[] none() {
    return new Action[0];
  }

  private static Action fixed(String status) {
    return Action.builder()
        .type(ActionTypeEnum.FIXED_RESPONSE)
        .fixedResponseConfig(config -> config.statusCode(status))
        .build();
  }

  private static RuleTransform rewrite(String regex) {
    return RuleTransform.builder()
        .type(TransformTypeEnum.URL_REWRITE)
        .urlRewriteConfig(config -> config.rewrites(r -> r.regex(regex).replace("/")))
        .build();
  }
}
