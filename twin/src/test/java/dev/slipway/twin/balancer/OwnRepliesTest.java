package dev.slipway.twin.balancer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.twin.elbv2.ElbWorld;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ModifyLoadBalancerAttributesRequest;

/** Every answer that a load balancer makes itself, byte for byte, over real sockets. */
class OwnRepliesTest extends FrontDoorTest {

  static Stream<Arguments> refused() {
    return Stream.of(
        Arguments.of("no Host", "GET / HTTP/1.1\r\n\r\n", "400 Bad Request", 122),
        Arguments.of(
            "two Hosts", "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", "400 Bad Request", 122),
        Arguments.of(
            "a header over 16 K",
            "GET / HTTP/1.1\r\nHost: a\r\nX-Long: " + "x".repeat(16_384) + "\r\n\r\n",
            "400 Bad Request",
            122),
        Arguments.of(
            "headers over 64 K",
            "GET / HTTP/1.1\r\nHost: a\r\n"
                + ("X-Long: " + "x".repeat(8_000) + "\r\n").repeat(9)
                + "\r\n",
            "400 Bad Request",
            122),
        Arguments.of("TRACE", "TRACE / HTTP/1.1\r\nHost: a\r\n\r\n", "405 Not Allowed", 122),
        Arguments.of(
            "a long URL",
            "GET /" + "x".repeat(16_384) + " HTTP/1.1\r\nHost: a\r\n\r\n",
            "414 Request-URI Too Large",
            142),
        Arguments.of(
            "31 forwarders",
            "GET / HTTP/1.1\r\nHost: a\r\nX-Forwarded-For: 1.1.1.1"
                + ", 1.1.1.1".repeat(30)
                + "\r\n\r\n",
            "463",
            98),
        Arguments.of(
            "another encoding",
            "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip\r\n\r\n",
            "501 Not Implemented",
            130),
        Arguments.of(
            "no target",
            "GET / HTTP/1.1\r\nHost: a\r\n\r\n",
            "503 Service Temporarily Unavailable",
            162),
        Arguments.of(
            "HTTP/3 in the clear",
            "GET / HTTP/3.0\r\nHost: a\r\n\r\n",
            "505 HTTP Version Not Supported",
            152));
  }

  @ParameterizedTest(name = "{0}: {2}")
  @MethodSource("refused")
  void aRefusalHasEveryByteOfItsPage(String name, String request, String title, int length)
      throws IOException {
    assertThat(undated(raw(request))).isEqualTo(page(title, length));
  }

  @Test
  void aRequestThatStopsHalfwayIsAnswered408WhenTheIdleTimeoutIsOver() throws Exception {
    String ip = aws.task(0);
    backends.count(ip, ElbWorld.PORT);
    aws.register(group, ip);
    awaitHealth(ip, "healthy");
    idleTimeout(1);

    assertThat(undated(raw("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nhalf")))
        .isEqualTo(page("408 Request Time-out", 132));
    assertThat(undated(raw("GET / HTTP/1.1\r\nHost: a\r\nX-Half: ")))
        .isEqualTo(page("408 Request Time-out", 132));
  }

  @Test
  void aTargetThatHangsUpIsA502() throws Exception {
    target(head -> head.getFirst().contains("/health") ? Backends.ok("") : null);

    assertThat(undated(raw("GET / HTTP/1.1\r\nHost: a\r\n\r\n")))
        .isEqualTo(page("502 Bad Gateway", 122));
  }

  @Test
  void anAnswerThatIsNoHttpIsA502() throws Exception {
    target(head -> head.getFirst().contains("/health") ? Backends.ok("") : "SSH-2.0-x\r\n\r\n");

    assertThat(undated(raw("GET / HTTP/1.1\r\nHost: a\r\n\r\n")))
        .isEqualTo(page("502 Bad Gateway", 122));
  }

  @Test
  void anAnswerWithHeadersOver32KilobytesIsA502() throws Exception {
    String large = "HTTP/1.1 200 OK\r\nX-Large: " + "x".repeat(33_000) + "\r\n\r\n";
    target(head -> head.getFirst().contains("/health") ? Backends.ok("") : large);

    assertThat(undated(raw("GET / HTTP/1.1\r\nHost: a\r\n\r\n")))
        .isEqualTo(page("502 Bad Gateway", 122));
  }

  @Test
  void aTargetThatIsSilentForTheIdleTimeoutIsA504() throws Exception {
    idleTimeout(1);
    target(head -> head.getFirst().contains("/health") ? Backends.ok("") : "");

    assertThat(undated(raw("GET / HTTP/1.1\r\nHost: a\r\n\r\n")))
        .isEqualTo(page("504 Gateway Time-out", 132));
  }

  private void target(Backends.Handler handler) throws IOException {
    String ip = aws.task(0);
    backends.serve(ip, ElbWorld.PORT, handler);
    aws.register(group, ip);
    awaitHealth(ip, "healthy");
  }

  private void idleTimeout(int seconds) {
    aws.invoke(
        ModifyLoadBalancerAttributesRequest.builder()
            .loadBalancerArn(lb.loadBalancerArn())
            .attributes(a -> a.key("idle_timeout.timeout_seconds").value("" + seconds))
            .build());
  }

  private static String undated(String answer) {
    return answer.replaceFirst("Date: [^\r]+ GMT", "Date: now");
  }

  private static String page(String title, int length) {
    String body =
        "<html>\r\n<head><title>"
            + title
            + "</title></head>\r\n<body>\r\n<center><h1>"
            + title
            + "</h1></center>\r\n</body>\r\n</html>\r\n";
    assertThat(body).hasSize(length);
    return "HTTP/1.1 "
        + title
        + (title.equals("463") ? " " : "")
        + "\r\nServer: awselb/2.0\r\nDate: now\r\nContent-Type: text/html\r\nContent-Length: "
        + length
        + "\r\nConnection: "
        + (title.matches("(400|408|414|501|505) .*") ? "close" : "keep-alive")
        + "\r\n\r\n"
        + body;
  }
}
