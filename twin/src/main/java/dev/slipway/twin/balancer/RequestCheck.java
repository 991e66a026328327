package dev.slipway.twin.balancer;

import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;

/**
 * Requests that a load balancer refuses. Source: ELB user guide, load-balancer-troubleshooting, and
 * application-load-balancers, desync mitigation mode.
 */
final class RequestCheck {

  private static final int MOST_FORWARDERS = 30;
  private static final int LONGEST_HEADER = 16 * 1024;

  private RequestCheck() {}

  /** The status for what is no request, by what the decoder found. */
  static int malformed(Throwable cause) {
    return switch (cause) {
      case Guard.UnknownVersion version -> 505;
      case TooLongHttpLineException line -> 414;
      default -> 400;
    };
  }

  /** The status to refuse a request with, or 0. */
  static int refusal(HttpServerRequest request, Desync desync, String mode) {
    if (desync.blockedIn(mode)) {
      return 400;
    }
    if (request.method().equals(HttpMethod.TRACE)) {
      return 405;
    }
    if (Hosts.asked(request) == null && request.version() != HttpVersion.HTTP_1_0) {
      return 400;
    }
    if (request.headers().getAll("Host").size() > 1 || hasLongHeader(request)) {
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

  private static boolean hasLongHeader(HttpServerRequest request) {
    for (var header : request.headers()) {
      if (header.getKey().length() + header.getValue().length() > LONGEST_HEADER) {
        return true;
      }
    }
    return false;
  }
}
