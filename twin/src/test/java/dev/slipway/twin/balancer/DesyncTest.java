package dev.slipway.twin.balancer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ModifyLoadBalancerAttributesRequest;

/** What each desync mitigation mode does with requests that servers may read in different ways. */
class DesyncTest extends FrontDoorTest {

  private String ip;

  @BeforeEach
  void serve() throws IOException {
    ip = healthyTask(0);
  }

  /** P is passed on, p passed on with both connections closed after it, - is refused. */
  @ParameterizedTest(name = "{0}: {2}")
  @CsvSource(
      delimiter = ';',
      value = {
        "compliant; GET /a HTTP/1.1|Host: x||; PPP",
        "SpaceInUri; GET /a b HTTP/1.1|Host: x||; PP-",
        "NonCompliantHeader; GET /a HTTP/1.1|Host: x|X-Name: J\u00f8rn||; PP-",
        "GetHeadZeroContentLength; GET /a HTTP/1.1|Host: x|Content-Length: 0||; PP-",
        "AmbiguousUri; GET /a\u0001 HTTP/1.1|Host: x||; Pp-",
        "BothTeClPresent;"
            + " POST /a HTTP/1.1|Host: x|Content-Length: 9|Transfer-Encoding: chunked||0||; Pp-",
        "DuplicateContentLength;"
            + " POST /a HTTP/1.1|Host: x|Content-Length: 0|Content-Length: 0||; Pp-",
        "SuspiciousHeader; GET /a HTTP/1.1|Host: x|Content_Length: 3||; Pp-",
        "SuspiciousHeader; GET /a HTTP/1.1|Host: x|Transfer--Encoding: chunked||; Pp-",
        "UndefinedContentLengthSemantics; GET /a HTTP/1.1|Host: x|Content-Length: 1||A; Pp-",
        "UndefinedTransferEncodingSemantics;"
            + " GET /a HTTP/1.1|Host: x|Transfer-Encoding: chunked||0||; Pp-",
        "MultipleTransferEncodingChunked; POST /a HTTP/1.1|Host: x|Transfer-Encoding: chunked"
            + "|Transfer-Encoding: chunked||0||; P--",
        "MultipleContentLength;"
            + " POST /a HTTP/1.1|Host: x|Content-Length: 0|Content-Length: 1||A; ---",
        "BadContentLength; POST /a HTTP/1.1|Host: x|Content-Length: ten||; ---",
      })
  void passesOnOrRefusesByMode(String reason, String request, String expected) throws IOException {
    StringBuilder seen = new StringBuilder();
    for (String mode : new String[] {"monitor", "defensive", "strictest"}) {
      aws.invoke(
          ModifyLoadBalancerAttributesRequest.builder()
              .loadBalancerArn(lb.loadBalancerArn())
              .attributes(a -> a.key("routing.http.desync_mitigation_mode").value(mode))
              .build());
      seen.append(outcome(request.replace("|", "\r\n")));
    }
    assertThat(seen).as(reason).hasToString(expected);
  }

  private char outcome(String request) throws IOException {
    String answer;
    boolean closed;
    try (Socket socket = connect()) {
      socket.setSoTimeout(5_000);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      answer = upTo(socket, ip);
      closed = answer.contains("\r\nConnection: close\r\n") && socket.getInputStream().read() < 0;
    }
    if (answer.startsWith("HTTP/1.1 400 Bad Request\r\n")) {
      return '-';
    }
    assertThat(answer).startsWith("HTTP/1.1 200 OK\r\n");
    return closed ? 'p' : 'P';
  }

  private static String upTo(Socket socket, String end) throws IOException {
    StringBuilder text = new StringBuilder();
    while (!text.toString().endsWith(end) && !text.toString().endsWith("</html>\r\n")) {
      int next = socket.getInputStream().read();
      if (next < 0) {
        break;
      }
      text.append((char) next);
    }
    return text.toString();
  }
}
