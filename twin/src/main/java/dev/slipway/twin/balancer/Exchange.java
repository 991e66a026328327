package dev.slipway.twin.balancer;

import io.netty.channel.ConnectTimeoutException;
import io.vertx.core.http.HttpClientConnection;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
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

  /**
   * What else holds for a request.
   *
   * @param answers what becomes of the headers of the answer
   * @param idleNanos how long nothing may come
   * @param last whether the connections of both sides are closed after it
   * @param journey told what happens
   * @param upgraded told when the client's connection is none of HTTP any more
   */
  record Terms(
      AnswerHeaders answers, long idleNanos, boolean last, Journey journey, Runnable upgraded) {}

  private static final int SWITCHING = 101;

  private final Lane lane;
  private final TargetPool pool;
  private final Replies replies;
  private final TrafficCounts.Group counts;
  private final HttpServerRequest request;
  private final Terms terms;
  private HttpClientConnection connection;
  private HttpClientRequest outgoing;
  private Tunnel tunnel;
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
      Terms terms) {
    this.lane = lane;
    this.pool = pool;
    this.replies = replies;
    this.counts = counts;
    this.request = request;
    this.terms = terms;
  }

  /** Sends the request to the target; it must be paused. */
  void begin(InetAddress address, RequestHeaders forwarding) {
    lane.began(this);
    request.response().closeHandler(nothing -> abandoned());
    request.exceptionHandler(failure -> abandoned());
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
            counts.connectionFailed(taken.cause());
            fail(taken.cause() instanceof ConnectTimeoutException ? 504 : 502);
          }
        });
  }

  private void send(RequestHeaders forwarding) {
    connection
        .request(new RequestOptions().setMethod(request.method()).setURI(forwarding.uri()))
        .onFailure(failure -> fail(502))
        .onSuccess(created -> {
          outgoing = created;
          sentAt = System.nanoTime();
          terms.journey().sent();
          copyRequestHeaders(created, forwarding);
          forwarding.apply(created.headers());
          if (Tunnel.isAskedFor(request)) {
            askForTunnel(created);
            return;
          }
          created.response().onFailure(failure -> fail(502)).onSuccess(this::answer);
          sendBody(created);
        });
  }

  private void askForTunnel(HttpClientRequest created) {
    created.putHeader("Connection", "Upgrade");
    created.putHeader("Upgrade", "websocket");
    requestSent = true;
    created
        .connect()
        .onFailure(failure -> fail(502))
        .onSuccess(response -> {
          if (response.statusCode() == SWITCHING) {
            tunnel(response);
          } else {
            request.resume();
            answer(response);
          }
        });
  }

  /** Counts the answer of the target; false when nobody waits for it any more. */
  private boolean noteAnswer(HttpClientResponse response) {
    if (over) {
      return false;
    }
    answered = true;
    touch();
    counts.answered(response.statusCode(), lastActivity - sentAt);
    terms.journey().answered(response.statusCode());
    return true;
  }

  private void tunnel(HttpClientResponse response) {
    if (!noteAnswer(response)) {
      return;
    }
    HttpServerResponse reply = request.response();
    response.headers().forEach(header -> reply.headers().add(header.getKey(), header.getValue()));
    terms.answers().change(request, reply.headers());
    request
        .toNetSocket()
        .onFailure(failure -> fail(502))
        .onSuccess(client -> {
          terms.upgraded().run();
          tunnel = Tunnel.open(client, response.netSocket(), this::touch, this::end);
        });
  }

  private void copyRequestHeaders(HttpClientRequest created, RequestHeaders forwarding) {
    for (Map.Entry<String, String> header : request.headers()) {
      if (!isHopByHop(header.getKey()) && forwarding.keeps(header.getKey())) {
        created.headers().add(header.getKey(), header.getValue());
      }
    }
  }

  private static boolean isHopByHop(String name) {
    return HOP_BY_HOP.contains(name.toLowerCase(Locale.ROOT));
  }

  private void sendBody(HttpClientRequest created) {
    boolean sized = request.headers().contains("Content-Length");
    boolean chunked = !sized && !request.isEnded() && mayHaveBody();
    if (!chunked && !sized) {
      requestSent = true;
      request.resume();
      created.end();
      return;
    }
    created.setChunked(chunked);
    request
        .pipe()
        .endOnFailure(false)
        .to(new Watched<>(created, this::touch))
        .onSuccess(nothing -> requestSent = true);
  }

  /** In HTTP/2 a body needs no header that announces it. */
  private boolean mayHaveBody() {
    return request.headers().contains("Transfer-Encoding")
        || request.version() == HttpVersion.HTTP_2
            && !request.method().equals(HttpMethod.GET)
            && !request.method().equals(HttpMethod.HEAD);
  }

  private void answer(HttpClientResponse response) {
    if (!noteAnswer(response)) {
      return;
    }
    HttpServerResponse reply = request.response();
    reply.setStatusCode(response.statusCode()).setStatusMessage(response.statusMessage());
    for (Map.Entry<String, String> header : response.headers()) {
      if (!isHopByHop(header.getKey())) {
        reply.headers().add(header.getKey(), header.getValue());
      }
    }
    terms.answers().change(request, reply.headers());
    if (request.version() != HttpVersion.HTTP_2) {
      reply.putHeader("Connection", terms.last() ? "close" : "keep-alive");
    }
    boolean hasBody = hasBody(response);
    if (hasBody && !reply.headers().contains("Content-Length")) {
      if (request.version() == HttpVersion.HTTP_1_1) {
        reply.setChunked(true);
      } else if (request.version() == HttpVersion.HTTP_1_0) {
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
        .to(new Watched<>(reply, this::touch))
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
            && !terms.last()
            && requestSent
            && response.version() == HttpVersion.HTTP_1_1
            && (wish == null || !wish.equalsIgnoreCase("close"));
    pool.giveBack(this, keep ? connection : null);
    if (!keep) {
      connection.close();
    }
    if (!complete) {
      breakOff();
    }
  }

  /** The client must not take what it got for the whole answer. */
  private void breakOff() {
    if (tunnel != null) {
      tunnel.close();
    } else if (request.version() == HttpVersion.HTTP_2) {
      request.response().reset();
    } else {
      request.connection().close();
    }
  }

  private void touch() {
    lastActivity = System.nanoTime();
  }

  /** Gives up when nothing has come from either side for the idle timeout. */
  void expireAt(long now) {
    if (now - lastActivity > terms.idleNanos()) {
      fail(requestSent ? 504 : 408);
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
      breakOff();
    } else {
      request.resume();
      replies.error(request, status);
    }
  }

  /** The client went before it had an answer, which nobody can be told any more. */
  private void abandoned() {
    if (!over && !answered) {
      replies.unsaid(460);
    }
    terms.journey().ended(answered ? request.response().getStatusCode() : 460);
    end();
  }

  private void end() {
    if (over) {
      return;
    }
    over = true;
    lane.ended(this);
    pool.giveBack(this, null);
    if (tunnel != null) {
      terms.journey().ended(SWITCHING);
      tunnel.close();
      return;
    }
    if (outgoing != null) {
      outgoing.reset();
    }
    if (connection != null) {
      connection.close();
    }
  }
}
