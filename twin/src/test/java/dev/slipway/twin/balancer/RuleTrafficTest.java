package dev.slipway.twin.balancer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.twin.elbv2.ElbWorld;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Action;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ActionTypeEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateRuleRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ModifyListenerRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RuleTransform;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroup;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TransformTypeEnum;

/** Rules as clients and targets meet them. */
class RuleTrafficTest extends FrontDoorTest {

  private String ip;

  @BeforeEach
  void serve() throws Exception {
    ip = healthyTask(0);
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
    "/v1/users, met",
    "/v12/users, met",
    "/v1/users/7?a=b, met",
    "/V1/users, not",
    "/vx/users, not",
    "/a/v1/users, not",
  })
  void matchesPathsWithAnExpression(String path, String expected) throws Exception {
    rule(1, r -> r.conditions(c -> c.field("path-pattern").regexValues("^/v[0-9]+/users")), "met");

    assertThat(get(path).body()).isEqualTo(expected.equals("met") ? "met" : ip);
  }

  @Test
  void matchesHostsAndHeadersWithAnExpression() throws Exception {
    rule(
        1,
        r ->
            r.conditions(
                c -> c.field("host-header").regexValues("^[a-z]+\\.example\\.com$"),
                c ->
                    c.field("http-header")
                        .httpHeaderConfig(
                            h -> h.httpHeaderName("X-Build").regexValues("^[0-9]+$"))),
        "met");

    assertThat(rawBody("Host: shop.example.com\r\nX-Build: 42\r\n")).isEqualTo("met");
    assertThat(rawBody("Host: shop.example.com\r\nX-Build: x\r\n")).isEqualTo(ip);
    assertThat(rawBody("Host: shop1.example.com\r\nX-Build: 42\r\n")).isEqualTo(ip);
  }

  @Test
  void rewritesHostAndUrlForTheTarget() throws Exception {
    aws.invoke(
        CreateRuleRequest.builder()
            .listenerArn(listener.listenerArn())
            .priority(1)
            .conditions(c -> c.field("path-pattern").values("/old/*"))
            .actions(ElbWorld.forward(group))
            .transforms(
                RuleTransform.builder()
                    .type(TransformTypeEnum.HOST_HEADER_REWRITE)
                    .hostHeaderRewriteConfig(c ->
                        c.rewrites(w -> w.regex("^(.*)\\.example\\.com$").replace("$1.internal")))
                    .build(),
                RuleTransform.builder()
                    .type(TransformTypeEnum.URL_REWRITE)
                    .urlRewriteConfig(
                        c -> c.rewrites(w -> w.regex("^/old/(.*)$").replace("/new/$1")))
                    .build())
            .build());

    raw("GET /old/a?b=c HTTP/1.1\r\nHost: shop.example.com\r\nConnection: close\r\n\r\n");

    assertThat(backends.requests.get(ip).getLast())
        .contains("GET /new/a?b=c HTTP/1.1", "Host: shop.internal");
  }

  /** Catalogue: a rule with a lower number takes what another rule is meant for. */
  @Test
  void aRuleWithALowerPriorityShadowsAnother() throws Exception {
    rule(20, r -> r.conditions(c -> c.field("path-pattern").values("/api/*")), "meant");
    rule(10, r -> r.conditions(c -> c.field("path-pattern").values("/*")), "shadow");

    assertThat(get("/api/x").body()).isEqualTo("shadow");
    assertThat(backends.requests.get(ip)).isEmpty();
  }

  /** Catalogue: the probe's path is answered by the load balancer and not by the app. */
  @Test
  void aFixedResponseBearsTheBalancersName() throws Exception {
    rule(1, r -> r.conditions(c -> c.field("path-pattern").values("/health")), "OK");

    assertThat(get("/health").body()).isEqualTo("OK");
    assertThat(get("/health").headers().firstValue("Server")).hasValue("awselb/2.0");
    assertThat(get("/").headers().firstValue("Server")).hasValue("app");
  }

  /** Catalogue: the listener's default action goes past the service's target group. */
  @Test
  void aListenerWhoseDefaultIsAnotherGroupHasNoTargets() throws Exception {
    TargetGroup other = aws.targetGroup("other");
    aws.invoke(
        ModifyListenerRequest.builder()
            .listenerArn(listener.listenerArn())
            .defaultActions(ElbWorld.forward(other))
            .build());

    assertThat(get("/").statusCode()).isEqualTo(503);
    assertThat(aws.health(group, ip))
        .isEqualTo(
            "unused Target.NotInUse Target group is not configured to receive traffic from the"
                + " load balancer");
  }

  private void rule(int priority, Consumer<CreateRuleRequest.Builder> conditions, String body) {
    CreateRuleRequest.Builder request =
        CreateRuleRequest.builder()
            .listenerArn(listener.listenerArn())
            .priority(priority)
            .actions(
                Action.builder()
                    .type(ActionTypeEnum.FIXED_RESPONSE)
                    .fixedResponseConfig(
                        f -> f.statusCode("200").messageBody(body).contentType("text/plain"))
                    .build());
    conditions.accept(request);
    aws.invoke(request.build());
  }

  private String rawBody(String headers) throws Exception {
    String answer = raw("GET / HTTP/1.1\r\n" + headers + "Connection: close\r\n\r\n");
    return answer.substring(answer.indexOf("\r\n\r\n") + 4);
  }
}
