package dev.slipway.twin.balancer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ModifyListenerAttributesRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ModifyLoadBalancerAttributesRequest;

/** What attributes do to the headers that targets and clients see. */
class HeaderSettingsTest extends FrontDoorTest {

  private String ip;

  @BeforeEach
  void serve() throws IOException {
    ip = healthyTask(0);
  }

  @ParameterizedTest(name = "{0}, given {1}: {2}")
  @CsvSource({
    "append, , 203.0.113.10",
    "append, 192.0.2.1, '192.0.2.1, 203.0.113.10'",
    "preserve, , ",
    "preserve, 192.0.2.1, 192.0.2.1",
    "remove, , ",
    "remove, 192.0.2.1, ",
  })
  void tellsWhoAsksByTheMode(String mode, String given, String told) throws IOException {
    set("routing.http.xff_header_processing.mode", mode);

    assertThat(header("X-Forwarded-For", given == null ? "" : "X-Forwarded-For: " + given + "\r\n"))
        .isEqualTo(told == null ? List.of() : List.of(told));
  }

  @Test
  void namesTheClientsPortWhereItIsWanted() throws IOException {
    set("routing.http.xff_client_port.enabled", "true");

    assertThat(header("X-Forwarded-For", ""))
        .singleElement()
        .asString()
        .matches("203.0.113.10:\\d+");
  }

  @ParameterizedTest(name = "preserved: {0}, asked for {1}: {2}")
  @CsvSource({
    "false, front.example.com:8080, front.example.com",
    "false, front.example.com, front.example.com",
    "true, front.example.com:8080, front.example.com:8080",
    "true, front.example.com, front.example.com",
  })
  void keepsTheHostWhereItIsToBePreserved(boolean preserved, String asked, String told)
      throws IOException {
    set("routing.http.preserve_host_header.enabled", String.valueOf(preserved));

    ask("GET / HTTP/1.1\r\nHost: " + asked + "\r\nConnection: close\r\n\r\n");

    assertThat(backends.requests.get(ip).getLast()).contains("Host: " + told);
  }

  @Test
  void leavesOutHeadersWithUnusualNamesWhereTheyAreToBeDropped() throws IOException {
    String unusual = "X_Under: 1\r\nX.Dot: 2\r\nX-Usual-3: 3\r\n";
    assertThat(header("X_Under", unusual)).containsExactly("1");

    set("routing.http.drop_invalid_header_fields.enabled", "true");

    assertThat(header("X_Under", unusual)).isEmpty();
    assertThat(header("X.Dot", unusual)).isEmpty();
    assertThat(header("X-Usual-3", unusual)).containsExactly("3");
  }

  @Test
  void keepsATraceThatBeganBefore() throws IOException {
    assertThat(
            header(
                "X-Amzn-Trace-Id", "X-Amzn-Trace-Id: Root=1-67891233-abcdef012345678912345678\r\n"))
        .singleElement()
        .asString()
        .matches("Self=1-[0-9a-f]{8}-[0-9a-f]{24};Root=1-67891233-abcdef012345678912345678");
  }

  @Test
  void setsTheHeadersOfAnswersThatTheListenerWants() throws IOException {
    listenerAttribute("routing.http.response.strict_transport_security.header_value", "max-age=9");
    listenerAttribute("routing.http.response.x_frame_options.header_value", "DENY");
    listenerAttribute("routing.http.response.server.enabled", "false");

    assertThat(ask("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"))
        .contains("\r\nStrict-Transport-Security: max-age=9\r\n", "\r\nX-Frame-Options: DENY\r\n")
        .contains("\r\nServer: app\r\n");
    // Answers of the load balancer's own are made in the same way.
    assertThat(ask("GET / HTTP/1.1\r\n\r\n"))
        .startsWith("HTTP/1.1 400 ")
        .contains("\r\nX-Frame-Options: DENY\r\n")
        .doesNotContain("awselb");
  }

  @Test
  void tellsTheTargetNothingThatIsMeantForTheBalancerOnly() throws IOException {
    ask("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\nKeep-Alive: 9\r\nTE: trailers\r\n\r\n");

    assertThat(backends.requests.get(ip).getLast())
        .noneMatch(line -> line.matches("(?i)(keep-alive|te|connection): .*"));
  }

  private List<String> header(String name, String headers) throws IOException {
    ask("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n" + headers + "\r\n");
    return backends.requests.get(ip).getLast().stream()
        .filter(line -> line.startsWith(name + ": "))
        .map(line -> line.substring(name.length() + 2))
        .toList();
  }

  /** Everything that a connection yields until it is closed. */
  private String ask(String request) throws IOException {
    try (Socket socket = connect()) {
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    }
  }

  private void set(String key, String value) {
    aws.invoke(
        ModifyLoadBalancerAttributesRequest.builder()
            .loadBalancerArn(lb.loadBalancerArn())
            .attributes(attribute -> attribute.key(key).value(value))
            .build());
  }

  private void listenerAttribute(String key, String value) {
    aws.invoke(
        ModifyListenerAttributesRequest.builder()
            .listenerArn(listener.listenerArn())
            .attributes(attribute -> attribute.key(key).value(value))
            .build());
  }
}
