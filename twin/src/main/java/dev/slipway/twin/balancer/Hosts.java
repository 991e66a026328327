package dev.slipway.twin.balancer;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.HostAndPort;

/** Host headers. */
final class Hosts {

  private static final int HTTP = 80;
  private static final int HTTPS = 443;

  private Hosts() {}

  /** The host that a request asks for, as it came; null when it names none. */
  static String asked(HttpServerRequest request) {
    String host = request.getHeader("Host");
    if (host != null || request.version() != HttpVersion.HTTP_2) {
      return host;
    }
    HostAndPort authority = request.authority();
    return authority == null ? null : authority.toString();
  }

  /** The host of a Host header, empty when there is none. */
  static String withoutPort(String host) {
    if (host == null) {
      return "";
    }
    int colon = host.lastIndexOf(':');
    return colon < 0 || host.endsWith("]") ? host : host.substring(0, colon);
  }

  /**
   * The Host header as a target gets it. Source: ELBv2 API reference, LoadBalancerAttribute {@code
   * routing.http.preserve_host_header.enabled}.
   */
  static String forTarget(String host, int listenerPort) {
    String bare = withoutPort(host);
    return listenerPort == HTTP || listenerPort == HTTPS ? bare : bare + ":" + listenerPort;
  }
}
