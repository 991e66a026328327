package dev.slipway.twin.balancer;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;

/** Requests that a load balancer refuses. Source: ELB user guide, load-balancer-troubleshooting. */
final class RequestCheck {

  private static final int MOST_FORWARDERS = 30;

  private RequestCheck() {}

  /** The status to refuse a request with, or 0. */
  static int refusal(HttpServerRequest request) {
    if (request.method().equals(HttpMethod.TRACE)) {
      return 405;
    }
    if (request.getHeader("Host") == null && request.version() == HttpVersion.HTTP_1_1) {
      return 400;
    }
    String encoding = request.getHeader("Transfer-Encoding");
    if (encoding != null
        && !encoding.equalsIgnoreCase("chunked")
        && !encoding.equalsIgnoreCase("identity")) {
      return 501;
    }
    String forwarders = request.getHeader("X-Forwarded-For");
    if (forwarders != null && forwarders.chars().filter(c -> c == ',').count() >= MOST_FORWARDERS) {
      return 463;
    }
    return 0;
  }
}
