package dev.slipway.twin.balancer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.slipway.twin.elbv2.ElbWorld;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ActionTypeEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateRuleRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancerAttribute;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ModifyLoadBalancerAttributesRequest;

/** The access log of real requests. */
class AccessLogTest extends FrontDoorTest {

  @Test
  void saysOfEachRequestWhatBecameOfIt() throws Exception {
    log("logs", "front");
    String ip = aws.task(0);
    backends.serve(
        ip,
        ElbWorld.PORT,
        head -> head.getFirst().contains("/hangup") ? null : Backends.ok("hello"));
    aws.register(group, ip);
    awaitHealth(ip, "healthy");
    aws.invoke(
        CreateRuleRequest.builder()
            .listenerArn(listener.listenerArn())
            .priority(7)
            .conditions(c -> c.field("path-pattern").values("/fixed"))
            .actions(a ->
                a.type(ActionTypeEnum.FIXED_RESPONSE).fixedResponseConfig(f -> f.statusCode("404")))
            .build());
    ask(
        "GET /good?a=b HTTP/1.1\r\nHost: shop:81\r\nUser-Agent: me/1 \"x\"\r\nConnection: close\r\n\r\n");
    ask("GET /hangup HTTP/1.1\r\nHost: shop\r\nConnection: close\r\n\r\n");
    ask("GET /fixed HTTP/1.1\r\nHost: shop\r\nConnection: close\r\n\r\n");
    ask("POST / HTTP/1.1\r\nHost: shop\r\nContent-Length: x\r\n\r\n");
    ask("GET /get HTTP/1.1\r\nHost: shop\r\nContent-Length: 1\r\nConnection: close\r\n\r\nA");

    List<String> lines = delivered(5);

    String balancer = lb.loadBalancerArn().replaceFirst(".*:loadbalancer/", "");
    String time = "2026-11-23T10:\\d\\d:\\d\\d\\.\\d{6}Z";
    String client = "203\\.0\\.113\\.10:\\d+";
    String target = ip + ":5000";
    String trace = "\"Root=1-[0-9a-f]{8}-[0-9a-f]{24}\"";
    String took = "0\\.\\d{3} 0\\.\\d{3} 0\\.\\d{3}";
    assertThat(lines)
        .hasSize(5)
        .allMatch(line -> line.startsWith("http "))
        .anyMatch(line ->
            line.matches(
                "http "
                    + time
                    + " "
                    + balancer
                    + " "
                    + client
                    + " "
                    + target
                    + " "
                    + took
                    + " 200 200 \\d+ \\d+ \"GET http://shop:80/good\\?a=b HTTP/1\\.1\""
                    + " \"me/1 \\\\x22x\\\\x22\" - - "
                    + group.targetGroupArn()
                    + " "
                    + trace
                    + " \"-\" \"-\" 0 "
                    + time
                    + " \"forward\" \"-\" \"-\" \""
                    + target
                    + "\" \"200\" \"-\" \"-\""))
        .anyMatch(line ->
            line.contains(" " + target + " -1 -1 -1 502 - ")
                && line.contains("/hangup HTTP/1.1\"")
                && line.endsWith("\"" + target + "\" \"-\" \"-\" \"-\""))
        .anyMatch(line ->
            line.contains(" - -1 -1 -1 404 - ")
                && line.contains(" - \"Root=1-")
                && line.contains(" 7 2026-")
                && line.contains("\"fixed-response\""))
        .anyMatch(line -> line.contains(" - -1 -1 -1 400 - "))
        .anyMatch(line -> line.endsWith("\"Ambiguous\" \"UndefinedContentLengthSemantics\""));
  }

  @Test
  void saysThatAClientWentBeforeItsAnswer() throws Exception {
    log("logs", "");
    String ip = aws.task(0);
    backends.serve(
        ip, ElbWorld.PORT, head -> head.getFirst().contains("/slow") ? "" : Backends.ok(""));
    aws.register(group, ip);
    awaitHealth(ip, "healthy");
    try (Socket socket = connect()) {
      socket
          .getOutputStream()
          .write("GET /slow HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      await().until(() -> backends.requests.get(ip).size() == 1);
    }

    assertThat(delivered(1)).singleElement().asString().contains(" -1 -1 -1 460 - ");
  }

  @Test
  void saysOfAWebSocketWhatItWasWhenItIsOver() throws Exception {
    log("logs", "");
    String ip = aws.task(0);
    backends.serve(
        ip,
        ElbWorld.PORT,
        head ->
            head.getFirst().contains("/health")
                ? Backends.ok("")
                : "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n"
                    + "Connection: Upgrade\r\n\r\n");
    aws.register(group, ip);
    awaitHealth(ip, "healthy");
    try (Socket socket = connect()) {
      socket
          .getOutputStream()
          .write(
              "GET /live HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n"
                  .getBytes(StandardCharsets.US_ASCII));
      assertThat(socket.getInputStream().read()).isEqualTo('H');
      aws.pass(Duration.ofMinutes(5));
      assertThat(aws.logs.lines()).isEmpty();
    }

    assertThat(delivered(1)).singleElement().asString().startsWith("ws ").contains(" 101 101 ");
  }

  @Test
  void namesItsFilesByDayNodeAndTime() throws Exception {
    log("logs", "front");
    assertThat(aws.logs.objects)
        .containsOnlyKeys("front/AWSLogs/123456789012/ELBAccessLogTestFile");
    get("/");

    delivered(1);

    assertThat(aws.logs.objects.keySet())
        .anyMatch(key ->
            key.matches(
                "front/AWSLogs/123456789012/elasticloadbalancing/eu-west-1/2026/11/23/"
                    + "123456789012_elasticloadbalancing_eu-west-1_app\\.front\\.[0-9a-f]{16}"
                    + "_20261123T10[0-5][05]Z_10\\.0\\.[12]\\.\\d+_[A-Za-z0-9]{8}\\.log\\.gz"));
  }

  @Test
  void isRefusedWhereTheBucketDoesNotTakeIt() {
    assertThatThrownBy(() -> log("other", ""))
        .hasMessage("Access Denied for bucket: other. Please check S3bucket permission");
    assertThat(aws.logs.objects).isEmpty();
  }

  private void log(String bucket, String prefix) {
    aws.invoke(
        ModifyLoadBalancerAttributesRequest.builder()
            .loadBalancerArn(lb.loadBalancerArn())
            .attributes(
                attribute("access_logs.s3.enabled", "true"),
                attribute("access_logs.s3.bucket", bucket),
                attribute("access_logs.s3.prefix", prefix))
            .build());
  }

  private static LoadBalancerAttribute attribute(String key, String value) {
    return LoadBalancerAttribute.builder().key(key).value(value).build();
  }

  /** The lines of every log file once there are so many. */
  private List<String> delivered(int lines) throws IOException {
    await()
        .until(() -> {
          aws.pass(Duration.ofMinutes(5));
          return aws.logs.lines().size() >= lines;
        });
    return aws.logs.lines();
  }

  private void ask(String request) throws IOException {
    try (Socket socket = connect()) {
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      socket.getInputStream().readAllBytes();
    }
  }
}
