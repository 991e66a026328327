package dev.slipway.twin.balancer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.twin.elbv2.ElbWorld;
import dev.slipway.twin.wafv2.Wafv2;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.wafv2.model.AssociateWebAclRequest;
import software.amazon.awssdk.services.wafv2.model.CreateWebAclRequest;
import software.amazon.awssdk.services.wafv2.model.CreateWebAclResponse;
import software.amazon.awssdk.services.wafv2.model.DefaultAction;
import software.amazon.awssdk.services.wafv2.model.DisassociateWebAclRequest;
import software.amazon.awssdk.services.wafv2.model.Scope;

/** Whether a web ACL before a load balancer lets requests through, over real sockets. */
class WebAclTrafficTest extends FrontDoorTest {

  @BeforeEach
  void serveBehindWafv2() throws Exception {
    Wafv2 wafv2 = new Wafv2(aws.world);
    wafv2.register();
    wafv2.onChange(aws.elb::changed);
    aws.elb.blockedBy(wafv2::blocks);
    String ip = aws.task(0);
    backends.echo(ip, ElbWorld.PORT);
    aws.register(group, ip);
    awaitHealth(ip, "healthy");
  }

  private String acl(String name, Consumer<DefaultAction.Builder> action) {
    return aws.call(
            CreateWebAclRequest.builder()
                .name(name)
                .scope(Scope.REGIONAL)
                .defaultAction(action)
                .visibilityConfig(v ->
                    v.metricName(name)
                        .cloudWatchMetricsEnabled(false)
                        .sampledRequestsEnabled(false))
                .build(),
            CreateWebAclResponse.class)
        .summary()
        .arn();
  }

  private void associate(String acl) {
    aws.invoke(
        AssociateWebAclRequest.builder().webACLArn(acl).resourceArn(lb.loadBalancerArn()).build());
    aws.pass(Duration.ofSeconds(1));
  }

  @Test
  void whatBlocksByDefaultIsAnswered403ByTheLoadBalancerUntilItIsTakenAway() throws Exception {
    associate(acl("strict", d -> d.block(b -> {})));
    HttpResponse<String> refused = get("/orders");
    assertThat(refused.statusCode()).isEqualTo(403);
    assertThat(refused.headers().firstValue("Server")).hasValue("awselb/2.0");
    assertThat(refused.body())
        .isEqualTo(
            "<html>\r\n<head><title>403 Forbidden</title></head>\r\n<body>\r\n<center><h1>403"
                + " Forbidden</h1></center>\r\n</body>\r\n</html>\r\n");

    aws.invoke(DisassociateWebAclRequest.builder().resourceArn(lb.loadBalancerArn()).build());
    aws.pass(Duration.ofSeconds(1));
    assertThat(get("/orders").statusCode()).isEqualTo(200);
  }

  @Test
  void whatAllowsByDefaultLetsRequestsThrough() throws Exception {
    associate(acl("open", d -> d.allow(a -> {})));
    assertThat(get("/orders").statusCode()).isEqualTo(200);
  }

  @Test
  void anActionMustBeOneAndPlain() {
    assertThatThrownBy(() -> acl("none", d -> {}))
        .hasMessageContaining("requires exactly one value");
    assertThatThrownBy(() -> acl("both", d -> d.allow(a -> {}).block(b -> {})))
        .hasMessageContaining("requires exactly one value");
    assertThatThrownBy(
            () -> acl("own", d -> d.block(b -> b.customResponse(c -> c.responseCode(418)))))
        .hasMessageContaining("does not have custom responses");
  }
}
