package dev.slipway.twin.balancer;

import dev.slipway.twin.elbv2.DataPlane;
import dev.slipway.twin.elbv2.Routing;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLSession;

/**
 * What a target is sent in place of what the client sent. Source: ELB user guide,
 * x-forwarded-headers, and ELBv2 API reference, LoadBalancerAttribute.
 *
 * @param uri path and query
 * @param headers the headers that are set
 * @param dropForwardedFor whether the client's X-Forwarded-For is left out
 * @param dropInvalid whether headers with an unusual name are left out
 */
record RequestHeaders(
    String uri, Map<String, String> headers, boolean dropForwardedFor, boolean dropInvalid) {

  private static final String FORWARDED_FOR = "X-Forwarded-For";

  /** The changes for a target. */
  static RequestHeaders of(
      HttpServerRequest request,
      int listenerPort,
      Routing.Settings settings,
      RouteTable.CompiledRule rule,
      InstantSource clock) {
    Map<String, String> headers = new LinkedHashMap<>();
    String asked = Hosts.asked(request);
    if (asked != null) {
      String host = settings.preserveHost() ? asked : Hosts.forTarget(asked, listenerPort);
      headers.put("Host", rule.rewrites().host(host));
    }
    if (settings.forwardedFor().equals("append")) {
      String client = DataPlane.CLIENT_ADDRESS;
      if (settings.forwardedForClientPort()) {
        client += ":" + request.remoteAddress().port();
      }
      List<String> before = request.headers().getAll(FORWARDED_FOR);
      headers.put(
          FORWARDED_FOR, before.isEmpty() ? client : String.join(", ", before) + ", " + client);
    }
    headers.put("X-Forwarded-Proto", request.isSSL() ? "https" : "http");
    headers.put("X-Forwarded-Port", String.valueOf(listenerPort));
    if (settings.tlsHeaders() && request.isSSL()) {
      SSLSession session = request.sslSession();
      headers.put("X-Amzn-Tls-Version", session.getProtocol());
      headers.put("X-Amzn-Tls-Cipher-Suite", session.getCipherSuite());
    }
    headers.put(TraceIds.HEADER, TraceIds.forTarget(request.getHeader(TraceIds.HEADER), clock));
    return new RequestHeaders(
        rule.rewrites().uri(uri(request)),
        headers,
        settings.forwardedFor().equals("remove"),
        settings.dropInvalidHeaders() || request.version() == HttpVersion.HTTP_2);
  }

  private static String uri(HttpServerRequest request) {
    String uri = request.uri();
    int scheme = uri.indexOf("://");
    if (uri.startsWith("/") || scheme < 0) {
      return uri;
    }
    // The absolute form of a request line names the host, too.
    int path = uri.indexOf('/', scheme + 3);
    return path < 0 ? "/" : uri.substring(path);
  }

  /** Whether a header of the client goes to the target as it is. */
  boolean keeps(String name) {
    if (dropForwardedFor && name.equalsIgnoreCase(FORWARDED_FOR)) {
      return false;
    }
    return !dropInvalid || isUsual(name);
  }

  private static boolean isUsual(String name) {
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      boolean usual =
          c == '-' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
      if (!usual) {
        return false;
      }
    }
    return true;
  }

  /** Sets the headers. */
  void apply(MultiMap outgoing) {
    headers.forEach(outgoing::set);
  }
}
