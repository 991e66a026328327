package dev.slipway.twin.balancer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.slipway.twin.elbv2.ElbWorld;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Action;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ActionTypeEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateRuleRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancer;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ModifyLoadBalancerAttributesRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ModifyTargetGroupRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RedirectActionStatusCodeEnum;

/** Requests through a real load balancer to real servers; only world time is made. */
class BalancerTest extends FrontDoorTest {

  @Test
  void spreadsRequestsOverHealthyTargetsInTurn() throws Exception {
    Set<String> tasks = Set.of(healthyTask(0), healthyTask(1));

    Set<String> answers = new TreeSet<>();
    for (int i = 0; i < 4; i++) {
      answers.add(get("/").body());
    }

    assertThat(answers).isEqualTo(tasks);
  }

  @Test
  void tellsTheTargetWhoAsks() throws Exception {
    String ip = healthyTask(0);

    get("/hello?x=1");

    assertThat(backends.requests.get(ip).getFirst())
        .contains(
            "GET /hello?x=1 HTTP/1.1",
            "X-Forwarded-For: 203.0.113.10",
            "X-Forwarded-Proto: http",
            "X-Forwarded-Port: 80",
            "Host: " + lb.dnsName().replaceFirst(":.*", ""))
        .anyMatch(line -> line.matches("X-Amzn-Trace-Id: Root=1-[0-9a-f]{8}-[0-9a-f]{24}"));
  }

  @Test
  void checksWithTheTargetsAddressAsHost() throws Exception {
    String ip = healthyTask(0);

    assertThat(backends.requests.get("checks").getFirst())
        .contains(
            "GET /health HTTP/1.1",
            "Host: " + ip + ":5000",
            "User-Agent: ELB-HealthChecker/2.0",
            "Connection: close");
  }

  @Test
  void answers503ByteForByteWithoutTargets() throws Exception {
    assertThat(
            raw("GET / HTTP/1.1\r\nHost: x\r\n\r\n").replaceFirst("Date: [^\r]+ GMT", "Date: now"))
        .isEqualTo(
            "HTTP/1.1 503 Service Temporarily Unavailable\r\n"
                + "Server: awselb/2.0\r\n"
                + "Date: now\r\n"
                + "Content-Type: text/html\r\n"
                + "Content-Length: 162\r\n"
                + "Connection: keep-alive\r\n"
                + "\r\n"
                + "<html>\r\n"
                + "<head><title>503 Service Temporarily Unavailable</title></head>\r\n"
                + "<body>\r\n"
                + "<center><h1>503 Service Temporarily Unavailable</h1></center>\r\n"
                + "</body>\r\n"
                + "</html>\r\n");
  }

  @Test
  void fallsOpenWhenEveryTargetIsUnhealthyAndAnswers502WhenRefused() throws Exception {
    String ip = aws.task(0);
    InetAddress nobodyListens = backends.host(ip);
    assertThat(nobodyListens.isLoopbackAddress()).isTrue();
    aws.register(group, ip);
    awaitHealth(ip, "unhealthy Target.FailedHealthChecks Health checks failed");

    String answer = raw("GET / HTTP/1.1\r\nHost: x\r\n\r\n");

    assertThat(answer)
        .startsWith("HTTP/1.1 502 Bad Gateway\r\nServer: awselb/2.0\r\n")
        .contains("\r\nContent-Length: 122\r\n")
        .contains("<center><h1>502 Bad Gateway</h1></center>");
  }

  @Test
  void servesFromUnhealthyTargetsWhenThereIsNoOther() throws Exception {
    String ip = aws.task(0);
    backends.serve(
        ip,
        ElbWorld.PORT,
        head ->
            head.getFirst().contains("/health")
                ? "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"
                : Backends.ok("open"));
    aws.register(group, ip);
    awaitHealth(
        ip, "unhealthy Target.ResponseCodeMismatch Health checks failed with these codes: [404]");

    assertThat(get("/").body()).isEqualTo("open");
  }

  @Test
  void answers502WhenTheTargetClosesWithoutAnAnswer() throws Exception {
    String ip = aws.task(0);
    backends.serve(
        ip, ElbWorld.PORT, head -> head.getFirst().contains("/health") ? Backends.ok("") : null);
    aws.register(group, ip);
    awaitHealth(ip, "healthy");

    assertThat(get("/").statusCode()).isEqualTo(502);
  }

  @Test
  void timesOutARealHangAfterTheConfiguredTime() throws Exception {
    String ip = aws.task(0);
    CountDownLatch never = new CountDownLatch(1);
    backends.serve(
        ip,
        ElbWorld.PORT,
        head -> {
          never.await();
          return null;
        });
    aws.invoke(
        ModifyTargetGroupRequest.builder()
            .targetGroupArn(group.targetGroupArn())
            .healthCheckTimeoutSeconds(2)
            .build());
    aws.register(group, ip);

    awaitHealth(ip, "unhealthy Target.Timeout Request timed out");
    never.countDown();
  }

  @Test
  void answers504AfterTenSecondsOfWorldTimeWhenPacketsVanish() throws Exception {
    String ip = aws.task(0);
    aws.register(group, ip);
    CompletableFuture<HttpResponse<String>> answer =
        http.sendAsync(request("/"), HttpResponse.BodyHandlers.ofString());

    await()
        .pollInterval(20, TimeUnit.MILLISECONDS)
        .until(() -> {
          aws.pass(STEP);
          return answer.isDone();
        });

    assertThat(answer.get().statusCode()).isEqualTo(504);
  }

  @Test
  void neverAnswersAClientThatTheSecurityGroupShutsOut() throws Exception {
    healthyTask(0);
    aws.close(aws.balancerGroup, 80, "0.0.0.0/0");
    aws.pass(Duration.ofSeconds(5));
    try (Socket socket = connect()) {
      socket.setSoTimeout(300);
      socket
          .getOutputStream()
          .write("GET / HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      assertThatThrownBy(() -> socket.getInputStream().read())
          .isInstanceOf(SocketTimeoutException.class);
    }

    aws.allow(aws.balancerGroup, 80, "0.0.0.0/0");
    aws.pass(Duration.ofSeconds(5));
    assertThat(get("/").statusCode()).isEqualTo(200);
  }

  @Test
  void answersByRulesInTheOrderOfTheirPriorities() throws Exception {
    healthyTask(0);
    rule(20, "/api/*", fixed("404", "later"));
    rule(10, "/api/v1*", fixed("200", "first"));
    rule(
        30,
        "/old/*",
        Action.builder()
            .type(ActionTypeEnum.REDIRECT)
            .redirectConfig(
                r -> r.path("/new/#{path}").statusCode(RedirectActionStatusCodeEnum.HTTP_301))
            .build());

    assertThat(get("/api/v1/x").body()).isEqualTo("first");
    assertThat(get("/api/v2").statusCode()).isEqualTo(404);
    HttpResponse<String> moved = get("/old/a?q=1");
    assertThat(moved.statusCode()).isEqualTo(301);
    assertThat(moved.headers().firstValue("Location"))
        .hasValue("http://" + lb.dnsName().replaceFirst(":.*", "") + ":80/new/old/a?q=1");
    assertThat(get("/").statusCode()).isEqualTo(200);
  }

  private void rule(int priority, String path, Action action) {
    aws.invoke(
        CreateRuleRequest.builder()
            .listenerArn(listener.listenerArn())
            .priority(priority)
            .conditions(c -> c.field("path-pattern").values(path))
            .actions(action)
            .build());
  }

  private static Action fixed(String status, String body) {
    return Action.builder()
        .type(ActionTypeEnum.FIXED_RESPONSE)
        .fixedResponseConfig(f -> f.statusCode(status).messageBody(body).contentType("text/plain"))
        .build();
  }

  @Test
  void givesEachLoadBalancerAnAddressOfItsOwn() {
    LoadBalancer other = aws.loadBalancer("other");

    assertThat(List.of(lb.dnsName(), other.dnsName())).doesNotHaveDuplicates();
  }

  @Test
  void refusesRequestsThatNoTargetShouldSee() throws Exception {
    healthyTask(0);

    assertThat(raw("TRACE / HTTP/1.1\r\nHost: x\r\n\r\n")).startsWith("HTTP/1.1 405 Not Allowed");
    assertThat(raw("GET / HTTP/1.1\r\n\r\n")).startsWith("HTTP/1.1 400 Bad Request");
    assertThat(raw("GET /" + "x".repeat(20_000) + " HTTP/1.1\r\nHost: x\r\n\r\n"))
        .contains(" 414 Request-URI Too Large\r\nServer: awselb/2.0\r\n");
    assertThat(raw("GET / HTTP/1.1\r\nHost: x\r\nX-Big: " + "x".repeat(70_000) + "\r\n\r\n"))
        .startsWith("HTTP/1.1 400 Bad Request");
  }

  @Test
  void closesAClientThatIsIdleForLongerThanTheIdleTimeout() throws Exception {
    aws.invoke(
        ModifyLoadBalancerAttributesRequest.builder()
            .loadBalancerArn(lb.loadBalancerArn())
            .attributes(a -> a.key("idle_timeout.timeout_seconds").value("1"))
            .build());
    try (Socket socket = connect()) {
      socket.setSoTimeout(10_000);

      assertThat(socket.getInputStream().read()).isEqualTo(-1);
    }
  }

  @Test
  void passesBodiesOnPieceByPiece() throws Exception {
    String ip = aws.task(0);
    backends.count(ip, ElbWorld.PORT);
    aws.register(group, ip);
    awaitHealth(ip, "healthy");
    byte[] large = new byte[3_000_000];

    HttpResponse<String> answer =
        http.send(
            HttpRequest.newBuilder(URI.create("http://" + lb.dnsName() + "/upload"))
                .POST(HttpRequest.BodyPublishers.ofByteArray(large))
                .build(),
            HttpResponse.BodyHandlers.ofString());

    assertThat(answer.body()).isEqualTo("3000000 bytes");
  }
}
