package dev.slipway.twin.balancer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.twin.elbv2.ElbWorld;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ModifyLoadBalancerAttributesRequest;

/** The idle timeout counts silence, not the length of a request. */
class SlowBodiesTest extends FrontDoorTest {

  private static final int PIECES = 8;
  private static final long BETWEEN_MILLIS = 250;

  private final Vertx servers = Vertx.vertx();

  @BeforeEach
  void serve() throws Exception {
    aws.invoke(
        ModifyLoadBalancerAttributesRequest.builder()
            .loadBalancerArn(lb.loadBalancerArn())
            .attributes(a -> a.key("idle_timeout.timeout_seconds").value("1"))
            .build());
    String ip = aws.task(0);
    servers
        .createHttpServer()
        .requestHandler(this::answer)
        .listen(ElbWorld.PORT, backends.host(ip).getHostAddress())
        .await();
    aws.register(group, ip);
    awaitHealth(ip, "healthy");
  }

  @AfterEach
  void stop() {
    servers.close().await();
  }

  private void answer(HttpServerRequest request) {
    switch (request.path()) {
      case "/drip" -> drip(request, PIECES);
      // Half an answer, and then nothing.
      case "/stall" -> request.response().setChunked(true).write("x");
      case "/take" -> request.body().onSuccess(body -> request.response().end("" + body.length()));
      default -> request.response().end();
    }
  }

  private void drip(HttpServerRequest request, int pieces) {
    request.response().setChunked(true);
    AtomicInteger left = new AtomicInteger(pieces);
    servers.setPeriodic(
        BETWEEN_MILLIS,
        timer -> {
          request.response().write("x");
          if (left.decrementAndGet() == 0) {
            servers.cancelTimer(timer);
            request.response().end();
          }
        });
  }

  @Test
  void anAnswerThatTakesLongerThanTheIdleTimeoutArrivesWhole() throws Exception {
    assertThat(get("/drip").body()).isEqualTo("x".repeat(PIECES));
  }

  @Test
  void anUploadThatTakesLongerThanTheIdleTimeoutArrivesWhole() throws Exception {
    try (Socket socket = connect()) {
      socket.setSoTimeout(10_000);
      send(
          socket,
          "POST /take HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: "
              + PIECES
              + "\r\n\r\n");
      AtomicInteger left = new AtomicInteger(PIECES);
      servers.setPeriodic(
          BETWEEN_MILLIS,
          timer -> {
            send(socket, "x");
            if (left.decrementAndGet() == 0) {
              servers.cancelTimer(timer);
            }
          });

      assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
          .startsWith("HTTP/1.1 200 OK")
          .endsWith("\r\n\r\n" + PIECES);
    }
  }

  @Test
  void anAnswerThatStopsHalfwayIsBrokenOffAndNotTakenForWhole() throws Exception {
    try (Socket socket = connect()) {
      socket.setSoTimeout(10_000);
      send(socket, "GET /stall HTTP/1.1\r\nHost: a\r\n\r\n");

      assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
          .startsWith("HTTP/1.1 200 OK")
          .endsWith("1\r\nx\r\n");
    }
  }

  private static void send(Socket socket, String text) {
    try {
      socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
