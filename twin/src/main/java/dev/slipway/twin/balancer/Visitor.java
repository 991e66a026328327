package dev.slipway.twin.balancer;

import io.vertx.core.http.HttpServerRequest;
import java.util.ArrayDeque;
import java.util.Deque;

/** A client's connection: at which node it arrived, and what is going on on it. */
final class Visitor {

  private final int node;
  private final RequestDecoder decoder;
  private final Deque<Desync> judged = new ArrayDeque<>();
  private final long since = System.nanoTime();
  private long idleSince = since;
  private int requests;
  private HttpServerRequest latest;

  /**
   * A new connection.
   *
   * @param node the number of its node
   * @param decoder what reads its requests; null in HTTP/2
   */
  Visitor(int node, RequestDecoder decoder) {
    this.node = node;
    this.decoder = decoder;
  }

  int node() {
    return node;
  }

  /** The request that began last, or null. */
  HttpServerRequest latest() {
    return latest;
  }

  /** A head was read; requests begin in the same order. */
  void judged(Desync desync) {
    judged.addLast(desync);
  }

  /** What the request is that begins now. */
  Desync next() {
    Desync desync = judged.pollFirst();
    return desync == null ? Desync.COMPLIANT : desync;
  }

  void begins(HttpServerRequest request) {
    requests++;
    latest = request;
  }

  void ends() {
    requests--;
    idleSince = System.nanoTime();
  }

  /** Whether nothing goes on for longer than is allowed, or the connection lives too long. */
  boolean overdue(long now, long idle, long life) {
    return requests == 0 && (now - idleSince > idle || now - since > life);
  }

  /** Whether a request has begun to come in that is none yet. */
  boolean halfway() {
    return decoder != null && decoder.halfway();
  }
}
