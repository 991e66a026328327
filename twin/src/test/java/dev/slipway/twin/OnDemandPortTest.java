package dev.slipway.twin;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.net.NetServer;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OnDemandPortTest {

  private final Vertx vertx = Vertx.vertx();
  private final AtomicInteger starts = new AtomicInteger();

  @AfterEach
  void close() throws Exception {
    vertx.close().await(10, TimeUnit.SECONDS);
  }

  @Test
  void startsItsServerOnceAndAtTheFirstConnection() throws Exception {
    try (OnDemandPort onDemand = new OnDemandPort(vertx, this::startEcho)) {
      int port = onDemand.open();
      assertThat(starts).hasValue(0);

      assertThat(echoOf("one", port)).isEqualTo("one");
      assertThat(echoOf("two", port)).isEqualTo("two");

      assertThat(starts).hasValue(1);
    }
  }

  @Test
  void closesTheConnectionWhenItsServerCannotStartAndTriesAgainAtTheNext() throws Exception {
    try (OnDemandPort onDemand = new OnDemandPort(vertx, this::failFirst)) {
      int port = onDemand.open();

      assertThat(echoOf("one", port)).isEmpty();
      assertThat(echoOf("two", port)).isEqualTo("two");
    }
  }

  private static String echoOf(String text, int port) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", port)) {
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
      return new String(
          socket.getInputStream().readNBytes(text.length()), StandardCharsets.US_ASCII);
    }
  }

  private int failFirst() throws Exception {
    if (starts.get() == 0) {
      starts.incrementAndGet();
      throw new IOException("as the test wants it");
    }
    return startEcho();
  }

  private int startEcho() throws Exception {
    starts.incrementAndGet();
    NetServer echo = vertx.createNetServer().connectHandler(socket -> socket.pipeTo(socket));
    // A Vert.x worker may not await.
    return echo.listen(0, "127.0.0.1")
        .toCompletionStage()
        .toCompletableFuture()
        .join()
        .actualPort();
  }
}
