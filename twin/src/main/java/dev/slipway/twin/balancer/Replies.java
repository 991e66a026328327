package dev.slipway.twin.balancer;

import dev.slipway.twin.elbv2.Routing;
import dev.slipway.twin.world.Differs;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.IntConsumer;

/**
 * The answers that a load balancer makes itself. Source: captures of 502 and 503 from AWS; ELB user
 * guide, load-balancer-troubleshooting.
 */
@Differs(
    value = "401, 413, 464, 500 and 561 never come from a load balancer itself",
    because =
        "they tell of Lambda, of gRPC and of logins, which the twin's load"
            + " balancers do not have")
final class Replies {

  static final String SERVER = "awselb/2.0";

  private static final Map<Integer, String> TITLES =
      Map.ofEntries(
          Map.entry(301, "Moved Permanently"),
          Map.entry(302, "Found"),
          Map.entry(400, "Bad Request"),
          Map.entry(403, "Forbidden"),
          Map.entry(405, "Not Allowed"),
          Map.entry(408, "Request Time-out"),
          Map.entry(414, "Request-URI Too Large"),
          Map.entry(500, "Internal Server Error"),
          Map.entry(501, "Not Implemented"),
          Map.entry(502, "Bad Gateway"),
          Map.entry(503, "Service Temporarily Unavailable"),
          Map.entry(504, "Gateway Time-out"),
          Map.entry(505, "HTTP Version Not Supported"));

  static final DateTimeFormatter HTTP_DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US)
          .withZone(ZoneOffset.UTC);

  /** After these the load balancer closes the connection, as nginx does. */
  private static final Set<Integer> LAST = Set.of(400, 408, 413, 414, 500, 501, 505);

  private final InstantSource clock;
  private final IntConsumer answered;
  private final Routing.Responses responses;

  /**
   * Answers of a load balancer.
   *
   * @param answered told the status of each
   */
  Replies(InstantSource clock, IntConsumer answered) {
    this(clock, answered, new Routing.Responses(true, Map.of()));
  }

  private Replies(InstantSource clock, IntConsumer answered, Routing.Responses responses) {
    this.clock = clock;
    this.answered = answered;
    this.responses = responses;
  }

  /** The same answers with the headers that a listener wants. */
  Replies as(Routing.Responses wanted) {
    return wanted.equals(responses) ? this : new Replies(clock, answered, wanted);
  }

  /** The reason phrase of a status. */
  static String title(int status) {
    return TITLES.getOrDefault(status, "");
  }

  /** The page of an error. */
  static String page(int status) {
    String title = (status + " " + title(status)).strip();
    return "<html>\r\n<head><title>"
        + title
        + "</title></head>\r\n<body>\r\n<center><h1>"
        + title
        + "</h1></center>\r\n</body>\r\n</html>\r\n";
  }

  /** Counts an error that nobody is left to hear. */
  void unsaid(int status) {
    answered.accept(status);
  }

  /** Answers with an error's page. */
  void error(HttpServerRequest request, int status) {
    HttpServerResponse response = request.response();
    if (LAST.contains(status) && !response.headWritten()) {
      close(response);
    }
    send(response, status, title(status), "text/html", page(status));
  }

  /** Makes a response the last one of its connection. */
  static void close(HttpServerResponse response) {
    if (response.streamId() < 0) {
      response.putHeader("Connection", "close");
    }
  }

  /** The bytes that tell a client that it took too long with a request. */
  ByteBuf timeout(ByteBufAllocator memory) {
    answered.accept(408);
    String page = page(408);
    String text =
        "HTTP/1.1 408 "
            + title(408)
            + (responses.server() ? "\r\nServer: " + SERVER : "")
            + "\r\nDate: "
            + HTTP_DATE.format(clock.instant())
            + "\r\nContent-Type: text/html\r\nContent-Length: "
            + page.length()
            + "\r\nConnection: close\r\n\r\n"
            + page;
    return ByteBufUtil.writeAscii(memory, text);
  }

  /** Answers with a body of the load balancer's own. */
  void send(
      HttpServerResponse response, int status, String phrase, String contentType, String body) {
    if (response.ended() || response.closed() || response.headWritten()) {
      return;
    }
    answered.accept(status);
    response.setStatusCode(status);
    if (phrase != null) {
      response.setStatusMessage(phrase);
    }
    if (responses.server()) {
      response.putHeader("Server", SERVER);
    }
    response.putHeader("Date", HTTP_DATE.format(clock.instant()));
    if (contentType != null) {
      response.putHeader("Content-Type", contentType);
    }
    response.putHeader(
        "Content-Length", String.valueOf(body.getBytes(StandardCharsets.UTF_8).length));
    if (response.streamId() < 0) {
      boolean last = response.headers().contains("Connection");
      response.headers().remove("Connection");
      response.putHeader("Connection", last ? "close" : "keep-alive");
    }
    responses.set().forEach(response::putHeader);
    response.end(body);
  }
}
