package dev.slipway.twin;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A port for a server that few need and that costs a start much: it is started at the first
 * connection, and every connection is handed through to one of its own. Loopback only. Thread safe.
 */
final class OnDemandPort implements AutoCloseable {

  private static final int PATIENCE_SECONDS = 10;
  private static final String LOOPBACK = "127.0.0.1";

  private final Vertx vertx;
  private final Callable<Integer> start;
  private final NetServer front;
  private final NetClient client;
  private Future<Integer> started;

  /**
   * A port that is not open yet.
   *
   * @param start starts the server and returns its port; may block
   */
  OnDemandPort(Vertx vertx, Callable<Integer> start) {
    this.vertx = vertx;
    this.start = start;
    this.client = vertx.createNetClient();
    this.front =
        vertx.createNetServer(new NetServerOptions().setHost(LOOPBACK).setTcpNoDelay(true));
    front.connectHandler(this::handThrough);
  }

  /** Opens a free port and returns it. */
  int open() throws IOException, TimeoutException {
    return front.listen(0, LOOPBACK).await(PATIENCE_SECONDS, TimeUnit.SECONDS).actualPort();
  }

  @Override
  public void close() {
    // Whether it closes in time matters to nobody: Vert.x is closed next.
    var unused = Future.join(front.close(), client.close());
  }

  private void handThrough(NetSocket near) {
    near.pause();
    var unused =
        server()
            .compose(port -> client.connect(port, LOOPBACK))
            .onSuccess(far -> {
              var up = near.pipeTo(far);
              var down = far.pipeTo(near);
            })
            .onFailure(failure -> {
              System.getLogger(OnDemandPort.class.getName())
                  .log(System.Logger.Level.ERROR, "a server could not be started", failure);
              near.close();
            });
  }

  private synchronized Future<Integer> server() {
    if (started == null || started.failed()) {
      started = vertx.executeBlocking(start);
    }
    return started;
  }
}
