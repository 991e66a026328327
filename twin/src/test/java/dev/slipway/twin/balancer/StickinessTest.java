package dev.slipway.twin.balancer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.twin.elbv2.ElbWorld;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Action;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ActionTypeEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ModifyListenerRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroup;

/** Clients that come back with the cookies they were given. */
class StickinessTest extends FrontDoorTest {

  private HttpResponse<String> getWith(String cookie) throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://" + lb.dnsName()));
    if (!cookie.isEmpty()) {
      request.header("Cookie", "a=b; " + cookie);
    }
    return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private static List<String> set(HttpResponse<String> answer) {
    return answer.headers().allValues("Set-Cookie");
  }

  private static String cookie(HttpResponse<String> answer, String name) {
    return set(answer).stream()
        .filter(header -> header.startsWith(name + "="))
        .map(header -> header.replaceFirst(";.*", ""))
        .findFirst()
        .orElseThrow();
  }

  private Set<String> answers(int times, String cookie) throws Exception {
    Set<String> bodies = new HashSet<>();
    for (int i = 0; i < times; i++) {
      bodies.add(getWith(cookie).body());
    }
    return bodies;
  }

  @Test
  void bindsAClientByACookieOfItsOwnUntilTheDurationIsOver() throws Exception {
    healthyTask(0);
    healthyTask(1);
    assertThat(set(getWith(""))).isEmpty();
    aws.attribute(group, "stickiness.enabled", "true");
    aws.attribute(group, "stickiness.lb_cookie.duration_seconds", "60");

    HttpResponse<String> first = getWith("");
    assertThat(set(first).get(0))
        .matches(
            "AWSALB=[A-Za-z0-9+/]{128}; Expires=\\w{3}, \\d\\d \\w{3} 2026 [\\d:]{8} GMT; Path=/");
    assertThat(set(first).get(1))
        .matches("AWSALBCORS=[A-Za-z0-9+/]{128}; Expires=.*; Path=/; SameSite=None");
    String cookie = cookie(first, "AWSALB");
    assertThat(answers(6, cookie)).containsExactly(first.body());

    aws.pass(Duration.ofSeconds(61));
    assertThat(answers(6, cookie)).hasSize(2);
    assertThat(answers(6, "AWSALB=" + "A".repeat(128))).hasSize(2);
  }

  @Test
  void leavesATargetThatIsDeregistered() throws Exception {
    healthyTask(0);
    healthyTask(1);
    aws.attribute(group, "stickiness.enabled", "true");
    HttpResponse<String> first = getWith("");
    aws.deregister(group, first.body());

    assertThat(answers(4, cookie(first, "AWSALB"))).doesNotContain(first.body()).hasSize(1);
  }

  @Test
  void bindsAClientWhenTheApplicationSetsItsCookie() throws Exception {
    for (int i = 0; i < 2; i++) {
      String ip = aws.task(i);
      backends.serve(
          ip,
          ElbWorld.PORT,
          head ->
              Backends.ok(ip)
                  .replaceFirst(
                      "Server: app",
                      head.getFirst().contains("/login") ? "Set-Cookie: SID=1" : "X-No: 1"));
      aws.register(group, ip);
      awaitHealth(ip, "healthy");
    }
    aws.attribute(group, "stickiness.app_cookie.cookie_name", "SID");
    aws.attribute(group, "stickiness.type", "app_cookie");
    aws.attribute(group, "stickiness.enabled", "true");

    assertThat(set(getWith("")))
        .hasSize(4)
        .allMatch(header -> header.matches("AWSALBAPP-[0-3]=_remove_; Expires=.* GMT; Path=/"));
    HttpResponse<String> login = get("/login");
    assertThat(set(login)).contains("SID=1");
    assertThat(answers(6, "SID=1; " + cookie(login, "AWSALBAPP-0"))).containsExactly(login.body());
  }

  @Test
  void bindsAClientToATargetGroupAndSendsNothingToWeightZero() throws Exception {
    healthyTask(0);
    TargetGroup other = aws.targetGroup("other");
    String ip = echoTask(1);
    aws.register(other, ip);
    forward(other, 1);
    awaitHealth(ip, "");
    aws.pass(Duration.ofSeconds(5));

    HttpResponse<String> first = getWith("");
    assertThat(set(first).getFirst()).matches("AWSALBTG=[A-Za-z0-9+/]{172}; Expires=.*");
    assertThat(answers(20, cookie(first, "AWSALBTG"))).containsExactly(first.body());
    assertThat(answers(60, "")).hasSize(2);

    forward(other, 0);
    assertThat(answers(20, "")).doesNotContain(ip);
  }

  private void forward(TargetGroup other, int weight) {
    aws.invoke(
        ModifyListenerRequest.builder()
            .listenerArn(listener.listenerArn())
            .defaultActions(
                Action.builder()
                    .type(ActionTypeEnum.FORWARD)
                    .forwardConfig(config ->
                        config
                            .targetGroups(
                                t -> t.targetGroupArn(group.targetGroupArn()).weight(1),
                                t -> t.targetGroupArn(other.targetGroupArn()).weight(weight))
                            .targetGroupStickinessConfig(
                                sticky -> sticky.enabled(true).durationSeconds(300)))
                    .build())
            .build());
  }

  @Test
  void warmsUpATargetThatJoinsAHealthyOne() throws Exception {
    aws.attribute(group, "slow_start.duration_seconds", "900");
    String old = healthyTask(0);
    String young = healthyTask(1);
    int early = timesOf(young, 40);

    aws.pass(Duration.ofSeconds(900));
    int late = timesOf(young, 40);

    assertThat(early).isLessThan(8);
    assertThat(late).isEqualTo(20);
    assertThat(old).isNotEqualTo(young);
  }

  private int timesOf(String ip, int requests) throws Exception {
    int times = 0;
    for (int i = 0; i < requests; i++) {
      times += getWith("").body().equals(ip) ? 1 : 0;
    }
    return times;
  }
}
