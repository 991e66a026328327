package dev.slipway.twin.balancer;

import dev.slipway.twin.elbv2.DataPlane;
import dev.slipway.twin.elbv2.Routing;
import io.vertx.core.http.HttpServerRequest;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/** The headers that a load balancer sets. Source: ELB user guide, x-forwarded-headers. */
final class ForwardedHeaders {

  private static final String FORWARDED_FOR = "X-Forwarded-For";

  private ForwardedHeaders() {}

  /** The headers for a target. */
  static Map<String, String> of(
      HttpServerRequest request, int listenerPort, Routing.Settings settings, InstantSource clock) {
    Map<String, String> headers = new LinkedHashMap<>();
    String host = request.getHeader("Host");
    if (host != null && !settings.preserveHost()) {
      headers.put("Host", Hosts.forTarget(host, listenerPort));
    }
    if (settings.forwardedFor().equals("append")) {
      String client = DataPlane.CLIENT_ADDRESS;
      if (settings.forwardedForClientPort()) {
        client += ":" + request.remoteAddress().port();
      }
      String before = request.getHeader(FORWARDED_FOR);
      headers.put(FORWARDED_FOR, before == null ? client : before + ", " + client);
    }
    headers.put("X-Forwarded-Proto", "http");
    headers.put("X-Forwarded-Port", String.valueOf(listenerPort));
    headers.put(TraceIds.HEADER, TraceIds.forTarget(request.getHeader(TraceIds.HEADER), clock));
    return headers;
  }
}
