package dev.slipway.twin.balancer;

import dev.slipway.twin.elbv2.Routing;
import dev.slipway.twin.elbv2.Traffic;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.impl.HttpServerConnection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The client connections of a load balancer on one lane. On the lane's thread. */
final class Visitors {

  private static final String DECODER = "httpDecoder";

  private final Replies replies;
  private final TrafficCounts counts;
  private final Map<HttpConnection, Visitor> visitors = new HashMap<>();

  Visitors(Replies replies, TrafficCounts counts) {
    this.replies = replies;
    this.counts = counts;
  }

  /** A connection arrives at a node. */
  void arrive(HttpConnection connection, int node) {
    counts.happened(Traffic.Event.NEW_CONNECTION);
    counts.connected();
    ChannelPipeline pipeline =
        ((HttpServerConnection) connection).channelHandlerContext().pipeline();
    boolean plain = pipeline.get(DECODER) != null;
    RequestDecoder decoder =
        plain ? new RequestDecoder(Servers.LONGEST_LINE, Servers.LARGEST_HEADERS) : null;
    Visitor visitor = new Visitor(node, decoder);
    visitors.put(connection, visitor);
    connection.closeHandler(nothing -> leave(connection));
    if (plain) {
      pipeline.replace(DECODER, DECODER, decoder);
      Runnable broken = () -> brokenBody(connection, visitor);
      pipeline.addAfter(
          DECODER, "guard", new Guard(head -> visitor.judged(decoder.judge(head)), broken));
    }
  }

  /** A connection fails before it is one. */
  void failed(Throwable cause) {
    if (TrafficCounts.isOfTls(cause)) {
      counts.happened(Traffic.Event.CLIENT_TLS_ERROR);
    }
  }

  private void brokenBody(HttpConnection connection, Visitor visitor) {
    if (visitor.latest() != null) {
      replies.error(visitor.latest(), 400);
    }
    connection.close();
  }

  /** A connection is gone, or is none of HTTP any more. */
  void leave(HttpConnection connection) {
    if (visitors.remove(connection) != null) {
      counts.disconnected();
    }
  }

  /** The connection of a request. */
  Visitor of(HttpServerRequest request) {
    Visitor visitor = visitors.get(request.connection());
    return visitor == null ? new Visitor(0, null) : visitor;
  }

  /** A request begins. */
  void begin(HttpServerRequest request, Visitor visitor, Journey journey) {
    visitor.begins(request);
    request
        .response()
        .endHandler(nothing -> {
          visitor.ends();
          int status = request.response().getStatusCode();
          // A client that is gone has no response, and a tunnel ends later.
          if (request.response().ended()
              && status != HttpResponseStatus.SWITCHING_PROTOCOLS.code()) {
            journey.ended(status);
          }
          if (request.version() != HttpVersion.HTTP_2
              && "close".equals(request.response().headers().get("Connection"))) {
            request.connection().close();
          }
        });
  }

  /** Closes connections that are idle for too long, or live too long and are idle. */
  void closeIdle(long now, Routing.Settings settings) {
    long idle = settings.idleTimeout().toNanos();
    long life = settings.clientKeepAlive().toNanos();
    List<Map.Entry<HttpConnection, Visitor>> closing =
        visitors.entrySet().stream()
            .filter(entry -> entry.getValue().overdue(now, idle, life))
            .map(entry -> Map.entry(entry.getKey(), entry.getValue()))
            .toList();
    closing.forEach(entry -> {
      if (entry.getValue().halfway()) {
        tellTimeout(entry.getKey());
      }
      entry.getKey().close();
    });
  }

  // No request is there yet whose response could be used.
  private void tellTimeout(HttpConnection connection) {
    ChannelHandlerContext context =
        ((HttpServerConnection) connection).channelHandlerContext().pipeline().context(DECODER);
    if (context != null) {
      context.writeAndFlush(replies.timeout(context.alloc()));
    }
  }
}
