package dev.slipway.twin.balancer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a load balancer says over a socket to what is no request, and to what it refuses. */
final class MalformedRequestsTest extends FrontDoorTest {

  private static final String GOOD = "GET /a HTTP/1.1\r\nHost: front\r\nAccept: */*\r\n\r\n";

  @ParameterizedTest
  @CsvSource({
    "GET / HTTP/1.1|Host: a, 503 Service Temporarily Unavailable, 162",
    "GET / HTTP/1.1|Accept: a, 400 Bad Request, 122",
    "TRACE / HTTP/1.1|Host: a, 405 Not Allowed, 122",
    "POST / HTTP/1.1|Host: a|Transfer-Encoding: gzip, 501 Not Implemented, 130",
    "GET / HTTP/7.3|Host: a, 505 HTTP Version Not Supported, 152",
  })
  void aRefusalHasEveryByteOfItsPage(String request, String title, int length) throws IOException {
    String answer = raw(request.replace("|", "\r\n") + "\r\n\r\n");
    String page =
        ("<html>|<head><title>%s</title></head>|<body>|<center><h1>%s</h1></center>|</body>|"
                + "</html>|")
            .formatted(title, title)
            .replace("|", "\r\n");
    assertThat(page).hasSize(length);
    assertThat(answer).startsWith("HTTP/1.1 " + title + "\r\n").endsWith("\r\n\r\n" + page);
    assertThat(answer.toLowerCase(Locale.ROOT))
        .contains("server: awselb/2.0\r\n")
        .contains("content-type: text/html\r\n")
        .contains("content-length: " + length + "\r\n");
  }

  @Test
  void spoiltBytesAreAnsweredOrTheConnectionEndsAndTheDoorStaysOpen() throws IOException {
    Random random = new Random(20261125);
    int refused = 0;
    for (int round = 0; round < 300; round++) {
      byte[] bytes = GOOD.getBytes(StandardCharsets.ISO_8859_1);
      for (int spoilt = 1 + random.nextInt(6); spoilt > 0; spoilt--) {
        bytes[random.nextInt(bytes.length - 4)] = (byte) random.nextInt(256);
      }
      String answer = answerTo(bytes);
      assertThat(answer)
          .as("round %d: %s", round, new String(bytes, StandardCharsets.ISO_8859_1))
          .matches("(?s)(HTTP/1\\.[01] (400|405|414|501|503|505) .*</html>\r\n)?");
      refused += answer.contains(" 400 Bad Request\r\n") ? 1 : 0;
    }
    assertThat(refused).as("requests refused with a page").isGreaterThan(50);
    assertThat(raw(GOOD)).startsWith("HTTP/1.1 503 ");
  }

  /** All that comes back once the client has said its last; fails when the door hangs. */
  private String answerTo(byte[] request) throws IOException {
    try (Socket socket = connect()) {
      socket.setSoTimeout(5_000);
      socket.getOutputStream().write(request);
      socket.shutdownOutput();
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    } catch (SocketException reset) {
      return "";
    }
  }
}
