package dev.slipway.twin.balancer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipway.twin.cloudwatch.Alarms;
import dev.slipway.twin.cloudwatch.CloudWatch;
import dev.slipway.twin.elbv2.ElbWorld;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ModifyLoadBalancerAttributesRequest;

/** Clients that keep to no rule: nothing of theirs may stay, and nobody else may notice them. */
class RoughClientsTest extends FrontDoorTest {

  @Test
  void spoiltRequestsLeaveNoConnectionBehind() throws Exception {
    String ip = healthyTask(0);
    set("idle_timeout.timeout_seconds", "1");
    Random random = new Random(4711);
    for (int round = 0; round < 200; round++) {
      byte[] bytes =
          "POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nabc"
              .getBytes(StandardCharsets.US_ASCII);
      for (int spoilt = 1 + random.nextInt(4); spoilt > 0; spoilt--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      abandon(bytes, random.nextBoolean());
    }

    await().untilAsserted(() -> assertThat(open()).isZero());
    assertThat(get("/").body()).isEqualTo(ip);
  }

  /** Sends and goes away: with a FIN, or with a reset when it does not care for the answer. */
  private void abandon(byte[] bytes, boolean reset) throws IOException {
    try (Socket socket = connect()) {
      socket.setSoLinger(reset, 0);
      socket.setSoTimeout(5_000);
      socket.getOutputStream().write(bytes);
      if (!reset) {
        socket.shutdownOutput();
        socket.getInputStream().readAllBytes();
      }
    } catch (SocketException gone) {
      // The other side was quicker.
    }
  }

  @Test
  void halfRequestsAreClosedWhenTheIdleTimeoutIsOver() throws Exception {
    set("idle_timeout.timeout_seconds", "1");
    List<Socket> open = new ArrayList<>();
    try {
      for (String half :
          new String[] {"", "G", "GET / HTTP/1.1\r\n", "GET / HTTP/1.1\r\nHost: x\r\n"}) {
        for (int i = 0; i < 10; i++) {
          Socket socket = connect();
          socket.getOutputStream().write(half.getBytes(StandardCharsets.US_ASCII));
          open.add(socket);
        }
      }
      await().until(() -> open() == open.size());

      await().untilAsserted(() -> assertThat(open()).isZero());
      List<String> answers = new ArrayList<>();
      for (Socket socket : open) {
        answers.add(new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII));
      }
      assertThat(answers.subList(0, 10)).containsOnly("");
      assertThat(answers.subList(10, 40)).allMatch(a -> a.startsWith("HTTP/1.1 408 "));
    } finally {
      for (Socket socket : open) {
        socket.close();
      }
    }
  }

  @ParameterizedTest(name = "{0}: {2}")
  @CsvSource({
    "one chunk, '3|abc|0||', '3 bytes'",
    "a chunk with an extension, '3;abc|abc|0||', '3 bytes'",
    "trailers, '3|abc|0|X-Sum: 1||', '3 bytes'",
    "a size that is none, 'zz|abc|0||', 400",
    "a negative size, '-1|abc|0||', 400",
    "a size without end, 'FFFFFFFFFFFFFFFFFFFF|abc|0||', 400",
    "more than was said, '2|abc|0||', 400",
  })
  void takesChunksThatKeepToTheRules(String name, String body, String expected) throws Exception {
    set("idle_timeout.timeout_seconds", "1");
    String ip = aws.task(0);
    backends.count(ip, ElbWorld.PORT);
    aws.register(group, ip);
    awaitHealth(ip, "healthy");

    String answer;
    try (Socket socket = connect()) {
      socket.setSoTimeout(5_000);
      socket
          .getOutputStream()
          .write(
              ("POST / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n"
                      + body.replace("|", "\r\n"))
                  .getBytes(StandardCharsets.US_ASCII));
      answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    }

    assertThat(answer).contains(expected.equals("400") ? "HTTP/1.1 400 Bad Request" : expected);
    await().untilAsserted(() -> assertThat(open()).isZero());
  }

  @Test
  void answersManyRequestsThatComeAtOnceInTheirOrder() throws Exception {
    String ip = aws.task(0);
    backends.serve(
        ip, ElbWorld.PORT, head -> Backends.ok("<" + head.getFirst().split(" ", -1)[1] + ">"));
    aws.register(group, ip);
    awaitHealth(ip, "healthy");
    StringBuilder requests = new StringBuilder();
    StringBuilder expected = new StringBuilder();
    for (int i = 0; i < 300; i++) {
      String last = i == 299 ? "Connection: close\r\n" : "";
      requests.append("GET /" + i + " HTTP/1.1\r\nHost: x\r\n" + last + "\r\n");
      expected.append("</" + i + ">");
    }

    String answers;
    try (Socket socket = connect()) {
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write(requests.toString().getBytes(StandardCharsets.US_ASCII));
      answers = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    }

    assertThat(Pattern.compile("</\\d+>").matcher(answers).results().map(r -> r.group()).toList())
        .hasSize(300);
    assertThat(answers.replaceAll("(?s)HTTP/1.1 200 OK\r\n.*?\r\n\r\n", ""))
        .isEqualTo(expected.toString());
  }

  @ParameterizedTest(name = "{0} bytes of one header: {1}")
  @CsvSource({"16000, 200", "17000, 400"})
  void takesAHeaderOfSixteenKilobytes(int bytes, String status) throws Exception {
    healthyTask(0);

    assertThat(
            raw(
                "GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nX-Large: "
                    + "x".repeat(bytes)
                    + "\r\n\r\n"))
        .startsWith("HTTP/1.1 " + status);
  }

  /** Source: 460 is known to the log and the metrics only, as the client is gone. */
  @Test
  void aClientThatGoesBeforeTheAnswerCountsAsAnErrorOfClients() throws Exception {
    CloudWatch cloudWatch = new CloudWatch(aws.world);
    cloudWatch.register();
    cloudWatch.collect(aws.elb.metrics());
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
    await().untilAsserted(() -> assertThat(open()).isZero());

    aws.pass(Duration.ofMinutes(1));

    assertThat(sum("HTTPCode_ELB_4XX_Count")).isEqualTo(1);
    assertThat(sum("HTTPCode_ELB_5XX_Count")).isZero();
    assertThat(sum("ActiveConnectionCount")).isPositive();
  }

  private double sum(String metric) {
    return new Alarms(aws.world)
        .sum(
            "AWS/ApplicationELB",
            metric,
            Map.of("LoadBalancer", lb.loadBalancerArn().replaceFirst(".*:loadbalancer/", "")));
  }

  /** Connections of clients and to targets. */
  private long open() {
    return balancer.connectionsOf(lb.loadBalancerArn());
  }

  private void set(String key, String value) {
    aws.invoke(
        ModifyLoadBalancerAttributesRequest.builder()
            .loadBalancerArn(lb.loadBalancerArn())
            .attributes(attribute -> attribute.key(key).value(value))
            .build());
  }
}
