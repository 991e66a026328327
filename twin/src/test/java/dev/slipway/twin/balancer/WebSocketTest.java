package dev.slipway.twin.balancer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipway.twin.elbv2.ElbWorld;
import io.vertx.core.Vertx;
import io.vertx.core.http.ServerWebSocket;
import java.net.URI;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ModifyLoadBalancerAttributesRequest;

/** A connection that becomes a WebSocket at a real client, balancer and target. */
class WebSocketTest extends FrontDoorTest {

  private final Vertx servers = Vertx.vertx();
  private final List<ServerWebSocket> sockets = new CopyOnWriteArrayList<>();

  @AfterEach
  void stop() {
    servers.close().await();
  }

  /** Collects what a client is told. */
  private static final class Ear implements WebSocket.Listener {
    private final StringBuffer heard = new StringBuffer();
    private final AtomicInteger bytes = new AtomicInteger();
    private final CompletableFuture<String> ended = new CompletableFuture<>();

    @Override
    public CompletionStage<?> onText(WebSocket socket, CharSequence text, boolean last) {
      heard.append(text);
      socket.request(1);
      return null;
    }

    @Override
    public CompletionStage<?> onBinary(WebSocket socket, ByteBuffer piece, boolean last) {
      bytes.addAndGet(piece.remaining());
      socket.request(1);
      return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket socket, int status, String reason) {
      ended.complete("closed " + status);
      return null;
    }

    @Override
    public void onError(WebSocket socket, Throwable error) {
      ended.complete("broken");
    }
  }

  private String echoing() throws Exception {
    String ip = aws.task(0);
    servers
        .createHttpServer()
        .webSocketHandler(socket -> {
          sockets.add(socket);
          socket.textMessageHandler(text -> socket.writeTextMessage("you said " + text));
          socket.binaryMessageHandler(socket::writeBinaryMessage);
        })
        .requestHandler(request -> {
          boolean health = request.path().equals("/health");
          request.response().setStatusCode(health ? 200 : 404).end("plain");
        })
        .listen(ElbWorld.PORT, backends.host(ip).getHostAddress())
        .await();
    aws.register(group, ip);
    awaitHealth(ip, "healthy");
    return ip;
  }

  private WebSocket socket(Ear ear) {
    return http.newWebSocketBuilder()
        .buildAsync(URI.create("ws://" + lb.dnsName() + "/live"), ear)
        .join();
  }

  @Test
  void passesMessagesOnInBothDirectionsUntilTheClientCloses() throws Exception {
    echoing();
    Ear ear = new Ear();
    WebSocket socket = socket(ear);

    socket.sendText("hello", true).join();
    await().until(() -> ear.heard.toString().equals("you said hello"));
    for (int i = 0; i < 20; i++) {
      socket.sendBinary(ByteBuffer.allocate(60_000), true).join();
    }
    await().until(() -> ear.bytes.get() == 1_200_000);
    socket.sendClose(WebSocket.NORMAL_CLOSURE, "").join();

    assertThat(ear.ended.join()).isEqualTo("closed 1000");
    await().untilAsserted(() -> assertThat(balancer.connectionsOf(lb.loadBalancerArn())).isZero());
  }

  @Test
  void tellsTheTargetWhoAsksToUpgrade() throws Exception {
    echoing();
    socket(new Ear());

    await().until(() -> !sockets.isEmpty());
    assertThat(sockets.getFirst().headers().get("X-Forwarded-For")).isEqualTo("203.0.113.10");
    assertThat(sockets.getFirst().headers().get("X-Amzn-Trace-Id")).startsWith("Root=1-");
    assertThat(sockets.getFirst().path()).isEqualTo("/live");
  }

  @Test
  void endsWithTheTarget() throws Exception {
    echoing();
    Ear ear = new Ear();
    socket(ear);
    await().until(() -> !sockets.isEmpty());

    sockets.getFirst().close((short) 1001);

    assertThat(ear.ended.join()).isEqualTo("closed 1001");
  }

  @Test
  void isCutWhenTheTargetsDeregistrationIsOver() throws Exception {
    String ip = echoing();
    Ear ear = new Ear();
    WebSocket socket = socket(ear);
    aws.deregister(group, ip);
    socket.sendText("still", true).join();
    await().until(() -> ear.heard.toString().equals("you said still"));

    aws.pass(Duration.ofSeconds(30));

    assertThat(ear.ended.join()).isEqualTo("closed 1006");
  }

  @Test
  void isClosedWhenNothingIsSaidForTheIdleTimeout() throws Exception {
    echoing();
    aws.invoke(
        ModifyLoadBalancerAttributesRequest.builder()
            .loadBalancerArn(lb.loadBalancerArn())
            .attributes(a -> a.key("idle_timeout.timeout_seconds").value("1"))
            .build());
    Ear ear = new Ear();
    socket(ear);

    assertThat(ear.ended.join()).isEqualTo("closed 1006");
  }

  @Test
  void passesOnTheAnswerOfATargetThatSpeaksHttpOnly() throws Exception {
    String ip = healthyTask(0);

    assertThat(socketOrStatus()).isEqualTo("200");
    assertThat(backends.requests.get(ip).getFirst())
        .contains("Upgrade: websocket", "Connection: Upgrade");
    assertThat(get("/").body()).isEqualTo(ip);
  }

  private String socketOrStatus() {
    try {
      socket(new Ear());
      return "101";
    } catch (CompletionException e) {
      return e.getCause() instanceof WebSocketHandshakeException refused
          ? "" + refused.getResponse().statusCode()
          : e.getCause().toString();
    }
  }
}
