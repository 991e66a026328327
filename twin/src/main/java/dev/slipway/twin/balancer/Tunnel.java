package dev.slipway.twin.balancer;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.NetSocket;
import java.util.Locale;

/**
 * Bytes between a client and a target that agreed on WebSocket. It ends when one of them ends.
 * Source: ELB user guide, load-balancer-listeners, WebSockets. On the thread of its lane.
 */
final class Tunnel {

  private final NetSocket client;
  private final NetSocket target;

  private Tunnel(NetSocket client, NetSocket target) {
    this.client = client;
    this.target = target;
  }

  /** Whether a request asks for WebSocket; every other upgrade is ignored. */
  static boolean isAskedFor(HttpServerRequest request) {
    String upgrade = request.getHeader("Upgrade");
    String connection = request.getHeader("Connection");
    return upgrade != null
        && connection != null
        && request.version() == HttpVersion.HTTP_1_1
        && upgrade.equalsIgnoreCase("websocket")
        && connection.toLowerCase(Locale.ROOT).contains("upgrade");
  }

  /**
   * Begins to pass bytes on.
   *
   * @param moved told of every piece
   * @param ended told when it is over
   */
  static Tunnel open(NetSocket client, NetSocket target, Runnable moved, Runnable ended) {
    Tunnel tunnel = new Tunnel(client, target);
    tunnel.pass(client, target, moved, ended);
    tunnel.pass(target, client, moved, ended);
    return tunnel;
  }

  private void pass(NetSocket from, NetSocket to, Runnable moved, Runnable ended) {
    from.pipe()
        .endOnFailure(false)
        .endOnSuccess(false)
        .to(new Watched<>(to, moved))
        .onComplete(done -> {
          close();
          ended.run();
        });
  }

  /** Ends it. */
  void close() {
    client.close();
    target.close();
  }
}
