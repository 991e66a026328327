package dev.slipway.twin.balancer;

import dev.slipway.twin.elbv2.Routing;
import dev.slipway.twin.elbv2.Traffic;
import io.netty.channel.ChannelPipeline;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.impl.HttpServerConnection;
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
    private HttpServerRequest latest;

    private Visitor(int node) {
      this.node = node;
    }
  }

  private final Replies replies;
  private final TrafficCounts counts;
  private final Map<HttpConnection, Visitor> visitors = new HashMap<>();

  Visitors(Replies replies, TrafficCounts counts) {
    this.replies = replies;
    this.counts = counts;
  }

  /** A connection arrives at a node. */
  void arrive(HttpConnection connection, int node) {
    Visitor visitor = new Visitor(node);
    visitors.put(connection, visitor);
    counts.happened(Traffic.Event.NEW_CONNECTION);
    connection.closeHandler(nothing -> visitors.remove(connection));
    ChannelPipeline pipeline =
        ((HttpServerConnection) connection).channelHandlerContext().pipeline();
    if (pipeline.get("httpDecoder") != null) {
      pipeline.addAfter("httpDecoder", "guard", new Guard(() -> brokenBody(connection, visitor)));
    }
  }

  private void brokenBody(HttpConnection connection, Visitor visitor) {
    if (visitor.latest != null) {
      replies.error(visitor.latest.response(), 400);
    }
    connection.close();
  }

  /** A request begins; returns the number of the node at which it arrived. */
  int begin(HttpServerRequest request) {
    Visitor visitor = visitors.get(request.connection());
    if (visitor == null) {
      return 0;
    }
    visitor.requests++;
    visitor.latest = request;
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
