package dev.slipway.twin.balancer;

import io.netty.channel.ConnectTimeoutException;
import io.vertx.core.http.HttpClientConnection;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.RequestOptions;
import java.net.InetAddress;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * One request on its way to a target and back. Bodies are passed on piece by piece. On the thread
 * of its lane.
 */
final class Exchange {

  private static final Set<String> HOP_BY_HOP =
      Set.of(
          "connection",
          "keep-alive",
          "proxy-connection",
          "transfer-encoding",
          "upgrade",
          "te",
          "expect");

  private final Lane lane;
  private final TargetPool pool;
  private final Replies replies;
  private final TrafficCounts.Group counts;
  private final HttpServerRequest request;
  private final long idleNanos;
  private HttpClientConnection connection;
  private HttpClientRequest outgoing;
  private boolean answered;
  private boolean requestSent;
  private boolean over;
  private long sentAt;
  private long lastActivity = System.nanoTime();

  Exchange(
      Lane lane,
      TargetPool pool,
      Replies replies,
      TrafficCounts.Group counts,
      HttpServerRequest request,
      long idleNanos) {
    this.lane = lane;
    this.pool = pool;
    this.replies = replies;
    this.counts = counts;
    this.request = request;
    this.idleNanos = idleNanos;
  }

  /** Sends the request to the target; it must be paused. */
  void begin(InetAddress address, Forwarding forwarding) {
    lane.began(this);
    request.response().closeHandler(nothing -> end());
    request.exceptionHandler(failure -> end());
    pool.take(this, address)
        .onComplete(taken -> {
          if (over) {
            if (taken.succeeded()) {
              taken.result().close();
            }
          } else if (taken.succeeded()) {
            connection = taken.result();
            send(forwarding);
          } else {
            fail(taken.cause() instanceof ConnectTimeoutException ? 504 : 502);
          }
        });
  }

  private void send(Forwarding forwarding) {
    connection
        .request(new RequestOptions().setMethod(request.method()).setURI(request.uri()))
        .onFailure(failure -> fail(502))
        .onSuccess(created -> {
          outgoing = created;
          sentAt = System.nanoTime();
          copyRequestHeaders(created);
          forwarding.headers().forEach(created.headers()::set);
          created.response().onFailure(failure -> fail(502)).onSuccess(this::answer);
          sendBody(created);
        });
  }

  private void copyRequestHeaders(HttpClientRequest created) {
    for (Map.Entry<String, String> header : request.headers()) {
      if (!HOP_BY_HOP.contains(header.getKey().toLowerCase(Locale.ROOT))) {
        created.headers().add(header.getKey(), header.getValue());
      }
    }
  }

  private void sendBody(HttpClientRequest created) {
    boolean chunked = request.headers().contains("Transfer-Encoding");
    if (!chunked && !request.headers().contains("Content-Length")) {
      requestSent = true;
      request.resume();
      created.end();
      return;
    }
    created.setChunked(chunked);
    request.pipe().endOnFailure(false).to(created).onSuccess(nothing -> requestSent = true);
  }

  private void answer(HttpClientResponse response) {
    if (over) {
      return;
    }
    answered = true;
    touch();
    counts.answered(response.statusCode(), lastActivity - sentAt);
    HttpServerResponse reply = request.response();
    reply.setStatusCode(response.statusCode()).setStatusMessage(response.statusMessage());
    for (Map.Entry<String, String> header : response.headers()) {
      if (!HOP_BY_HOP.contains(header.getKey().toLowerCase(Locale.ROOT))) {
        reply.headers().add(header.getKey(), header.getValue());
      }
    }
    reply.putHeader("Connection", "keep-alive");
    boolean hasBody = hasBody(response);
    if (hasBody && !reply.headers().contains("Content-Length")) {
      if (request.version() == HttpVersion.HTTP_1_1) {
        reply.setChunked(true);
      } else {
        reply.putHeader("Connection", "close");
      }
    }
    if (!hasBody) {
      response.end().onComplete(done -> finish(response, done.succeeded()));
      reply.end();
      return;
    }
    response
        .pipe()
        .endOnFailure(false)
        .to(reply)
        .onComplete(done -> finish(response, done.succeeded()));
  }

  private boolean hasBody(HttpClientResponse response) {
    int status = response.statusCode();
    return !request.method().name().equals("HEAD") && status != 204 && status != 304;
  }

  private void finish(HttpClientResponse response, boolean complete) {
    if (over) {
      return;
    }
    over = true;
    lane.ended(this);
    String wish = response.getHeader("Connection");
    boolean keep =
        complete
            && requestSent
            && response.version() == HttpVersion.HTTP_1_1
            && (wish == null || !wish.equalsIgnoreCase("close"));
    pool.giveBack(this, keep ? connection : null);
    if (!keep) {
      connection.close();
    }
    if (!complete) {
      request.connection().close();
    }
  }

  private void touch() {
    lastActivity = System.nanoTime();
  }

  /** Gives up when nothing has come for the idle timeout. */
  void expireAt(long now) {
    if (!answered && now - lastActivity > idleNanos) {
      fail(504);
    }
  }

  /** Ends the exchange because the target's deregistration is over. */
  void cut() {
    fail(502);
  }

  /** Answers with an error when nothing was answered, or else breaks the connection. */
  private void fail(int status) {
    if (over) {
      return;
    }
    boolean late = answered;
    end();
    if (late) {
      request.connection().close();
    } else {
      request.resume();
      replies.error(request.response(), status);
    }
  }

  private void end() {
    if (over) {
      return;
    }
    over = true;
    lane.ended(this);
    pool.giveBack(this, null);
    if (outgoing != null) {
      outgoing.reset();
    }
    if (connection != null) {
      connection.close();
    }
  }

  /**
   * What a load balancer adds to a request.
   *
   * @param headers the headers to set
   */
  record Forwarding(Map<String, String> headers) {}
}
