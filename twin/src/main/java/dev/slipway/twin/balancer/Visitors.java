package dev.slipway.twin.balancer;

import dev.slipway.twin.elbv2.Routing;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The client connections of a load balancer on one lane: at which node each arrived, and since when
 * it is idle. On the lane's thread.
 */
final class Visitors {

  private static final class Visitor {
    private final int node;
    private final long since = System.nanoTime();
    private long idleSince = since;
    private int requests;

    private Visitor(int node) {
      this.node = node;
    }
  }

  private final Map<HttpConnection, Visitor> visitors = new HashMap<>();

  /** A connection arrives at a node. */
  void arrive(HttpConnection connection, int node) {
    visitors.put(connection, new Visitor(node));
    connection.closeHandler(nothing -> visitors.remove(connection));
  }

  /** A request begins; returns the number of the node at which it arrived. */
  int begin(HttpServerRequest request) {
    Visitor visitor = visitors.get(request.connection());
    if (visitor == null) {
      return 0;
    }
    visitor.requests++;
    request
        .response()
        .endHandler(nothing -> {
          visitor.requests--;
          visitor.idleSince = System.nanoTime();
        });
    return visitor.node;
  }

  /** Closes connections that are idle for too long, or live too long and are idle. */
  void closeIdle(long now, Routing.Settings settings) {
    long idle = settings.idleTimeout().toNanos();
    long life = settings.clientKeepAlive().toNanos();
    List<HttpConnection> closing =
        visitors.entrySet().stream()
            .filter(entry -> entry.getValue().requests == 0)
            .filter(entry ->
                now - entry.getValue().idleSince > idle || now - entry.getValue().since > life)
            .map(Map.Entry::getKey)
            .toList();
    closing.forEach(HttpConnection::close);
  }
}
